using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PrismLM.Benchmarks;
using PrismLM.Benchmarks.Figures;
using PrismLM.Cli.Bench;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.DeviceBench
{
    /// <summary>Whole models.</summary>
    internal static class BenchCommands
    {
        public static int Run(Arguments given)
        {
            IReadOnlyList<string> names = given.Words.Count > 0 ? given.Words : new[] { "l58" };
            WeightFormat?[] formats = given.List("--weights", "").Select(text => WeightNames.TryParse(text, out WeightFormat format)
                ? (WeightFormat?)format
                : throw new ArgumentException($"--weights: found {text}; expected {WeightNames.Allowed}.")).DefaultIfEmpty(null).ToArray();
            int[] depths = given.Numbers("--depth", "0", 0, 65_535);
            var plan = new BenchPlan
            {
                Decode = given.Numbers("--batch", "1,8", 1, 32).SelectMany(batch => depths.Select(depth => new DecodePoint(batch, depth))).ToArray(),
                Prefill = given.Numbers("--prompt", "128", 0, 65_535).Where(tokens => tokens > 0).ToArray(),
                Runs = given.Runs,
            };
            var progress = new ErrorProgress();
            using VulkanDevice device = KernelCommands.Open(given);
            MachineFloor floor = MachineFloor.Measure(device);
            var models = new List<ModelFigures>();
            foreach ((string name, WeightFormat? format) in names.SelectMany(name => formats.Select(format => (name, format))))
            {
                (PrismCheckpoint checkpoint, long bytes) = Load(name, format);
                models.Add(new ModelBench(device, floor, progress, CancellationToken.None).Run(checkpoint, Path.GetFileNameWithoutExtension(name), bytes, plan, null, null));
            }

            Console.Out.Write(BenchText.Render(new BenchReport(device.Report.Chosen.Name, device.Report.Chosen.ToString(), Environment.ProcessorCount, floor, models)));
            return 0;
        }

        // A shape with random weights, or a file in its own or another format.
        private static (PrismCheckpoint Checkpoint, long Bytes) Load(string name, WeightFormat? format)
        {
            using var bytes = new MemoryStream();
            if (BenchShapes.TryGet(name, out ModelConfig shape))
            {
                BenchShapes.Write(shape, format ?? WeightFormat.Float16, bytes);
            }
            else
            {
                PrismCheckpoint file = PrismCheckpoint.Load(name);
                if (format is null || format == file.WeightFormat)
                {
                    return (file, new FileInfo(name).Length);
                }

                CheckpointWriter.From(file, format.Value).WriteTo(bytes);
            }

            bytes.Position = 0;
            return (PrismCheckpoint.Load(bytes, name), bytes.Length);
        }
    }
}
