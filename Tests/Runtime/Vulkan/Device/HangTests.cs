using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>A device that never finishes: every wait is finite and ends in a typed time-out.</summary>
    public class HangTests : VulkanTest
    {
        [Test]
        public void WaitsAreFiniteAndTyped([Values] bool fences)
        {
            FaultInjector? injector = null;
            string log = string.Empty;
            VulkanDeviceOptions options = Options();
            options.Log = message => log += message;
            options.DisposeTimeoutMilliseconds = 100;
            options.Restrictions = fences ? DeviceRestrictions.NoTimeline : DeviceRestrictions.None;
            options.WrapContext = inner => injector = new FaultInjector(inner);
            VulkanDevice device = VulkanDevice.Create(options);
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

        [Test]
        public void DisposalOfAHangingDeviceTakesAQuarterSecondAndASlice([Values] bool fences)
        {
            VulkanDevice device = Hanging(fences, out _, out _);
            int slice = device.Queue.LongestMilliseconds;
            var clock = Stopwatch.StartNew();
            device.Dispose();
            Assert.That(device.WasAbandoned, Is.True);
            Assert.That(clock.ElapsedMilliseconds, Is.LessThan(250 + slice + 1000), "test machines are shared: a second more is allowed here");
        }

        [Test]
        public void AThreadThatWaitsStopsNoOther([Values] bool fences)
        {
            VulkanDevice device = Hanging(fences, out FaultInjector injector, out Submission submission);
            int before = injector.HangingWaits;
            Task waiter = Task.Run(() => submission.Wait(1000));
            var clock = Stopwatch.StartNew();
            while (injector.HangingWaits == before)
            {
                Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(10));
                Thread.Sleep(1);
            }

            // The other thread now sits in a wait of a second, and the device has long finished.
            injector.Hangs = false;
            clock.Restart();
            while (!submission.IsDone)
            {
                Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(10));
                Thread.Sleep(1);
            }

            Assert.That(clock.ElapsedMilliseconds, Is.LessThan(800));
            Assert.That(waiter.IsCompleted, Is.False, "otherwise this proves nothing");
            Assert.That(waiter.Wait(10_000), Is.True);
            device.Dispose();
            Assert.That(device.Ledger.TotalLive, Is.Zero, "{0}", device.Ledger);
        }

        private static VulkanDevice Hanging(bool fences, out FaultInjector injector, out Submission submission)
        {
            FaultInjector? made = null;
            VulkanDeviceOptions options = Options();
            options.Restrictions = fences ? DeviceRestrictions.NoTimeline : DeviceRestrictions.None;
            options.WrapContext = inner => made = new FaultInjector(inner);
            VulkanDevice device = VulkanDevice.Create(options);
            GpuBuffer<uint> buffer = device.CreateBuffer<uint>(ArenaKind.Activations, 4, BufferAccess.ReadWrite, "buffer");
            using CommandRecorder recorder = device.Record("hang");
            recorder.Fill(buffer, 1);
            RecordedCommands commands = recorder.End();
            injector = made!;
            injector.Hangs = true;
            submission = device.Submit(commands);
            return device;
        }
    }
}
