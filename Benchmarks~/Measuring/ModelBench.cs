using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using PrismLM.Benchmarks.Figures;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Benchmarks
{
    /// <summary>Measures one checkpoint on one device.</summary>
    internal sealed class ModelBench
    {
        private readonly VulkanDevice _device;
        private readonly MachineFloor _floor;
        private readonly IBenchProgress _progress;
        private readonly CancellationToken _cancellation;

        public ModelBench(VulkanDevice device, MachineFloor floor, IBenchProgress progress, CancellationToken cancellation)
        {
            _device = device;
            _floor = floor;
            _progress = progress;
            _cancellation = cancellation;
        }

        public ModelFigures Run(PrismCheckpoint checkpoint, string name, long fileBytes, BenchPlan plan, LoadFigures? cold, LoadFigures? warm)
        {
            string title = name + " " + WeightNames.Of(checkpoint.WeightFormat);
            plan = Fit(plan, checkpoint, title);
            var options = new VulkanEngineOptions { Slots = plan.Slots, ContextLength = Math.Min(checkpoint.Config.Context, plan.Context), PoolTokens = plan.PoolTokens, SharePrefixes = false };
            _progress.Stage(title + ": putting it on the device");
            using VulkanEngine engine = VulkanEngine.Create(_device, checkpoint, options, null, _cancellation);
            var bench = new EngineBench(engine, _cancellation);
            var prefill = new List<PrefillFigures>();
            foreach (int tokens in plan.Prefill)
            {
                _progress.Stage(FormattableString.Invariant($"{title}: prompt of {tokens} tokens"));
                prefill.Add(Prefill(checkpoint, bench.Prefill(tokens, plan.Runs), tokens, options.PrefillChunk, engine.LastStepDispatches));
            }

            var decode = new List<DecodeFigures>();
            foreach (DecodePoint point in plan.Decode)
            {
                _progress.Stage(FormattableString.Invariant($"{title}: decode, {point.Batch} at depth {point.Depth}"));
                decode.Add(Decode(checkpoint, bench.Decode(point.Batch, point.Depth, plan.Runs, plan.Tokens), point, engine.LastStepDispatches));
            }

            if (plan.Profile)
            {
                _progress.Stage(title + ": kernels");
                decode = decode.Select(each => each with { Kernels = StepProfile.Measure(_device, checkpoint, new DecodePoint(each.Batch, each.Depth), plan.Runs) }).ToList();
            }

            using var process = Process.GetCurrentProcess();
            return new ModelFigures(
                name, WeightNames.Of(checkpoint.WeightFormat), TensorSchema.ParameterCount(checkpoint.Config), fileBytes, engine.AllocatedBytes, process.PeakWorkingSet64, cold, warm, prefill, decode);
        }

        private BenchPlan Fit(BenchPlan plan, PrismCheckpoint checkpoint, string title)
        {
            DecodePoint[] large = plan.TooLarge(checkpoint.Config, checkpoint.KvFloat32, _device.MaxBindingBytes).ToArray();
            foreach (DecodePoint point in large)
            {
                _progress.Message(FormattableString.Invariant($"{title}: {point.Batch} sequences at depth {point.Depth} are left out; their keys and values need more than one binding of this device."));
            }

            return plan with { Decode = plan.Decode.Except(large).ToArray() };
        }

        private PrefillFigures Prefill(PrismCheckpoint checkpoint, IReadOnlyList<EngineBench.Stretch> stretches, int tokens, int chunk, int dispatches)
        {
            int steps = (tokens + chunk - 1) / chunk;
            StepCost cost = StepCost.Prefill(checkpoint, tokens, chunk);
            return new PrefillFigures(
                tokens,
                Samples.Of(stretches.Select(each => each.Tokens / each.Seconds).ToArray()),
                1000 * Samples.Of(stretches.Select(each => each.Seconds).ToArray()).Median,
                1000 * _floor.Seconds(cost, dispatches * steps, steps),
                _floor.Limit(cost, dispatches * steps),
                1000 * Samples.Of(stretches.Select(each => each.CpuSeconds).ToArray()).Median);
        }

        private DecodeFigures Decode(PrismCheckpoint checkpoint, IReadOnlyList<EngineBench.Stretch> stretches, DecodePoint point, int dispatches)
        {
            double made = stretches.Sum(each => each.Tokens) / (double)point.Batch;
            StepCost cost = StepCost.Decode(checkpoint, point.Batch, point.Depth + (made / 2));
            Samples rate = Samples.Of(stretches.Select(each => each.Tokens / each.Seconds).ToArray());
            return new DecodeFigures(
                point.Batch,
                point.Depth,
                rate,
                1000 * point.Batch / rate.Median,
                cost.Bytes / point.Batch,
                1000 * _floor.Seconds(cost, dispatches, 1),
                _floor.Limit(cost, dispatches),
                1000 * Samples.Of(stretches.Select(each => each.CpuSeconds / each.Tokens).ToArray()).Median,
                dispatches);
        }
    }
}
