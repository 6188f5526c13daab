using System;

namespace PrismLM.Tavern.Measuring
{
    /// <summary>One part of a run.</summary>
    internal sealed class ReportRow
    {
        public ReportRow(string name, int talkers, FrameMonitor monitor)
        {
            Name = name;
            Talkers = talkers;
            Frames = monitor.Frames.Count;
            BudgetMilliseconds = monitor.BudgetMilliseconds;
            FrameMilliseconds = Percentiles.Of(monitor.Frames);
            TickMilliseconds = Percentiles.Of(monitor.Ticks);
            TickCpuMilliseconds = Percentiles.Of(monitor.TickCpu);
            DeviceMilliseconds = Percentiles.Of(monitor.Device);
            SubmitMilliseconds = Percentiles.Of(monitor.Submits);
            Submits = monitor.Submits.Count;
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

        /// <summary>Processor time of the game's thread inside Tick; 0 where the system does not tell.</summary>
        public Percentiles TickCpuMilliseconds { get; }

        /// <summary>Of the device for Prism, in frames in which some of its work ended; 0 without timestamps.</summary>
        public Percentiles DeviceMilliseconds { get; }

        /// <summary>Time of one of Prism's submissions on the game's thread.</summary>
        public Percentiles SubmitMilliseconds { get; }

        public int Submits { get; }

        public long Tokens { get; }

        public double TokensPerSecond { get; }

        public int Replies { get; }

        public string ToText() => FormattableString.Invariant(
            $"{Name,-16}{Frames,7}  {FrameMilliseconds,22}  {TickMilliseconds,20}  {TickCpuMilliseconds,20}  {DeviceMilliseconds,20}  {SubmitMilliseconds,20}{TokensPerSecond,10:0}{Replies,9}");
    }
}
