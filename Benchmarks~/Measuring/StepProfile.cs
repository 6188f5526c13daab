using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Benchmarks.Figures;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Benchmarks
{
    /// <summary>Where a step's time goes: timestamps of the device after each dispatch. The sampler is not in it.</summary>
    internal static class StepProfile
    {
        private const int MostDispatches = 1024;

        /// <summary>Device time of a step of several sequences at a depth, by kernel, the most expensive first; empty where the device has no timestamps.</summary>
        public static IReadOnlyList<KernelShare> Measure(VulkanDevice device, PrismCheckpoint checkpoint, DecodePoint point, int runs)
        {
            if (!device.HasTimestamps)
            {
                return Array.Empty<KernelShare>();
            }

            int context = Math.Min(checkpoint.Config.Context, point.Depth + 1);
            using VulkanLanguageModel model = VulkanLanguageModel.Create(device, checkpoint, point.Batch, context, Math.Max(point.Batch, 8));
            ILanguageSequence[] sequences = Enumerable.Range(0, point.Batch).Select(_ => model.CreateSequence()).ToArray();
            for (int i = 0; i < point.Batch; i++)
            {
                model.Model.SetColumn(i, i, context - 1, 3 + i);
            }

            model.Model.ClearColumns(point.Batch);
            model.Model.SetLogitColumns(Enumerable.Range(0, point.Batch).ToArray());
            var step = new StepShape(point.Batch, point.Batch, ((context - 1) / ModelShape.SplitKeys) + 1, gather: true, sample: false);
            using TimestampPool timestamps = TimestampPool.Create(device, MostDispatches, "profile");
            using RecordedCommands commands = model.Model.RecordProfiled(step, timestamps);
            double[][] times = Enumerable.Range(0, runs + 1).Select(_ => Run(device, commands, timestamps)).Skip(1).ToArray();
            Array.ForEach(sequences, sequence => sequence.Dispose());
            return commands.Dispatches.Select((dispatch, i) => (dispatch.Kernel, Time: Samples.Of(times.Select(run => run[i]).ToArray()).Median))
                .GroupBy(each => each.Kernel).Select(group => new KernelShare(group.Key, group.Count(), group.Sum(each => each.Time))).OrderByDescending(share => share.Microseconds).ToArray();
        }

        private static double[] Run(VulkanDevice device, RecordedCommands commands, TimestampPool timestamps)
        {
            device.Submit(commands).WaitOrThrow(60_000);
            var ticks = new ulong[commands.DispatchCount + 1];
            if (!timestamps.TryRead(0, ticks))
            {
                throw new InvalidOperationException("The device has not written its timestamps.");
            }

            return Enumerable.Range(0, commands.DispatchCount).Select(i => timestamps.Nanoseconds(ticks[i], ticks[i + 1]) / 1000).ToArray();
        }
    }
}
