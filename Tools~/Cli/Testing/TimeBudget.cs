using System;
using System.Diagnostics;
using System.Globalization;

namespace PrismLM.Cli.Testing
{
    /// <summary>How long a part may take: its own limit, and never more than the whole suite has left.</summary>
    internal sealed class TimeBudget
    {
        private readonly TimeSpan? _whole;
        private readonly Func<TimeSpan> _clock;

        /// <param name="whole">Limit of the whole suite; null for none.</param>
        /// <param name="clock">Time since the suite began; a watch of its own by default.</param>
        public TimeBudget(TimeSpan? whole, Func<TimeSpan>? clock = null)
        {
            TimeSpan before = BeforeThisProcess();
            var watch = Stopwatch.StartNew();
            _whole = whole;
            _clock = clock ?? (() => before + watch.Elapsed);
        }

        /// <summary>What the launcher took, the build above all; it says when it began.</summary>
        private static TimeSpan BeforeThisProcess()
        {
            bool said = long.TryParse(Environment.GetEnvironmentVariable("PRISM_STARTED"), NumberStyles.None, CultureInfo.InvariantCulture, out long started);
            long seconds = said ? DateTimeOffset.UtcNow.ToUnixTimeSeconds() - started : 0;
            return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400));
        }

        /// <summary>The limit of a part that begins now; zero when nothing is left.</summary>
        public TimeSpan For(TimeSpan part)
        {
            TimeSpan left = _whole is TimeSpan whole ? whole - _clock() : part;
            return left < TimeSpan.Zero ? TimeSpan.Zero : left < part ? left : part;
        }
    }
}
