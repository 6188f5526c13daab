using System;
using PrismLM.Hosting;

namespace PrismLM.Tavern.Measuring
{
    /// <summary>One part of a run.</summary>
    internal sealed class ReportRow
    {
        public ReportRow(string name, int talkers, FrameMonitor monitor, PrismRuntime? prism)
        {
            _ = prism;
            Name = name;
            Talkers = talkers;
            Frames = monitor.Frames.Count;
            BudgetMilliseconds = monitor.BudgetMilliseconds;
            FrameMilliseconds = Percentiles.Of(monitor.Frames);
            TickMilliseconds = Percentiles.Of(monitor.Ticks);
            Tokens = monitor.Tokens;
            double total = 0;
            foreach (double frame in monitor.Frames)
            {
                total += frame;
            }

            TokensPerSecond = total > 0 ? Tokens * 1000 / total : 0;
            Replies = monitor.Replies;
        }

        public string Name { get; }

        public int Talkers { get; }

        public int Frames { get; }

        public double BudgetMilliseconds { get; }

        /// <summary>From the begin of a frame to the end of its presentation.</summary>
        public Percentiles FrameMilliseconds { get; }

        /// <summary>Of the game's thread inside Tick.</summary>
        public Percentiles TickMilliseconds { get; }

        public long Tokens { get; }

        public double TokensPerSecond { get; }

        public int Replies { get; }

        public string ToText() => FormattableString.Invariant(
            $"{Name,-22} {Frames,6} {FrameMilliseconds.P50,9:0.00} {FrameMilliseconds.P99,7:0.00} {FrameMilliseconds.Max,7:0.00} {TickMilliseconds.P50,9:0.000} {TickMilliseconds.P99,7:0.000} {TokensPerSecond,9:0} {Replies,8}");
    }
}
