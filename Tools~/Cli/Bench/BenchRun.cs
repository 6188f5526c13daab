using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using PrismLM.Benchmarks;
using PrismLM.Benchmarks.Figures;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Cli.Bench
{
    /// <summary>Runs a plan over models and formats on one device.</summary>
    internal sealed class BenchRun
    {
        private readonly string? _device;
        private readonly string _pipelines;

        /// <param name="device">A part of its name, or its index.</param>
        /// <param name="pipelines">Folder of compiled pipelines of the measurements themselves; the load measurements use their own.</param>
        public BenchRun(string? device, string pipelines)
        {
            _device = device;
            _pipelines = pipelines;
        }

        public BenchReport Measure(IReadOnlyList<(BenchSource Source, WeightFormat? Format, BenchPlan Plan)> work, IBenchProgress progress, CancellationToken cancellation)
        {
            string folder = Path.Combine(Path.GetTempPath(), "prism-bench-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            try
            {
                BenchReport? report = null;
                var models = new List<ModelFigures>();
                foreach ((BenchSource source, WeightFormat? format, BenchPlan plan) in work)
                {
                    cancellation.ThrowIfCancellationRequested();
                    string file = source.Prepare(format, folder, progress);
                    (LoadFigures? cold, LoadFigures? warm) = plan.Load ? Load(source.Name, file, Path.Combine(folder, Guid.NewGuid().ToString("N")), progress, cancellation) : (null, null);
                    using VulkanDevice device = VulkanDevice.Create(LoadProcess.Options(_device, _pipelines));
                    progress.Stage("the device's own rates");
                    report ??= Header(device, models);
                    models.Add(new ModelBench(device, report.Floor, progress, cancellation).Run(PrismCheckpoint.Load(file), source.Name, new FileInfo(file).Length, plan, cold, warm));
                    if (file.StartsWith(folder, StringComparison.Ordinal))
                    {
                        File.Delete(file);
                    }
                }

                return report ?? throw new ArgumentException("Nothing to measure.", nameof(work));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        private static BenchReport Header(VulkanDevice device, IReadOnlyList<ModelFigures> models) =>
            new BenchReport(device.Report.Chosen.Name, device.Report.Chosen.ToString(), Environment.ProcessorCount, MachineFloor.Measure(device), models);

        private (LoadFigures Cold, LoadFigures Warm) Load(string name, string file, string caches, IBenchProgress progress, CancellationToken cancellation)
        {
            Directory.CreateDirectory(caches);
            progress.Stage(name + ": loading with empty caches");
            LoadFigures cold = LoadProcess.Measure(file, _device, caches, cancellation);
            progress.Stage(name + ": loading again");
            return (cold, LoadProcess.Measure(file, _device, caches, cancellation));
        }
    }
}
