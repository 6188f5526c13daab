using System;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Device times of the slices of a submission: a tiny recording that writes a timestamp stands before the first slice and behind each. Three banks are used
    /// in turn, so that those of submissions that still run are left alone.
    /// </summary>
    internal sealed class SliceTimer : IDisposable
    {
        public const int Banks = 3;

        private readonly VulkanDevice device;
        private readonly SharedCommandPool commandPool;
        private readonly TimestampPool pool;
        private readonly RecordedCommands?[] marks;
        private readonly int perBank;
        private readonly ulong[] ticks;
        private int bank;

        private SliceTimer(VulkanDevice device, SharedCommandPool commandPool, TimestampPool pool, int slices)
        {
            this.device = device;
            this.commandPool = commandPool;
            this.pool = pool;
            perBank = slices + 1;
            marks = new RecordedCommands?[Banks * perBank];
            ticks = new ulong[perBank];
        }

        /// <summary>The bank of the submission that is put together.</summary>
        public int Bank => bank;

        /// <summary>Null where the device has no timestamps.</summary>
        public static SliceTimer? Create(VulkanDevice device, SharedCommandPool commandPool, int slices)
            => device.HasTimestamps ? new SliceTimer(device, commandPool, device.CreateTimestamps(Banks * (slices + 1), "slices"), slices) : null;

        public void Begin() => bank = (bank + 1) % Banks;

        /// <summary>Commands that write the index-th timestamp of this submission.</summary>
        public RecordedCommands Mark(int index)
        {
            int at = (bank * perBank) + index;
            RecordedCommands? mark = marks[at];
            if (mark == null)
            {
                using CommandRecorder recorder = device.Record("timestamp", commandPool);
                recorder.ResetTimestamps(pool, at, 1);
                recorder.WriteTimestamp(pool, at);
                mark = recorder.End();
                marks[at] = mark;
            }

            return mark;
        }

        /// <summary>Milliseconds of each slice of a submission that has ended; false when the device keeps them back.</summary>
        public bool TryRead(int ofBank, Span<double> milliseconds)
        {
            Span<ulong> read = ticks.AsSpan(0, milliseconds.Length + 1);
            if (!pool.TryRead(ofBank * perBank, read))
            {
                return false;
            }

            for (int i = 0; i < milliseconds.Length; i++)
            {
                milliseconds[i] = pool.Nanoseconds(read[i], read[i + 1]) * 1e-6;
            }

            return true;
        }

        public void Dispose()
        {
            foreach (RecordedCommands? mark in marks)
            {
                mark?.Dispose();
            }

            pool.Dispose();
        }
    }
}
