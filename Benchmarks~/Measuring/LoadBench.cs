using System;
using System.Diagnostics;
using System.Threading;
using PrismLM.Benchmarks.Figures;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Benchmarks
{
    /// <summary>From a file to the first token, part by part.</summary>
    internal static class LoadBench
    {
        // VulkanEngine.Create reports upload as the first half of its progress and pipelines as the second.
        private const double UploadShare = 0.5;

        public static LoadFigures Measure(string path, VulkanDeviceOptions options, CancellationToken cancellation)
        {
            var clock = Stopwatch.StartNew();
            double Lap()
            {
                double seconds = clock.Elapsed.TotalSeconds;
                clock.Restart();
                return seconds;
            }

            PrismCheckpoint checkpoint = PrismCheckpoint.Load(path, null, cancellation);
            double read = Lap();
            using VulkanDevice device = VulkanDevice.Create(options);
            double opened = Lap();
            var watch = new UploadWatch(clock);
            using VulkanEngine engine = VulkanEngine.Create(device, checkpoint, new VulkanEngineOptions { Slots = 1, ContextLength = Math.Min(checkpoint.Config.Context, 512) }, watch, cancellation);
            double created = Lap();
            new EngineBench(engine, cancellation).FirstToken();
            return new LoadFigures(read, opened, watch.Seconds, created - watch.Seconds, Lap());
        }

        private sealed class UploadWatch : IProgress<double>
        {
            private readonly Stopwatch _clock;

            public UploadWatch(Stopwatch clock) => _clock = clock;

            public double Seconds { get; private set; }

            public void Report(double value)
            {
                if (value <= UploadShare)
                {
                    Seconds = _clock.Elapsed.TotalSeconds;
                }
            }
        }
    }
}
