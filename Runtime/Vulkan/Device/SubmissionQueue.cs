using System;
using System.Diagnostics;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>The device's queue. Each submission has a serial number; a <see cref="CompletionSignal"/> knows which serials have ended.</summary>
    internal sealed unsafe class SubmissionQueue : IDisposable
    {
        /// <summary>No call into the driver waits longer than this.</summary>
        private const int SliceMilliseconds = 1000;

        private const int MaxDrainErrors = 8;

        private readonly VulkanDevice device;
        private readonly IQueueGuard? guard;
        private readonly CompletionSignal signal;
        private readonly object gate = new object();
        private ulong submitted;
        private ulong completed;

        public SubmissionQueue(VulkanDevice device, IQueueGuard? guard)
        {
            this.device = device;
            this.guard = guard;
            signal = device.Logical.TimelineSemaphore ? new TimelineSignal(device) : (CompletionSignal)new FenceSignal(device);
        }

        public string WaitCall => signal.WaitCall;

        /// <summary>Serial of the last submission.</summary>
        public ulong Submitted
        {
            get
            {
                lock (gate)
                {
                    return submitted;
                }
            }
        }

        public void Create() => signal.Create();

        public Submission Submit(ReadOnlySpan<RecordedCommands> commands)
        {
            device.ThrowIfUnusable();
            if (commands.Length == 0)
            {
                throw new ArgumentException("A submission needs commands.", nameof(commands));
            }

            CommandBuffer* buffers = stackalloc CommandBuffer[commands.Length];
            for (int i = 0; i < commands.Length; i++)
            {
                commands[i].ThrowIfUnusable();
                buffers[i] = commands[i].Handle;
            }

            ulong serial;
            lock (gate)
            {
                serial = submitted + 1;
                guard?.Enter();
                try
                {
                    device.Check(signal.Submit(device.Logical.Queue, buffers, commands.Length, serial), "vkQueueSubmit");
                }
                finally
                {
                    guard?.Exit();
                }

                submitted = serial;
            }

            Collect();
            return new Submission(this, serial);
        }

        public bool Poll(ulong serial)
        {
            bool done;
            lock (gate)
            {
                done = serial <= completed;
                if (!done)
                {
                    device.ThrowIfUnusable();
                    completed = signal.Completed();
                    done = serial <= completed;
                }
            }

            if (done)
            {
                device.CollectRetired();
            }

            return done;
        }

        public bool Wait(ulong serial, int milliseconds)
        {
            if (milliseconds < 0)
            {
                throw new ArgumentOutOfRangeException(nameof(milliseconds), milliseconds, "Every wait is finite: 0 or more milliseconds.");
            }

            long start = Stopwatch.GetTimestamp();
            while (!Poll(serial))
            {
                long left = milliseconds - ((Stopwatch.GetTimestamp() - start) * 1000 / Stopwatch.Frequency);
                if (left <= 0)
                {
                    return false;
                }

                device.Check(signal.Wait(serial, Math.Min(left, SliceMilliseconds)), signal.WaitCall, allowTimeout: true);
            }

            return true;
        }

        /// <summary>Everything submitted so far has ended, as far as is known.</summary>
        public bool IsIdle(ulong serial)
        {
            lock (gate)
            {
                return serial <= completed;
            }
        }

        /// <summary>
        /// For disposal: waits for everything submitted, never throws for what the device reports, and says whether the device is known to be idle. A lost
        /// device counts as idle, because its objects may be destroyed.
        /// </summary>
        public bool Drain(int milliseconds)
        {
            var clock = Stopwatch.StartNew();
            for (int errors = 0; errors < MaxDrainErrors;)
            {
                long left = milliseconds - clock.ElapsedMilliseconds;
                try
                {
                    lock (gate)
                    {
                        if (device.IsLost || completed >= submitted || (completed = signal.Completed()) >= submitted)
                        {
                            return true;
                        }
                    }

                    if (left <= 0)
                    {
                        return false;
                    }

                    device.Check(signal.Wait(Submitted, Math.Min(left, SliceMilliseconds)), signal.WaitCall, allowTimeout: true);
                }
                catch (PrismVulkanException)
                {
                    // Out of memory while waiting says nothing about the work itself: ask again, a few times.
                    errors++;
                }
            }

            return device.IsLost;
        }

        public void Dispose() => signal.Dispose();

        private void Collect()
        {
            lock (gate)
            {
                completed = signal.Completed();
            }

            device.CollectRetired();
        }
    }
}
