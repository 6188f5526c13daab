using System;
using System.Threading.Tasks;
using Spectre.Console;

namespace PrismLM.Cli.Output
{
    /// <summary>Where things are shown: results on standard output, progress and remarks on standard error; no control codes unless it is a terminal.</summary>
    internal static class Terminal
    {
        private static readonly Lazy<IAnsiConsole> ErrorConsole = new Lazy<IAnsiConsole>(() => AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
        }));

        // Wide enough for a table in a file, narrow enough for a review.
        private const int WidthWithoutTerminal = 100;

        private static readonly Lazy<IAnsiConsole> OutputConsole = new Lazy<IAnsiConsole>(() =>
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Out = new AnsiConsoleOutput(Console.Out),
                Ansi = IsInteractive ? AnsiSupport.Detect : AnsiSupport.No,
                Interactive = IsInteractive ? InteractionSupport.Detect : InteractionSupport.No,
            });
            console.Profile.Width = Console.IsOutputRedirected ? WidthWithoutTerminal : console.Profile.Width;
            return console;
        });

        /// <summary>True when a person watches: both streams are terminals, and this is not continuous integration.</summary>
        public static bool IsInteractive { get; } =
            !Console.IsErrorRedirected && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("CI") is null or "" && Environment.GetEnvironmentVariable("TERM") != "dumb";

        public static IAnsiConsole Error => ErrorConsole.Value;

        /// <summary>For tables of results.</summary>
        public static IAnsiConsole Output => OutputConsole.Value;

        public static void Note(string text) => Console.Error.WriteLine(text);

        /// <summary>Progress bars hide the cursor; a process that ends in the middle of one must not keep it.</summary>
        public static void ShowCursor()
        {
            if (IsInteractive)
            {
                Console.Error.Write("\u001b[?25h");
            }
        }

        /// <summary>Shows a bar that goes from 0 to 1 while the work runs; without a terminal a plain line now and then.</summary>
        public static T Progress<T>(string what, Func<IProgress<double>, T> work)
        {
            if (!IsInteractive)
            {
                return work(new PlainProgress(what, Note));
            }

            T result = default!;
            Error.Progress().AutoClear(true).HideCompleted(true)
                .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
                .Start(context =>
                {
                    ProgressTask bar = context.AddTask(Markup.Escape(what), maxValue: 1);
                    result = work(new Report(bar));
                });
            return result;
        }

        /// <summary>Shows a spinner while work of unknown length runs; without a terminal one line says what is being done.</summary>
        public static async Task<T> SpinAsync<T>(string what, Func<Task<T>> work)
        {
            if (!IsInteractive)
            {
                Note(what + " ...");
                return await work().ConfigureAwait(false);
            }

            return await Error.Status().StartAsync(Markup.Escape(what), _ => work()).ConfigureAwait(false);
        }

        private sealed class Report : IProgress<double>
        {
            private readonly ProgressTask _bar;

            public Report(ProgressTask bar) => _bar = bar;

            void IProgress<double>.Report(double value) => _bar.Value = value;
        }
    }
}
