using System;
using System.IO;
using System.Linq;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>A whole life of a device: plan, arenas, pipelines, staging upload, replay, timestamps, download, cache, disposal.</summary>
    internal sealed class DeviceScenario
    {
        private const int Count = 97;
        private const int Timeout = 5000;

        private readonly Action<VulkanDeviceOptions> configure;
        private readonly string folder;

        public DeviceScenario(Action<VulkanDeviceOptions> configure, string folder)
        {
            this.configure = configure;
            this.folder = folder;
        }

        /// <summary>The run came as far as disposing the device.</summary>
        public bool IsDisposing { get; private set; }

        /// <summary>Hash of the bits that the kernels computed.</summary>
        public ulong Run()
        {
            IsDisposing = false;
            foreach (string file in Directory.GetFiles(folder))
            {
                File.Delete(file);
            }

            var options = new VulkanDeviceOptions { PreferredDevice = "llvmpipe", AllowSoftware = true, TrackHazards = true, PipelineCacheFolder = folder };
            configure(options);
            VulkanDevice device = VulkanDevice.Create(options);
            ulong hash;
            try
            {
                hash = Use(device);
            }
            catch
            {
                device.Dispose();
                throw;
            }

            IsDisposing = true;
            device.Dispose();
            return hash;
        }

        private static ulong Use(VulkanDevice device)
        {
            var plan = new MemoryPlan();
            plan.Add<float>(ArenaKind.Weights, Count);
            plan.Add<float>(ArenaKind.Activations, Count);
            using MemoryArenas arenas = MemoryArenas.Create(device, plan, "scenario");
            GpuBuffer<float> x = arenas.Allocate<float>(ArenaKind.Weights, Count, BufferAccess.ReadOnly, "x");
            GpuBuffer<float> y = arenas.Allocate<float>(ArenaKind.Activations, Count, BufferAccess.ReadWrite, "y");
            x.Upload(Enumerable.Range(0, Count).Select(i => (float)Math.Sin(i * 0.37)).ToArray());
            ComputePipeline pipeline = device.CreatePipeline(VulkanTest.TestKernels, SmokeKernel.Description, new SpecializationConstant(1, 0.25f));
            BindingSet set = device.CreateBindings("scenario", x, y);
            using TimestampPool timestamps = device.CreateTimestamps(2, "scenario");
            using CommandRecorder recorder = device.Record("scenario");
            recorder.ResetTimestamps(timestamps, 0, 2);
            recorder.WriteTimestamp(timestamps, 0);
            recorder.Fill(y, 0);
            recorder.Barrier();
            recorder.Dispatch(pipeline, set, new SmokeKernel.Push { A = 0.5f, Count = Count }, SmokeKernel.Groups(device, Count));
            recorder.Barrier();
            recorder.Dispatch(pipeline, set, new SmokeKernel.Push { A = -1.5f, Count = Count }, SmokeKernel.Groups(device, Count));
            recorder.WriteTimestamp(timestamps, 1);
            RecordedCommands commands = recorder.End();
            for (int i = 0; i < 3; i++)
            {
                device.Submit(commands).WaitOrThrow(Timeout);
            }

            device.SavePipelineCache();
            device.Submit(commands);
            return Hash(y.Download());
        }

        private static ulong Hash(float[] values)
        {
            ulong hash = 1469598103934665603;
            foreach (float value in values)
            {
                hash = (hash ^ (uint)BitConverter.SingleToInt32Bits(value)) * 1099511628211;
            }

            return hash;
        }
    }
}
