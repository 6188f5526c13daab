using System;
using System.Collections.Generic;

namespace PrismLM.Vulkan.Device
{
    /// <summary>The arenas of one owner (a model, or the device's own small needs).</summary>
    internal sealed unsafe class MemoryArenas : DeviceObject
    {
        private const ulong GrowthBytes = 1UL << 20;

        private readonly List<MemoryBlock>[] blocks = new List<MemoryBlock>[MemoryTypes.KindCount];
        private readonly bool grows;

        private MemoryArenas(VulkanDevice device, string name, bool grows)
            : base(device, name)
        {
            this.grows = grows;
            for (int i = 0; i < blocks.Length; i++)
            {
                blocks[i] = new List<MemoryBlock>();
            }
        }

        /// <summary>Creates arenas that hold exactly the plan, after checking that they fit.</summary>
        public static MemoryArenas Create(VulkanDevice device, MemoryPlan plan, string name)
        {
            device.ThrowIfUnusable();
            plan.Check(device);
            var arenas = new MemoryArenas(device, name, grows: false);
            device.Adopt(arenas);
            try
            {
                for (int kind = 0; kind < MemoryTypes.KindCount; kind++)
                {
                    foreach (ulong size in plan.Blocks((ArenaKind)kind, device))
                    {
                        arenas.AddBlock((ArenaKind)kind, size);
                    }
                }

                return arenas;
            }
            catch
            {
                arenas.Dispose();
                throw;
            }
        }

        /// <summary>Bytes of device memory held.</summary>
        public long AllocatedBytes
        {
            get
            {
                ulong total = 0;
                lock (blocks)
                {
                    foreach (List<MemoryBlock> list in blocks)
                    {
                        foreach (MemoryBlock block in list)
                        {
                            total += block.Ranges.Capacity;
                        }
                    }
                }

                return (long)total;
            }
        }

        /// <summary>Allocates a buffer; its first byte is aligned for binding. The contents are undefined.</summary>
        /// <exception cref="PrismVulkanException">PG021 when the arena is full, PG022 when the buffer is larger than one binding may be.</exception>
        public GpuBuffer<T> Allocate<T>(ArenaKind kind, long count, BufferAccess access, string name)
            where T : unmanaged
        {
            ThrowIfDisposed();
            Device.ThrowIfUnusable();
            if (count <= 0)
            {
                throw new ArgumentOutOfRangeException(nameof(count), count, "A buffer holds at least one element.");
            }

            ulong bytes = checked((ulong)count * (ulong)sizeof(T));
            if (bytes > (ulong)Device.MaxBindingBytes)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.LimitExceeded,
                    FormattableString.Invariant($"Buffer {name} has {bytes} bytes; one binding holds at most {Device.MaxBindingBytes} (maxStorageBufferRange, maxMemoryAllocationSize)."),
                    "Split it into segments.");
            }

            (MemoryBlock block, ulong offset) = Take(kind, Device.AlignUp(bytes), name);
            var buffer = new GpuBuffer<T>(this, block, offset, count, access, name);
            Device.Adopt(buffer);
            return buffer;
        }

        internal static MemoryArenas CreateGrowing(VulkanDevice device, string name)
        {
            var arenas = new MemoryArenas(device, name, grows: true);
            device.Adopt(arenas);
            return arenas;
        }

        internal void Release(MemoryBlock block, ulong offset, ulong bytes)
        {
            lock (blocks)
            {
                block.Ranges.Free(offset, Device.AlignUp(bytes));
            }
        }

        internal override void Destroy()
        {
            lock (blocks)
            {
                for (int kind = 0; kind < blocks.Length; kind++)
                {
                    foreach (MemoryBlock block in blocks[kind])
                    {
                        block.Destroy();
                        Device.AddAllocated((ArenaKind)kind, -(long)block.Ranges.Capacity);
                    }

                    blocks[kind].Clear();
                }
            }
        }

        private (MemoryBlock Block, ulong Offset) Take(ArenaKind kind, ulong size, string name)
        {
            lock (blocks)
            {
                foreach (MemoryBlock block in blocks[(int)kind])
                {
                    if ((!Device.IsolatesBuffers || block.Ranges.Capacity == size) && block.Ranges.TryAllocate(size, out ulong offset))
                    {
                        return (block, offset);
                    }
                }

                if (!grows)
                {
                    throw new PrismVulkanException(
                        VulkanErrorCode.ArenaFull,
                        FormattableString.Invariant($"Arena {kind} of {Name} has no {size} bytes left for {name}."),
                        "Add the buffer to the memory plan.");
                }

                ulong growth = Device.IsolatesBuffers ? size : Math.Max(size, Math.Min(GrowthBytes, Device.MaxAllocationBytes));
                var plan = new MemoryPlan();
                plan.AddBytes(kind, (long)growth);
                plan.Check(Device);
                MemoryBlock added = AddBlock(kind, growth);
                added.Ranges.TryAllocate(size, out ulong start);
                return (added, start);
            }
        }

        private MemoryBlock AddBlock(ArenaKind kind, ulong size)
        {
            MemoryBlock block = MemoryBlock.Create(Device, kind, size);
            lock (blocks)
            {
                blocks[(int)kind].Add(block);
            }

            Device.AddAllocated(kind, (long)size);
            return block;
        }
    }
}
