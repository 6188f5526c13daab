using System;
using System.Diagnostics;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>A device that never finishes: every wait is finite and ends in a typed time-out.</summary>
    public class HangTests
    {
        [Test]
        public void WaitsAreFiniteAndTyped([Values] bool fences)
        {
            FaultInjector? injector = null;
            string log = string.Empty;
            VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions
            {
                PreferredDevice = "llvmpipe",
                AllowSoftware = true,
                Log = message => log += message,
                DisposeTimeoutMilliseconds = 100,
                Restrictions = fences ? DeviceRestrictions.NoTimeline : DeviceRestrictions.None,
                WrapContext = inner => injector = new FaultInjector(inner),
            });
            using GpuBuffer<uint> buffer = device.CreateBuffer<uint>(ArenaKind.Activations, 4, BufferAccess.ReadWrite, "buffer");
            using CommandRecorder recorder = device.Record("hang");
            recorder.Fill(buffer, 1);
            RecordedCommands commands = recorder.End();
            injector!.Hangs = true;
            Submission submission = device.Submit(commands);
            var clock = Stopwatch.StartNew();
            Assert.That(submission.IsDone, Is.False);
            Assert.That(submission.Wait(50), Is.False);
            PrismVulkanException error = Assert.Throws<PrismVulkanException>(() => submission.WaitOrThrow(1200))!;
            Assert.That(error.Code, Is.EqualTo("PG015"));
            Assert.That(error.Call, Is.EqualTo(fences ? "vkWaitForFences" : "vkWaitSemaphores"));
            Assert.That(injector.LongestWait, Is.EqualTo(1_000_000_000), "nanoseconds of the longest wait");
            Assert.That(() => submission.Wait(-1), Throws.TypeOf<ArgumentOutOfRangeException>());

            // Objects that the device may still use are left alone, and it is said.
            device.Dispose();
            Assert.That(device.WasAbandoned, Is.True);
            Assert.That(log, Does.Contain("Buffer 2").And.Contain("CommandPool 1"));
            Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(10));
            Assert.That(() => device.Record("after"), Throws.TypeOf<ObjectDisposedException>());
        }
    }
}
