using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Dialogue;
using PrismLM.Hosting;
using PrismLM.Tavern.Game;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Measuring;
using PrismLM.Tavern.Painting;
using PrismLM.Tavern.Rendering;
using PrismLM.Tavern.Scene;
using PrismLM.Tavern.Window;

namespace PrismLM.Tavern
{
    /// <summary>The game: a window, a device, a room full of people, and the loop that keeps them going.</summary>
    internal sealed class TavernGame : IDisposable
    {
        private const double ScriptedFrame = 1 / 60.0;
        private const double LongestFrame = 0.1;
        private const int Seed = 11;
        private const int MaxSlots = 32;

        private readonly TavernOptions options;
        private readonly VirtualDisplay? display;
        private readonly GameWindow window;
        private readonly GameDevice device;
        private readonly Renderer renderer;
        private readonly SceneDrawer scene;
        private readonly BubbleLayout layout;
        private readonly LayoutRules rules;
        private readonly FrameMonitor monitor = new();
        private readonly CancellationTokenSource closing = new();
        private readonly Task<PrismRuntime> loading;
        private double loaded;
        private PrismRuntime? prism;
        private double time;

        public TavernGame(TavernOptions options)
        {
            this.options = options;
            string model = options.FindModel();
            IReadOnlyList<NpcPersona> personas = Cast.Load(options.Measure ? Cast.Most : options.Npcs);
            display = (options.Script || options.Measure) && VirtualDisplay.IsNeeded ? VirtualDisplay.Start() : null;
            window = new GameWindow("Prism tavern", SceneSize.Width, SceneSize.Height);
            device = new GameDevice(window, options.Bare);
            List<Look> looks = personas.Select((persona, i) => Look.For(persona.DisplayName, i)).Append(Look.Player).ToList();
            var art = new Art(looks);
            renderer = new Renderer(device, art.Paint);
            scene = new SceneDrawer(art);
            var screen = new Box(0, 0, SceneSize.Width, SceneSize.Height);
            layout = new BubbleLayout(screen, SceneDrawer.Panels, art.Text);
            rules = new LayoutRules(screen);
            World = new TavernWorld(personas, art.Text, Seed);
            World.Chatter.Talkers = Math.Clamp(options.Npcs / 2, 1, 6);
            monitor.BudgetMilliseconds = options.BudgetMilliseconds;
            loading = PrismRuntime.LoadAsync(model, Settings(personas.Count), new Loading(this), closing.Token);
        }

        public TavernWorld World { get; }

        /// <returns>False when a rule of the layout was broken or a reply failed.</returns>
        public bool Run()
        {
            if (!Load())
            {
                return true;
            }

            var report = new TavernReport(options, device, prism!.Backend);
            if (options.Measure)
            {
                new Measurement(this, monitor, options).Run(report);
            }
            else
            {
                Play();
                report.Add(new ReportRow("play", World.Chatter.Talkers, monitor));
            }

            report.Finish(rules, World.Failures, device.QueueLock.Entered);
            Console.Out.Write(report.ToText());
            report.Save(options.Report);
            return rules.Broken.Count == 0 && World.Failures.Count == 0;
        }

        /// <summary>One frame: input, Prism, people, layout, picture.</summary>
        /// <param name="seconds">That pass in the game.</param>
        /// <param name="capture">Receives the picture.</param>
        public void Frame(double seconds, Action<Picture>? capture = null)
        {
            long start = Stopwatch.GetTimestamp();
            time += seconds;
            int tokens = 0;
            double tick = 0, tickCpu = 0;
            RuntimeStatistics statistics = default;
            if (prism != null)
            {
                double cpu = ThreadClock.Now();
                long before = Stopwatch.GetTimestamp();
                prism.Tick(monitor.BudgetMilliseconds, seconds * 1000);
                tick = FrameMonitor.Since(before);
                tickCpu = ThreadClock.Now() - cpu;
                tokens = prism.LastTickTokens;
                statistics = prism.Statistics;
                monitor.RepliesInFlight = statistics.InFlight + statistics.Waiting;
            }

            World.Update(seconds);
            monitor.Replies = World.Replies;
            layout.Place(World.Bubbles, World.Bodies);
            scene.Draw(World, monitor, time);
            rules.Check(World.Bubbles, SceneDrawer.Panels, scene.Texts);
            renderer.Draw(scene.Batch.Quads, capture);
            monitor.Add(FrameMonitor.Since(start), tick, tickCpu, statistics, tokens);
        }

        public void Poll() => window.Poll();

        public bool IsClosing => window.IsClosing;

        public void Dispose()
        {
            closing.Cancel();
            try
            {
                // Loading stops at its next look at the token; what it made is released like the rest.
                prism ??= loading.GetAwaiter().GetResult();
            }
            catch (Exception error) when (error is OperationCanceledException || loading.IsFaulted)
            {
                prism = null;
            }

            prism?.Dispose();
            renderer.Dispose();
            device.Dispose();
            window.Dispose();
            display?.Dispose();
            closing.Dispose();
        }

        private PrismRuntimeOptions Settings(int npcs) => new()
        {
            // An example has to run everywhere, on a processor too; a game would leave this off.
            AllowSoftwareVulkan = true,
            Backend = BackendPreference.Vulkan,
            Slots = Math.Clamp(npcs, 1, MaxSlots),
            HostDevice = options.Adopt ? device.Lend() : null,
        };

        private bool Load()
        {
            while (!loading.IsCompleted && !window.IsClosing)
            {
                window.Poll();
                monitor.Loading = FormattableString.Invariant($"The guests are waking up: {100 * Volatile.Read(ref loaded):0} %");
                Frame(ScriptedFrame);
                Thread.Sleep(15);
            }

            if (window.IsClosing)
            {
                return false;
            }

            prism = loading.GetAwaiter().GetResult();
            monitor.Loading = null;
            monitor.Clear();
            World.GiveVoices(prism);
            return true;
        }

        private void Play()
        {
            var controls = new Controls(window, World);
            var script = new ScriptedPlayer(World);
            long before = Stopwatch.GetTimestamp();
            for (int frame = 1; !window.IsClosing; frame++)
            {
                window.Poll();
                double seconds = options.Script ? ScriptedFrame : Math.Min(FrameMonitor.Since(before) / 1000, LongestFrame);
                before = Stopwatch.GetTimestamp();
                if (options.Script)
                {
                    script.Update(seconds);
                }
                else if (!controls.Update(seconds))
                {
                    break;
                }

                World.Player.Walker.Update(options.Script ? (float)seconds : 0);
                bool last = frame == options.Frames;
                Frame(seconds, last && options.Screenshot != null ? Save : null);
                if (last)
                {
                    break;
                }

                if (!options.Script)
                {
                    // Where the window does not wait for the screen, the game does.
                    double left = 1000 * ScriptedFrame - FrameMonitor.Since(before);
                    Thread.Sleep(Math.Max(0, (int)left));
                }
            }
        }

        private void Save(Picture picture) => PngFile.Save(picture, options.Screenshot!);

        private sealed class Loading : IProgress<double>
        {
            private readonly TavernGame game;

            public Loading(TavernGame game)
            {
                this.game = game;
            }

            public void Report(double value) => Volatile.Write(ref game.loaded, value);
        }
    }
}
