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
        private const int WaitMilliseconds = 1000;

        /// <summary>Submissions whose start is remembered; a power of two.</summary>
        private const int Remembered = 64;

        private const int MaxDrainErrors = 8;

        private readonly VulkanDevice device;
        private readonly IQueueGuard? guard;
        private readonly CompletionSignal signal;
        private readonly object gate = new object();
        private readonly object waiterGate = new object();
        private readonly long[] submittedAt = new long[Remembered];
        private ulong submitted;
        private ulong completed;
        private long longestTicks;
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

        /// <summary>Milliseconds of the longest submission so far, as far as polling saw it.</summary>
        public int LongestMilliseconds
        {
            get
            {
                lock (gate)
                {
                    return (int)Math.Min(int.MaxValue, longestTicks * 1000 / Stopwatch.Frequency);
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
                submittedAt[serial % Remembered] = Stopwatch.GetTimestamp();
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
                    Complete(signal.Completed());
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

                WaitSlice(serial, Math.Min(left, WaitMilliseconds));
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
                        if (device.IsLost || completed >= submitted)
                        {
                            break;
                        }

                        Complete(signal.Completed());
                        if (completed >= submitted)
                        {
                            break;
                        }
                    }

                    if (left <= 0)
                    {
                        return false;
                    }

                    device.Check(signal.Wait(Submitted, Math.Min(left, WaitMilliseconds)), signal.WaitCall, allowTimeout: true);
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
            long start = Stopwatch.GetTimestamp(), allowed = Math.Max(milliseconds, WaitMilliseconds);
            lock (waiterGate)
            {
                while (waiters > 0)
                {
                    long left = allowed - ElapsedMilliseconds(start);
                    if (left <= 0)
                    {
                        return false;
                    }

                    Monitor.Wait(waiterGate, (int)left);
                }

                return true;
            }
        }

        private void WaitSlice(ulong serial, long milliseconds)
        {
            lock (waiterGate)
            {
                waiters++;
            }

            try
            {
                // After the increment: either this sees the disposal, or the disposal sees the waiter.
                device.ThrowIfUnusable();
                device.Check(signal.Wait(serial, milliseconds), signal.WaitCall, allowTimeout: true);
            }
            finally
            {
                lock (waiterGate)
                {
                    waiters--;
                    Monitor.PulseAll(waiterGate);
                }
            }
        }

        private void Complete(ulong serial)
        {
            if (serial > completed)
            {
                if (submitted - serial < Remembered)
                {
                    longestTicks = Math.Max(longestTicks, Stopwatch.GetTimestamp() - submittedAt[serial % Remembered]);
                }

                completed = serial;
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

                Complete(signal.Completed());
            }

            device.CollectRetired();
        }
    }
}
