using System.Collections.Generic;
using System.Diagnostics;

namespace PrismLM.Tavern.Measuring
{
    /// <summary>What frames cost: the last ones for the panel, all of them for the report.</summary>
    internal sealed class FrameMonitor
    {
        private const int Window = 120;

        private readonly List<double> frames = new();
        private readonly List<double> ticks = new();
        private readonly Queue<(double Milliseconds, int Tokens)> recent = new();
        private double recentMilliseconds;
        private int recentTokens;

        public double BudgetMilliseconds { get; set; }

        /// <summary>What Prism says it used of the device in its last tick.</summary>
        public double UsedMilliseconds { get; private set; }

        public double FrameMilliseconds { get; private set; }

        public double FrameP99 { get; private set; }

        public double TokensPerSecond => recentMilliseconds > 0 ? recentTokens * 1000 / recentMilliseconds : 0;

        public int RepliesInFlight { get; set; }

        public int Replies { get; set; }

        /// <summary>A sentence while the model is not there yet; null after.</summary>
        public string? Loading { get; set; }

        public long Tokens { get; private set; }

        public IReadOnlyCollection<double> Frames => frames;

        /// <summary>Time that the game's thread spends inside Tick, in milliseconds a frame.</summary>
        public IReadOnlyCollection<double> Ticks => ticks;

        public void Clear()
        {
            frames.Clear();
            ticks.Clear();
            Tokens = 0;
            Replies = 0;
        }

        public void Add(double frameMilliseconds, double tickMilliseconds, double usedMilliseconds, int tokens)
        {
            frames.Add(frameMilliseconds);
            ticks.Add(tickMilliseconds);
            Tokens += tokens;
            UsedMilliseconds = usedMilliseconds;
            recent.Enqueue((frameMilliseconds, tokens));
            recentMilliseconds += frameMilliseconds;
            recentTokens += tokens;
            if (recent.Count > Window)
            {
                (double milliseconds, int old) = recent.Dequeue();
                recentMilliseconds -= milliseconds;
                recentTokens -= old;
            }

            // Numbers that change sixty times a second cannot be read.
            if (frames.Count % 15 == 1)
            {
                FrameMilliseconds = recentMilliseconds / recent.Count;
                var times = new List<double>(recent.Count);
                foreach ((double milliseconds, int _) in recent)
                {
                    times.Add(milliseconds);
                }

                FrameP99 = Percentiles.Of(times).P99;
            }
        }

        public static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
