using System.Collections.Generic;

namespace PrismLM.Vulkan.Device
{
    /// <summary>First fit over one block; free ranges are kept in order and merged.</summary>
    internal sealed class RangeAllocator
    {
        private readonly List<(ulong Offset, ulong Size)> free = new List<(ulong Offset, ulong Size)>();

        public RangeAllocator(ulong capacity)
        {
            Capacity = capacity;
            free.Add((0, capacity));
        }

        public ulong Capacity { get; }

        public ulong Used { get; private set; }

        /// <param name="size">A multiple of the arena's alignment, so that every offset is one too.</param>
        /// <param name="offset">Where the range starts.</param>
        public bool TryAllocate(ulong size, out ulong offset)
        {
            for (int i = 0; i < free.Count; i++)
            {
                (ulong start, ulong length) = free[i];
                if (length >= size)
                {
                    if (length == size)
                    {
                        free.RemoveAt(i);
                    }
                    else
                    {
                        free[i] = (start + size, length - size);
                    }

                    offset = start;
                    Used += size;
                    return true;
                }
            }

            offset = 0;
            return false;
        }

        public void Free(ulong offset, ulong size)
        {
            int at = 0;
            while (at < free.Count && free[at].Offset < offset)
            {
                at++;
            }

            free.Insert(at, (offset, size));
            Used -= size;
            if (at + 1 < free.Count && free[at].Offset + free[at].Size == free[at + 1].Offset)
            {
                free[at] = (free[at].Offset, free[at].Size + free[at + 1].Size);
                free.RemoveAt(at + 1);
            }

            if (at > 0 && free[at - 1].Offset + free[at - 1].Size == free[at].Offset)
            {
                free[at - 1] = (free[at - 1].Offset, free[at - 1].Size + free[at].Size);
                free.RemoveAt(at);
            }
        }
    }
}
