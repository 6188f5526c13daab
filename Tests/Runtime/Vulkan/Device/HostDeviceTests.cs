using System;
using NUnit.Framework;
using PrismLM.Vulkan.Device;
using Silk.NET.Core.Contexts;
using Silk.NET.Vulkan;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>Prism on a device that somebody else made, with Vulkan 1.1 and not one optional feature.</summary>
    public class HostDeviceTests : VulkanTest
    {
        private VulkanDevice host = null!;
        private IntPtr getInstanceProcAddr;

        [SetUp]
        public void MakeHost()
        {
            VulkanDeviceOptions options = Options();
            options.MaxApiVersion = Vk.Version11;
            options.Restrictions = DeviceRestrictions.NoTimeline | DeviceRestrictions.NoSubgroupControl;
            options.WrapContext = context => Capture(context);
            host = VulkanDevice.Create(options);
        }

        [TearDown]
        public void DisposeHost() => host.Dispose();

        [Test]
        public void ComputesWithFencesAndAnObservedSubgroupSize()
        {
            var guard = new CountingGuard();
            using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { HostDevice = Describe(guard, null), TrackHazards = true });
            Assert.That(device.Report.IsAdopted, Is.True);
            Assert.That(device.Report.Reason, Does.Contain("host"));
            Assert.That(device.Report.UsesTimelineSemaphore, Is.False);
            Assert.That(device.Report.FullSubgroupsRequired, Is.False);
            Assert.That(device.SubgroupSize, Is.EqualTo(Device.SubgroupSize));
            using ComputePipeline pipeline = device.CreatePipeline(TestKernels, SmokeKernel.Description);
            using GpuBuffer<float> x = device.CreateBuffer<float>(ArenaKind.Weights, 97, BufferAccess.ReadOnly, "x");
            using GpuBuffer<float> y = device.CreateBuffer<float>(ArenaKind.Readback, 97, BufferAccess.ReadWrite, "y");
            x.Mapped.Fill(2f);
            y.Mapped.Clear();
            using BindingSet set = device.CreateBindings("adopted", x, y);
            using CommandRecorder recorder = device.Record("adopted");
            recorder.Dispatch(pipeline, set, new SmokeKernel.Push { A = 3f, Count = 97 }, SmokeKernel.Groups(device, 97));
            using RecordedCommands commands = recorder.End();
            int before = guard.Entered;
            for (int i = 0; i < 10; i++)
            {
                device.Submit(commands);
            }

            device.Submit(commands).WaitOrThrow(5000);
            Assert.That(y.Download(), Is.All.EqualTo(66f));
            Assert.That(guard.Entered, Is.EqualTo(before + 11), "submissions inside the guard");
            Assert.That(guard.Inside, Is.Zero);
        }

        [Test]
        public void LeavesTheHostsObjectsAlone()
        {
            VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { HostDevice = Describe(null, null) });
            device.Dispose();
            Assert.That(device.Ledger.TotalLive, Is.Zero);
            Assert.That(device.Ledger.CreatedCount("Device"), Is.Zero);
            using CommandRecorder recorder = host.Record("host goes on");
            using RecordedCommands commands = recorder.End();
            host.Submit(commands).WaitOrThrow(5000);
        }

        [Test]
        public void IsDisposedWhenTheHostCloses()
        {
            Action? closing = null;
            VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { HostDevice = Describe(null, action => closing = action) });
            closing!();
            Assert.That(device.IsDisposed, Is.True);
            Assert.That(device.Ledger.TotalLive, Is.Zero);
        }

        [Test]
        public void RefusesAnIncompleteDescription()
        {
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => VulkanDevice.Create(new VulkanDeviceOptions { HostDevice = new HostDevice() }))!;
            Assert.That(error.Code, Is.EqualTo("PG008"));
        }

        private HostDevice Describe(IQueueGuard? guard, Action<Action>? closing) => new HostDevice
        {
            Instance = host.InstanceHandle,
            PhysicalDevice = host.Facts.Handle.Handle,
            Device = host.Handle.Handle,
            Queue = host.Logical.Queue.Handle,
            QueueFamily = host.Logical.QueueFamily,
            GetInstanceProcAddr = getInstanceProcAddr,
            ApiVersion = Vk.Version11,
            Guard = guard,
            RegisterClosing = closing,
        };

        private INativeContext Capture(INativeContext context)
        {
            Assert.That(context.TryGetProcAddress("vkGetInstanceProcAddr", out getInstanceProcAddr), Is.True);
            return context;
        }

        private sealed class CountingGuard : IQueueGuard
        {
            public int Entered { get; private set; }

            public int Inside { get; private set; }

            public void Enter()
            {
                Entered++;
                Inside++;
            }

            public void Exit() => Inside--;
        }
    }
}
