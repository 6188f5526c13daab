using System;
using System.Diagnostics;

namespace PrismLM.Cli.Output
{
    /// <summary>Progress where no terminal is: nothing for what is quick, then a plain line every ten seconds.</summary>
    internal sealed class PlainProgress : IProgress<double>
    {
        private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

        private readonly string _what;
        private readonly Action<string> _write;
        private readonly Func<TimeSpan> _clock;
        private TimeSpan _shown;

        public PlainProgress(string what, Action<string> write, Func<TimeSpan>? clock = null)
        {
            var watch = Stopwatch.StartNew();
            _what = what;
            _write = write;
            _clock = clock ?? (() => watch.Elapsed);
            _shown = _clock();
        }

        public void Report(double value)
        {
            TimeSpan now = _clock();
            if (now - _shown >= Interval)
            {
                _shown = now;
                _write(FormattableString.Invariant($"{_what}: {100 * Math.Clamp(value, 0, 1):F0} %"));
            }
        }
    }
}
