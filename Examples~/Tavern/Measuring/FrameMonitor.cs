using System;
using System.Collections.Generic;
using System.Diagnostics;
using PrismLM.Hosting;

namespace PrismLM.Tavern.Measuring
{
    /// <summary>What frames cost: the last ones for the panel, all of them for the report.</summary>
    internal sealed class FrameMonitor
    {
        private const int Window = 120;

        private readonly List<double> frames = new();
        private readonly List<double> ticks = new();
        private readonly List<double> tickCpu = new();
        private readonly List<double> device = new();
        private readonly List<double> submits = new();
        private readonly Queue<(double Milliseconds, double Device, int Tokens)> recent = new();
        private double recentMilliseconds;
        private double recentDevice;
        private int recentTokens;

        public double BudgetMilliseconds { get; set; }

        /// <summary>Device time that Prism used in a frame, on average over the last two seconds.</summary>
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

        /// <summary>Processor time of the game's thread inside Tick, in milliseconds a frame; empty where the system does not tell.</summary>
        public IReadOnlyCollection<double> TickCpu => tickCpu;

        /// <summary>Device time of Prism's work, in milliseconds, of those frames in which some ended.</summary>
        public IReadOnlyCollection<double> Device => device;

        /// <summary>Time that Prism's submissions take the game's thread, with what describes them, in milliseconds each.</summary>
        public IReadOnlyCollection<double> Submits => submits;

        public void Clear()
        {
            device.Clear();
            submits.Clear();
            frames.Clear();
            ticks.Clear();
            tickCpu.Clear();
            Tokens = 0;
            Replies = 0;
        }

        public void Add(double frameMilliseconds, double tickMilliseconds, double tickCpuMilliseconds, in RuntimeStatistics prism, int tokens)
        {
            frames.Add(frameMilliseconds);
            ticks.Add(tickMilliseconds);
            if (!double.IsNaN(tickCpuMilliseconds))
            {
                tickCpu.Add(tickCpuMilliseconds);
            }

            Tokens += tokens;
            if (prism.DeviceMilliseconds > 0)
            {
                device.Add(prism.DeviceMilliseconds);
            }

            if (prism.SubmitMilliseconds > 0)
            {
                submits.Add(prism.SubmitMilliseconds);
            }

            recent.Enqueue((frameMilliseconds, prism.DeviceMilliseconds, tokens));
            recentDevice += prism.DeviceMilliseconds;
            recentMilliseconds += frameMilliseconds;
            recentTokens += tokens;
            if (recent.Count > Window)
            {
                (double milliseconds, double used, int old) = recent.Dequeue();
                recentDevice -= used;
                recentMilliseconds -= milliseconds;
                recentTokens -= old;
            }

            // Numbers that change sixty times a second cannot be read.
            if (frames.Count % 15 == 1)
            {
                FrameMilliseconds = recentMilliseconds / recent.Count;
                UsedMilliseconds = Math.Max(0, recentDevice / recent.Count);
                var times = new List<double>(recent.Count);
                foreach ((double milliseconds, double _, int _) in recent)
                {
                    times.Add(milliseconds);
                }

                FrameP99 = Percentiles.Of(times).P99;
            }
        }

        public static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
