using System;
using System.Collections.Generic;
using System.Globalization;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// What a model will need, added up before anything is created. <see cref="MemoryArenas.Create"/> refuses a plan that the heaps cannot hold, and afterwards
    /// allocates nothing more.
    /// </summary>
    internal sealed unsafe class MemoryPlan
    {
        /// <summary>One allocation stays below this: every device grants 1 GiB, and smaller blocks are easier to place.</summary>
        internal const ulong MaxBlockBytes = 256UL << 20;

        private readonly List<ulong>[] requests = new List<ulong>[MemoryTypes.KindCount];

        public MemoryPlan()
        {
            for (int i = 0; i < requests.Length; i++)
            {
                requests[i] = new List<ulong>();
            }
        }

        /// <summary>Announces a buffer that will be allocated with the same element type and count. Allocate in the order of announcement.</summary>
        public void Add<T>(ArenaKind kind, long count)
            where T : unmanaged
            => AddBytes(kind, checked(count * sizeof(T)));

        public void AddBytes(ArenaKind kind, long bytes)
        {
            if (bytes <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "A buffer holds at least one element.");
            }

            requests[(int)kind].Add((ulong)bytes);
        }

        /// <summary>Bytes of one arena with every buffer aligned.</summary>
        public long BytesOf(ArenaKind kind, VulkanDevice device)
        {
            ulong total = 0;
            foreach (ulong request in requests[(int)kind])
            {
                total = checked(total + device.AlignUp(request));
            }

            return (long)total;
        }

        public long TotalBytes(VulkanDevice device)
        {
            long total = 0;
            for (int kind = 0; kind < MemoryTypes.KindCount; kind++)
            {
                total += BytesOf((ArenaKind)kind, device);
            }

            return total;
        }

        /// <summary>Throws with both numbers: PG022 when a buffer is larger than one allocation may be, PG020 when a heap, its budget or the caller's limit is smaller than the need.</summary>
        public void Check(VulkanDevice device)
        {
            CheckAllocations(device);
            long total = TotalBytes(device);
            if (device.MemoryLimitBytes is long limit && total + device.AllocatedBytes > limit)
            {
                throw Refusal(total + device.AllocatedBytes, limit, "the limit that the caller set");
            }

            var needs = new Dictionary<int, long>();
            for (int kind = 0; kind < MemoryTypes.KindCount; kind++)
            {
                int heap = device.MemoryTypes.HeapOf((ArenaKind)kind);
                needs.TryGetValue(heap, out long need);
                needs[heap] = need + BytesOf((ArenaKind)kind, device);
            }

            foreach (KeyValuePair<int, long> need in needs)
            {
                ulong available = device.MemoryTypes.Available(need.Key);
                if ((ulong)need.Value > available)
                {
                    throw Refusal(need.Value, (long)available, FormattableString.Invariant($"free in memory heap {need.Key} of {device.Report.Chosen.Name}"));
                }
            }
        }

        /// <summary>Sizes of the blocks of an arena: buffers in order, a new block where the next does not fit.</summary>
        internal List<ulong> Blocks(ArenaKind kind, VulkanDevice device)
        {
            var blocks = new List<ulong>();
            ulong current = 0;
            foreach (ulong request in requests[(int)kind])
            {
                ulong size = device.AlignUp(request);
                if (current != 0 && (device.IsolatesBuffers || current + size > Math.Min(MaxBlockBytes, device.MaxAllocationBytes)))
                {
                    blocks.Add(current);
                    current = 0;
                }

                current += size;
            }

            if (current != 0)
            {
                blocks.Add(current);
            }

            return blocks;
        }

        private void CheckAllocations(VulkanDevice device)
        {
            foreach (List<ulong> kind in requests)
            {
                foreach (ulong request in kind)
                {
                    if (request > device.MaxAllocationBytes)
                    {
                        throw new PrismVulkanException(
                            VulkanErrorCode.LimitExceeded,
                            string.Format(CultureInfo.InvariantCulture, "A buffer has {0:N0} bytes; one allocation of this device holds at most {1:N0} (maxMemoryAllocationSize).", request, device.MaxAllocationBytes),
                            "Use a smaller model, fewer sequences or a shorter context.");
                    }
                }
            }
        }

        private static PrismVulkanException Refusal(long need, long available, string where)
            => new PrismVulkanException(
                VulkanErrorCode.MemoryRefused,
                string.Format(CultureInfo.InvariantCulture, "{0:N0} bytes of device memory are needed, {1:N0} bytes are {2}.", need, available, where),
                "Use a smaller model, fewer sequences or a shorter context.");
    }
}
