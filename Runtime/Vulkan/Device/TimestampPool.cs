using System;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>GPU timestamps; only on queues that have them (<see cref="VulkanDevice.HasTimestamps"/>).</summary>
    internal sealed unsafe class TimestampPool : DeviceObject
    {
        private readonly ulong mask;

        private TimestampPool(VulkanDevice device, int capacity, string name)
            : base(device, name)
        {
            Capacity = capacity;
            uint bits = device.Facts.TimestampValidBits;
            mask = bits >= 64 ? ulong.MaxValue : (1UL << (int)bits) - 1;
        }

        public int Capacity { get; }

        internal QueryPool Handle { get; private set; }

        internal static TimestampPool Create(VulkanDevice device, int capacity, string name)
        {
            device.ThrowIfUnusable();
            if (!device.HasTimestamps)
            {
                throw new PrismVulkanException(VulkanErrorCode.LimitExceeded, "The device's compute queue has no timestamps.", "Measure completion on the host.");
            }

            var pool = new TimestampPool(device, capacity, name);
            var info = new QueryPoolCreateInfo { SType = StructureType.QueryPoolCreateInfo, QueryType = QueryType.Timestamp, QueryCount = (uint)capacity };
            QueryPool created;
            device.Check(device.Api.CreateQueryPool(device.Handle, &info, null, &created), "vkCreateQueryPool");
            device.Ledger.Created("QueryPool");
            pool.Handle = created;
            device.Adopt(pool);
            return pool;
        }

        /// <summary>Reads ticks that the device has written; false when one of them is not there yet.</summary>
        public bool TryRead(int first, Span<ulong> ticks)
        {
            ThrowIfDisposed();
            Device.ThrowIfUnusable();
            if (first < 0 || first > Capacity - ticks.Length)
            {
                throw new ArgumentOutOfRangeException(nameof(first), FormattableString.Invariant($"Timestamps [{first}, {first} + {ticks.Length}) of {Capacity}."));
            }

            fixed (ulong* data = ticks)
            {
                Result result = Device.Api.GetQueryPoolResults(
                    Device.Handle, Handle, (uint)first, (uint)ticks.Length, (nuint)(8 * ticks.Length), data, 8, QueryResultFlags.Result64Bit);
                if (result == Result.NotReady)
                {
                    return false;
                }

                Device.Check(result, "vkGetQueryPoolResults");
            }

            for (int i = 0; i < ticks.Length; i++)
            {
                ticks[i] &= mask;
            }

            return true;
        }

        /// <summary>Nanoseconds from one tick to a later one; the counter may have wrapped once.</summary>
        public double Nanoseconds(ulong from, ulong to) => ((to - from) & mask) * (double)Device.Facts.Limits.TimestampPeriod;

        internal override void Destroy()
        {
            if (Handle.Handle != 0)
            {
                Device.Api.DestroyQueryPool(Device.Handle, Handle, null);
                Device.Ledger.Destroyed("QueryPool");
                Handle = default;
            }
        }
    }
}
