using System;
using System.Diagnostics;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// What the device costs however good the kernels are: moving bytes, starting a dispatch, submitting. A benchmark puts its results next to
    /// these numbers of the same minute; tokens per second alone say as much about the machine as about the code.
    /// </summary>
    public sealed class DeviceFloor
    {
        private const int TimeoutMilliseconds = 30_000;
        private const int Repetitions = 9;
        private const int Dispatches = 200;
        private const long MostCopyBytes = 64L << 20;

        private DeviceFloor(double bytesPerSecond, double dispatchSeconds, double submitSeconds)
        {
            BytesPerSecond = bytesPerSecond;
            DispatchSeconds = dispatchSeconds;
            SubmitSeconds = submitSeconds;
        }

        /// <summary>Bytes read plus bytes written in a buffer copy, per second.</summary>
        public double BytesPerSecond { get; }

        /// <summary>One more dispatch of one workgroup with a barrier before it, in a recording that exists.</summary>
        public double DispatchSeconds { get; }

        /// <summary>From submitting a recording of one dispatch to knowing that it has ended.</summary>
        public double SubmitSeconds { get; }

        /// <summary>Takes about a second; the device should have nothing else to do.</summary>
        /// <exception cref="PrismVulkanException">The device fails.</exception>
        public static DeviceFloor Measure(VulkanDevice device)
        {
            if (device == null)
            {
                throw new ArgumentNullException(nameof(device));
            }

            KernelDescription kernel = CanaryKernels.Subgroup;
            using ComputePipeline pipeline = device.CreatePipeline(device.Kernels, kernel);
            using GpuBuffer<uint> seen = device.CreateBuffer<uint>(ArenaKind.Readback, device.SubgroupSize, BufferAccess.ReadWrite, "floor");
            using BindingSet bindings = device.CreateBindings("floor", seen);
            using RecordedCommands one = Record(device, pipeline, bindings, 1);
            using RecordedCommands many = Record(device, pipeline, bindings, 1 + Dispatches);
            double submit = Time(device, one);
            double dispatch = Math.Max(0, Time(device, many) - submit) / Dispatches;
            return new DeviceFloor(Bandwidth(device, submit), dispatch, submit);
        }

        private static double Bandwidth(VulkanDevice device, double submit)
        {
            long bytes = Math.Min(MostCopyBytes, device.MaxBindingBytes / 2) & ~3L;
            using GpuBuffer<uint> from = device.CreateBuffer<uint>(ArenaKind.Activations, bytes / 4, BufferAccess.ReadWrite, "floor source");
            using GpuBuffer<uint> to = device.CreateBuffer<uint>(ArenaKind.Activations, bytes / 4, BufferAccess.ReadWrite, "floor destination");
            using CommandRecorder recorder = device.Record("floor copy");
            recorder.Copy(from.WholeRange, to.WholeRange);
            using RecordedCommands copy = recorder.End();
            return 2 * bytes / Math.Max(1e-9, Time(device, copy) - submit);
        }

        private static RecordedCommands Record(VulkanDevice device, ComputePipeline pipeline, BindingSet bindings, int dispatches)
        {
            using CommandRecorder recorder = device.Record("floor dispatches");
            for (int i = 0; i < dispatches; i++)
            {
                if (i > 0)
                {
                    recorder.Barrier();
                }

                recorder.Dispatch(pipeline, bindings, 1);
            }

            return recorder.End();
        }

        /// <summary>The fastest of several runs in seconds: what disturbs a run only ever adds.</summary>
        private static double Time(VulkanDevice device, RecordedCommands commands)
        {
            double best = double.MaxValue;
            for (int i = 0; i < Repetitions; i++)
            {
                var clock = Stopwatch.StartNew();
                device.Submit(commands).WaitOrThrow(TimeoutMilliseconds);
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
            }

            return best;
        }
    }
}
