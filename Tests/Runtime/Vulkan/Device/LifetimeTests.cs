using System;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    public class LifetimeTests : VulkanTest
    {
        [Test]
        public void NothingLivesAfterDisposal([Values] bool fences)
        {
            VulkanDeviceOptions options = Options();
            options.Restrictions = fences ? DeviceRestrictions.NoTimeline : DeviceRestrictions.None;
            VulkanDevice device = VulkanDevice.Create(options);
            Assert.That(device.Report.UsesTimelineSemaphore, Is.EqualTo(!fences));
            RecordedCommands commands = UseEverything(device);
            device.Submit(commands);
            Assert.That(device.Ledger.TotalLive, Is.GreaterThan(10));
            device.Dispose();
            Assert.That(device.Ledger.TotalLive, Is.Zero, "{0}", device.Ledger);
            device.Dispose();
            Assert.That(() => device.Record("after"), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => device.Submit(commands), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => MemoryArenas.Create(device, new MemoryPlan(), "after"), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void DisposalInFlightIsDeferred()
        {
            using VulkanDevice device = VulkanDevice.Create(Options());
            RecordedCommands commands = UseEverything(device);
            Submission last = default;
            for (int i = 0; i < 20; i++)
            {
                last = device.Submit(commands);
            }

            long pools = device.Ledger.Live("CommandPool");
            commands.Dispose();
            Assert.That(() => device.Submit(commands), Throws.TypeOf<ObjectDisposedException>());
            last.WaitOrThrow(5000);
            Assert.That(device.RetiredCount, Is.Zero);
            Assert.That(device.Ledger.Live("CommandPool"), Is.EqualTo(pools - 1));
        }

        [Test]
        public void CommandsThatUseADisposedBufferAreRefused()
        {
            GpuBuffer<uint> buffer = Device.CreateBuffer<uint>(ArenaKind.Activations, 4, BufferAccess.ReadWrite, "short-lived");
            using CommandRecorder recorder = Device.Record("stale");
            recorder.Fill(buffer, 1);
            using RecordedCommands commands = recorder.End();
            Device.Submit(commands).WaitOrThrow(5000);
            buffer.Dispose();
            Assert.That(() => Device.Submit(commands), Throws.TypeOf<ObjectDisposedException>().With.Message.Contains("short-lived"));
            Assert.That(() => buffer.Upload(new uint[1]), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void AnotherThreadMayDispose()
        {
            for (int i = 0; i < 5; i++)
            {
                VulkanDevice device = VulkanDevice.Create(Options());
                RecordedCommands commands = UseEverything(device);
                device.Submit(commands);
                Task.Run(device.Dispose).Wait();
                Assert.That(device.Ledger.TotalLive, Is.Zero);
            }
        }

        [Test]
        public void ARecordingThatWasLeftOpenGoesWithItsDevice()
        {
            VulkanDevice device = VulkanDevice.Create(Options());
            CommandRecorder recorder = device.Record("left open");
            device.Dispose();
            Assert.That(device.Ledger.TotalLive, Is.Zero, "{0}", device.Ledger);
            Assert.That(() => recorder.Barrier(), Throws.TypeOf<ObjectDisposedException>());
            recorder.Dispose();
        }

        [Test]
        public void AWaitingThreadSurvivesDisposalByAnother([Values] bool fences)
        {
            for (int i = 0; i < 3; i++)
            {
                VulkanDeviceOptions options = Options();
                options.Restrictions = fences ? DeviceRestrictions.NoTimeline : DeviceRestrictions.None;
                VulkanDevice device = VulkanDevice.Create(options);
                RecordedCommands commands = UseEverything(device);
                Task waiter = Task.Run(() =>
                {
                    while (true)
                    {
                        device.Submit(commands).Wait(5000);
                    }
                });
                Thread.Sleep(20);
                device.Dispose();
                AggregateException error = Assert.Throws<AggregateException>(() => waiter.Wait(10_000))!;
                Assert.That(error.InnerException, Is.TypeOf<ObjectDisposedException>());
                Assert.That(device.Ledger.TotalLive, Is.Zero, "{0}", device.Ledger);
            }
        }

        [Test]
        public void SubmittingAndPollingAllocateNothing([Values] bool fences)
        {
            VulkanDeviceOptions options = Options();
            options.EnableValidation = false;
            options.Restrictions = fences ? DeviceRestrictions.NoTimeline : DeviceRestrictions.None;
            using VulkanDevice device = VulkanDevice.Create(options);
            RecordedCommands commands = UseEverything(device);
            long allocated = 0;
            for (int round = 0; round < 3; round++)
            {
                allocated = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 50; i++)
                {
                    Submission submission = device.Submit(commands);
                    while (!submission.IsDone)
                    {
                        submission.Wait(1000);
                    }
                }

                allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            }

            Assert.That(allocated, Is.Zero, "bytes in the last of three rounds");
        }

        [Test]
        public void DevicesComeAndGoWithoutGrowth()
        {
            int threads = 0;
            for (int i = 0; i < 12; i++)
            {
                using (VulkanDevice device = VulkanDevice.Create(Options()))
                {
                    device.Submit(UseEverything(device)).WaitOrThrow(5000);
                }

                int now = System.Diagnostics.Process.GetCurrentProcess().Threads.Count;
                threads = i == 4 ? now : threads;
                if (i > 4)
                {
                    // The test host's own pool may add a few; a device brings at least one thread for each processor.
                    Assert.That(now, Is.LessThan(threads + 6), "threads after {0} devices", i + 1);
                }
            }
        }

        [Test]
        public void AForgottenDeviceIsReported()
        {
            string log = string.Empty;
            Forget(message => Volatile.Write(ref log, message));
            for (int i = 0; i < 20 && Volatile.Read(ref log).Length == 0; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Assert.That(log, Does.Contain("not disposed").And.Contain("Device 1"));
        }

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        private static void Forget(Action<string> log)
            => VulkanDevice.Create(new VulkanDeviceOptions { PreferredDevice = "llvmpipe", AllowSoftware = true, Log = log });

        private static RecordedCommands UseEverything(VulkanDevice device)
        {
            GpuBuffer<float> x = device.CreateBuffer<float>(ArenaKind.Weights, 97, BufferAccess.ReadOnly, "x");
            GpuBuffer<float> y = device.CreateBuffer<float>(ArenaKind.Activations, 97, BufferAccess.ReadWrite, "y");
            ComputePipeline pipeline = device.CreatePipeline(TestKernels, SmokeKernel.Description);
            BindingSet set = device.CreateBindings("set", x, y);
            TimestampPool timestamps = device.CreateTimestamps(2, "timestamps");
            using CommandRecorder recorder = device.Record("everything");
            recorder.ResetTimestamps(timestamps, 0, 2);
            recorder.WriteTimestamp(timestamps, 0);
            recorder.Dispatch(pipeline, set, new SmokeKernel.Push { A = 1f, Count = 97 }, SmokeKernel.Groups(device, 97));
            recorder.WriteTimestamp(timestamps, 1);
            return recorder.End();
        }
    }
}
