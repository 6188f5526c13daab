using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue;

namespace PrismLM.Hosting
{
    /// <summary>
    /// One loaded model that writes for many NPCs: the first type a game meets. Load it off the game's thread, then call <see cref="Tick(double)"/> once a frame.
    /// </summary>
    /// <remarks>
    /// The thread that first ticks owns the runtime, its NPCs and their replies: on any other thread everything throws
    /// <see cref="InvalidOperationException"/>, except <see cref="NpcReply.Cancel"/> and Dispose. Events are raised inside the tick alone.
    /// </remarks>
    public sealed partial class PrismRuntime : IDisposable
    {
        private readonly PrismRuntimeOptions _options;
        private readonly NpcStage _stage;
        private LoadedModel _model;

        private PrismRuntime(LoadedModel model, PrismRuntimeOptions options)
        {
            _model = model;
            _options = options;
            _stage = new NpcStage(model.Scheduler, model.Format, ReleaseDevice) { Switching = SwitchModels, Tracing = options.Tracing };
            Name(model);
        }

        public PrismCheckpoint Checkpoint => _model.Checkpoint;

        internal ITextTokenizer Tokenizer => _model.Tokenizer;

        /// <summary>Tokens that arrived in the last tick; 0 tells a tool that it may wait.</summary>
        public int LastTickTokens => Scheduler.LastTickTokens;

        /// <summary>Text without a persona, for tools and tests. Another one after a reload.</summary>
        internal Scheduler Scheduler => _model.Scheduler;

        /// <summary>A host's profiler.</summary>
        internal TickProbe? Probe
        {
            get => Scheduler.Probe;
            set => Scheduler.Probe = value;
        }

        /// <summary>Which device computes, and why.</summary>
        public BackendReport Backend => _model.Backend.Report;

        /// <summary>Figures for a display.</summary>
        public RuntimeStatistics Statistics => new RuntimeStatistics(Scheduler.Statistics, Backend.MemoryBytes);

        /// <summary>False for a model that only continues text.</summary>
        public bool KnowsDialogue => _stage.Format != null;

        /// <summary>Loads a checkpoint and puts it on a device.</summary>
        /// <param name="path">A Prism checkpoint.</param>
        /// <param name="options">Null for the defaults.</param>
        /// <param name="progress">0 to 1, on this thread.</param>
        /// <param name="cancellation">Looked at all along.</param>
        /// <exception cref="PrismFileException">The file is not a Prism checkpoint, or one of <see cref="PrismRuntimeOptions.PrefixFiles"/> is not one of its prefixes.</exception>
        /// <exception cref="PrismLM.Vulkan.Device.PrismVulkanException">Vulkan was asked for and cannot be used.</exception>
        /// <exception cref="ArgumentException">An option is out of range, or the model speaks a newer dialogue format.</exception>
        public static PrismRuntime Load(string path, PrismRuntimeOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            options ??= new PrismRuntimeOptions();
            return new PrismRuntime(LoadedModel.Load(path, options, progress, cancellation).WithPrefixes(options.PrefixFiles), options);
        }

        /// <summary>Loads a checkpoint from what a stream holds from its position to its end: for hosts whose files have no path. The stream stays open.</summary>
        /// <param name="stream">Read on this thread, and no more when this returns.</param>
        /// <param name="displayName">What errors call the file.</param>
        /// <param name="options">Null for the defaults.</param>
        /// <param name="progress">0 to 1, on this thread.</param>
        /// <param name="cancellation">Looked at all along.</param>
        /// <inheritdoc cref="Load(string, PrismRuntimeOptions, IProgress{double}, CancellationToken)"/>
        public static PrismRuntime Load(Stream stream, string displayName, PrismRuntimeOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            options ??= new PrismRuntimeOptions();
            return new PrismRuntime(LoadedModel.Load(stream ?? throw new ArgumentNullException(nameof(stream)), displayName, options, progress, cancellation).WithPrefixes(options.PrefixFiles), options);
        }

        /// <inheritdoc cref="Load(string, PrismRuntimeOptions, IProgress{double}, CancellationToken)"/>
        /// <summary>The same on a thread of the pool; progress is reported there.</summary>
        public static Task<PrismRuntime> LoadAsync(string path, PrismRuntimeOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
            => Task.Run(() => Load(path, options, progress, cancellation), cancellation);

        /// <summary>Puts a checkpoint that is in memory on a device.</summary>
        /// <inheritdoc cref="Load(string, PrismRuntimeOptions, IProgress{double}, CancellationToken)"/>
        public static PrismRuntime Create(PrismCheckpoint checkpoint, PrismRuntimeOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            if (checkpoint == null)
            {
                throw new ArgumentNullException(nameof(checkpoint));
            }

            options ??= new PrismRuntimeOptions();
            return new PrismRuntime(LoadedModel.Create(checkpoint, options, progress, cancellation).WithPrefixes(options.PrefixFiles), options);
        }

        /// <summary>True between <see cref="Hold"/> and <see cref="Release"/>.</summary>
        public bool IsHeld => _stage.IsHeld;

        /// <summary>Someone who talks.</summary>
        /// <exception cref="InvalidOperationException">The model only continues text.</exception>
        /// <exception cref="PrismFileException">PN006: the persona's language is none of the model's.</exception>
        public Npc CreateNpc(NpcPersona persona) => _stage.CreateNpc(persona);

        /// <summary>Someone whose conversation was saved; with another model its text and facts are kept, and the result says so.</summary>
        /// <param name="persona">Who it is; saves hold no persona, so that a patch may change it.</param>
        /// <param name="save">What <see cref="Npc.Save"/> gave.</param>
        /// <param name="result">Whether it goes on bit for bit.</param>
        /// <exception cref="PrismFileException">PS119 to PS135, see Documentation~/saves.md, or PN006: the persona's language is none of the model's.</exception>
        /// <exception cref="InvalidOperationException">The model only continues text.</exception>
        public Npc RestoreNpc(NpcPersona persona, ReadOnlySpan<byte> save, out RestoreResult result)
        {
            Npc npc = CreateNpc(persona);
            try
            {
                result = npc.Restore(save);
                return npc;
            }
            catch
            {
                npc.Dispose();
                throw;
            }
        }

        /// <summary>One frame's work; raises the events of replies.</summary>
        /// <param name="budgetMilliseconds">Device time to fill; <see cref="double.PositiveInfinity"/> for one whole step; 0 does nothing at all, as in a paused game.</param>
        /// <returns>True while a reply has not ended.</returns>
        /// <exception cref="Exception">The first exception of a handler, after everyone else was served.</exception>
        public bool Tick(double budgetMilliseconds) => _stage.Tick(budgetMilliseconds, null);

        /// <inheritdoc cref="Tick(double)"/>
        /// <param name="budgetMilliseconds">Device time to fill; <see cref="double.PositiveInfinity"/> for one whole step; 0 does nothing at all, as in a paused game.</param>
        /// <param name="elapsedMilliseconds">Time of the game since the last tick, which deadlines count; without it the time is measured.</param>
        public bool Tick(double budgetMilliseconds, double elapsedMilliseconds) => _stage.Tick(budgetMilliseconds, elapsedMilliseconds);

        /// <summary>Whether a line asked now would probably have its first words within this time: by how long recent replies took, and by who waits.
        /// True while nothing is known. With false, a game may show a line of its own at once.</summary>
        /// <param name="milliseconds">Of the game's time.</param>
        public bool CanAnswerWithin(double milliseconds)
        {
            _stage.Check();
            return Scheduler.CanAnswerWithin(milliseconds);
        }

        /// <summary>For a scripted scene: from now on no reply goes on and no text is raised. Lines that are asked wait; replies that are cancelled or interrupted still end.</summary>
        public void Hold()
        {
            _stage.Check();
            _stage.IsHeld = true;
        }

        /// <summary>The scene is over: replies go on where they were.</summary>
        public void Release()
        {
            _stage.Check();
            _stage.IsHeld = false;
        }

        /// <summary>Cancels every reply of every NPC; each raises Completed at the next tick.</summary>
        public void CancelAll() => _stage.CancelAll();

        /// <summary>
        /// Ends every reply without a word and releases the device. From any thread, and from a handler: then the device is released when the tick ends.
        /// </summary>
        public void Dispose() => _stage.Dispose();
    }
}
