using System;
using System.Diagnostics;
using System.Threading;
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
        private int waiters;

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
                // Again, inside the lock that disposal takes: another thread may have disposed the device meanwhile.
                device.ThrowIfUnusable();
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
                long left = milliseconds - ElapsedMilliseconds(start);
                if (left <= 0)
                {
                    return false;
                }

                WaitSlice(serial, Math.Min(left, SliceMilliseconds));
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
            long start = Stopwatch.GetTimestamp();
            for (int errors = 0; errors < MaxDrainErrors;)
            {
                long left = milliseconds - ElapsedMilliseconds(start);
                try
                {
                    lock (gate)
                    {
                        if (device.IsLost || completed >= submitted || (completed = signal.Completed()) >= submitted)
                        {
                            break;
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

            return IsSettled() && NobodyWaits(milliseconds - ElapsedMilliseconds(start));
        }

        public void Dispose() => signal.Dispose();

        private static long ElapsedMilliseconds(long start) => (Stopwatch.GetTimestamp() - start) * 1000 / Stopwatch.Frequency;

        private bool IsSettled()
        {
            lock (gate)
            {
                return device.IsLost || completed >= submitted;
            }
        }

        /// <summary>Waits until no other thread is inside a wait; their work has ended, so they leave at once.</summary>
        private bool NobodyWaits(long milliseconds)
        {
            for (long left = Math.Max(milliseconds, SliceMilliseconds); left > 0 && Volatile.Read(ref waiters) > 0; left--)
            {
                Thread.Sleep(1);
            }

            return Volatile.Read(ref waiters) == 0;
        }

        private void WaitSlice(ulong serial, long milliseconds)
        {
            Interlocked.Increment(ref waiters);
            try
            {
                // After the increment: either this sees the disposal, or the disposal sees the waiter.
                device.ThrowIfUnusable();
                device.Check(signal.Wait(serial, milliseconds), signal.WaitCall, allowTimeout: true);
            }
            finally
            {
                Interlocked.Decrement(ref waiters);
            }
        }

        private void Collect()
        {
            lock (gate)
            {
                if (device.IsDisposed)
                {
                    return;
                }

                completed = signal.Completed();
            }

            device.CollectRetired();
        }
    }
}
