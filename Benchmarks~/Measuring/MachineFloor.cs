using System;
using System.Diagnostics;
using PrismLM.Tests.Vulkan.Cases;
using PrismLM.Vulkan.Device;

namespace PrismLM.Benchmarks
{
    /// <summary>The rates of a device, measured in this run: what its memory, its arithmetic, a dispatch and a submission cost at least.</summary>
    internal sealed record MachineFloor(double BytesPerSecond, double OperationsPerSecond, double DispatchSeconds, double SubmitSeconds)
    {
        private const int Repetitions = 5;
        private const double EnoughSeconds = 0.01;
        private const int MostGroups = 65_535;

        /// <summary>Takes about a second; the device should have nothing else to do.</summary>
        public static MachineFloor Measure(VulkanDevice device)
        {
            DeviceFloor floor = DeviceFloor.Measure(device);
            return new MachineFloor(floor.BytesPerSecond, MeasureArithmetic(device), floor.DispatchSeconds, floor.SubmitSeconds);
        }

        /// <summary>Seconds that a step costs at least.</summary>
        public double Seconds(StepCost cost, int dispatches, int submits) =>
            Math.Max(cost.Bytes / BytesPerSecond, cost.Operations / OperationsPerSecond) + (dispatches * DispatchSeconds) + (submits * SubmitSeconds);

        /// <summary>Which of the terms is the largest.</summary>
        public string Limit(StepCost cost, int dispatches)
        {
            double memory = cost.Bytes / BytesPerSecond, arithmetic = cost.Operations / OperationsPerSecond, dispatch = dispatches * DispatchSeconds;
            return dispatch > Math.Max(memory, arithmetic) ? "dispatches" : memory > arithmetic ? "memory" : "arithmetic";
        }

        private static double MeasureArithmetic(VulkanDevice device)
        {
            using ComputePipeline pipeline = device.CreatePipeline(TestKernelPack.Load(), TestKernelDescriptions.FmaRate);
            using GpuBuffer<float> output = device.CreateBuffer<float>(ArenaKind.Activations, (long)MostGroups * device.SubgroupSize, BufferAccess.ReadWrite, "fma rate");
            using BindingSet bindings = device.CreateBindings("fma rate", output);
            double best = 0;
            for (int groups = 256; groups <= MostGroups; groups *= 4)
            {
                using CommandRecorder recorder = device.Record("fma rate");
                recorder.Dispatch(pipeline, bindings, new TestKernelDescriptions.FmaRatePush { A = 0.999f, B = 0.001f }, groups);
                using RecordedCommands commands = recorder.End();
                double seconds = Fastest(device, commands);

                // fma_rate.comp: 8 sums of 4 components, 256 times, two operations each.
                best = Math.Max(best, 2.0 * 32 * 256 * groups * device.SubgroupSize / seconds);
                if (seconds > EnoughSeconds)
                {
                    break;
                }
            }

            return best;
        }

        private static double Fastest(VulkanDevice device, RecordedCommands commands)
        {
            double best = double.MaxValue;
            for (int i = 0; i < Repetitions; i++)
            {
                var clock = Stopwatch.StartNew();
                device.Submit(commands).WaitOrThrow(30_000);
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
            }

            return best;
        }
    }
}
