using NUnit.Framework;
using PrismLM.Vulkan.Device;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>The check "no validation message" is worth something only if a mistake makes a message.</summary>
    public class ValidationTests : VulkanTest
    {
        [Test]
        public unsafe void AMistakeMakesAMessage()
        {
            var info = new BufferCreateInfo { SType = StructureType.BufferCreateInfo, Size = 0, Usage = BufferUsageFlags.StorageBufferBit };
            Silk.NET.Vulkan.Buffer buffer;
            if (Device.Api.CreateBuffer(Device.Handle, &info, null, &buffer) == Result.Success)
            {
                Device.Api.DestroyBuffer(Device.Handle, buffer, null);
            }

            Assert.That(TakeMessages(), Has.Some.Contains("VkBufferCreateInfo"));
        }

        [Test]
        public void SynchronizationValidationSeesAMissingBarrier()
        {
            VulkanDeviceOptions options = Options();
            options.TrackHazards = false;
            using VulkanDevice device = VulkanDevice.Create(options);
            using ComputePipeline pipeline = device.CreatePipeline(TestKernels, SmokeKernel.Description);
            using GpuBuffer<float> x = device.CreateBuffer<float>(ArenaKind.Activations, 4, BufferAccess.ReadWrite, "x");
            using GpuBuffer<float> y = device.CreateBuffer<float>(ArenaKind.Activations, 4, BufferAccess.ReadWrite, "y");
            using GpuBuffer<float> z = device.CreateBuffer<float>(ArenaKind.Activations, 4, BufferAccess.ReadWrite, "z");
            using BindingSet first = device.CreateBindings("first", x, y);
            using BindingSet second = device.CreateBindings("second", y, z);
            using CommandRecorder recorder = device.Record("hazard");
            recorder.Dispatch(pipeline, first, new SmokeKernel.Push { A = 1f, Count = 4 }, 1);
            recorder.Dispatch(pipeline, second, new SmokeKernel.Push { A = 1f, Count = 4 }, 1);
            using RecordedCommands commands = recorder.End();
            Assert.That(TakeMessages(), Has.Some.Contains("SYNC-HAZARD"));
        }

        [Test]
        public void GpuAssistedValidationSeesAnAccessOutsideABuffer()
        {
            VulkanDeviceOptions options = Options();
            options.EnableSynchronizationValidation = false;
            options.EnableGpuAssistedValidation = true;
            const int count = 64;
            using VulkanDevice device = VulkanDevice.Create(options);
            TakeMessages();
            using ComputePipeline pipeline = device.CreatePipeline(TestKernels, SmokeKernel.Description);
            using GpuBuffer<float> x = device.CreateBuffer<float>(ArenaKind.Activations, 4, BufferAccess.ReadWrite, "x");
            using GpuBuffer<float> y = device.CreateBuffer<float>(ArenaKind.Activations, count, BufferAccess.ReadWrite, "y");
            using BindingSet set = device.CreateBindings("outside", x, y);
            using CommandRecorder recorder = device.Record("outside");
            recorder.Dispatch(pipeline, set, new SmokeKernel.Push { A = 1f, Count = count }, SmokeKernel.Groups(device, count));
            using RecordedCommands commands = recorder.End();
            device.Submit(commands).WaitOrThrow(5000);
            device.Dispose();
            Assert.That(TakeMessages(), Has.Some.Contains("out of bounds"));
        }
    }
}
