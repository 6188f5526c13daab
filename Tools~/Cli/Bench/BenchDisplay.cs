using System;
using System.Diagnostics;
using PrismLM.Benchmarks;
using PrismLM.Cli.Output;
using Spectre.Console;

namespace PrismLM.Cli.Bench
{
    /// <summary>Shows what is being measured: a spinner on a terminal, without one a line at most every ten seconds.</summary>
    internal static class BenchDisplay
    {
        public static T Show<T>(Func<IBenchProgress, T> work)
        {
            if (!Terminal.IsInteractive)
            {
                return work(new Lines());
            }

            T result = default!;
            Terminal.Error.Status().Start("starting", context => result = work(new Spinner(context)));
            return result;
        }

        private sealed class Spinner : IBenchProgress
        {
            private readonly StatusContext _context;

            public Spinner(StatusContext context) => _context = context;

            public void Stage(string what) => _context.Status(Markup.Escape(what));

            public void Message(string text) => Terminal.Error.WriteLine(text);
        }

        private sealed class Lines : IBenchProgress
        {
            private readonly Stopwatch _since = Stopwatch.StartNew();

            public void Stage(string what)
            {
                if (_since.Elapsed.TotalSeconds >= 10)
                {
                    _since.Restart();
                    Terminal.Note(what);
                }
            }

            public void Message(string text) => Terminal.Note(text);
        }
    }
}
