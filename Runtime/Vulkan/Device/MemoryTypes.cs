using System;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Which memory type and heap serves which arena, and how much a heap can give.</summary>
    internal sealed unsafe class MemoryTypes
    {
        public const int KindCount = 6;

        private const MemoryPropertyFlags Local = MemoryPropertyFlags.DeviceLocalBit;
        private const MemoryPropertyFlags Mapped = MemoryPropertyFlags.HostVisibleBit | MemoryPropertyFlags.HostCoherentBit;

        private readonly VulkanDevice device;
        private readonly PhysicalDeviceMemoryProperties memory;
        private readonly int[] types = new int[KindCount];

        public MemoryTypes(VulkanDevice device, DeviceFacts facts, DeviceRestrictions restrictions)
        {
            this.device = device;
            memory = facts.Memory;
            bool unified = facts.Type == PhysicalDeviceType.IntegratedGpu || facts.Type == PhysicalDeviceType.Cpu;
            HidesHostVisible = restrictions.HasFlag(DeviceRestrictions.NoHostVisibleDeviceMemory);
            int local = unified && !HidesHostVisible ? Find(Local | Mapped, Local) : Find(Local, 0);
            types[(int)ArenaKind.Weights] = local;
            types[(int)ArenaKind.KvPages] = local;
            types[(int)ArenaKind.Activations] = local;
            types[(int)ArenaKind.SequenceState] = Find(Mapped | Local, Mapped);
            types[(int)ArenaKind.Staging] = Find(Mapped, Mapped);
            types[(int)ArenaKind.Readback] = Find(Mapped | MemoryPropertyFlags.HostCachedBit, Mapped);
        }

        /// <summary>Device arenas are not mapped although they could be.</summary>
        public bool HidesHostVisible { get; }

        public int TypeOf(ArenaKind kind) => types[(int)kind];

        public int HeapOf(ArenaKind kind) => (int)memory.MemoryTypes[types[(int)kind]].HeapIndex;

        public bool IsMapped(ArenaKind kind)
        {
            bool deviceArena = kind == ArenaKind.Weights || kind == ArenaKind.KvPages || kind == ArenaKind.Activations;
            return (memory.MemoryTypes[types[(int)kind]].PropertyFlags & Mapped) == Mapped && !(deviceArena && HidesHostVisible);
        }

        public ulong HeapSize(int heap) => memory.MemoryHeaps[heap].Size;

        /// <summary>What the heap can still give: its size without what this device has taken, or what VK_EXT_memory_budget says.</summary>
        public ulong Available(int heap)
        {
            if (!device.Logical.MemoryBudget)
            {
                return HeapSize(heap) - Math.Min(HeapSize(heap), (ulong)device.AllocatedIn(heap));
            }

            var budget = new PhysicalDeviceMemoryBudgetPropertiesEXT { SType = StructureType.PhysicalDeviceMemoryBudgetPropertiesExt };
            var properties = new PhysicalDeviceMemoryProperties2 { SType = StructureType.PhysicalDeviceMemoryProperties2, PNext = &budget };
            device.Api.GetPhysicalDeviceMemoryProperties2(device.Facts.Handle, &properties);
            ulong limit = budget.HeapBudget[heap];
            ulong used = budget.HeapUsage[heap];
            return Math.Min(HeapSize(heap), limit > used ? limit - used : 0);
        }

        /// <summary>The first type with all wished properties, else the first with the needed ones. Drivers list faster types first.</summary>
        private int Find(MemoryPropertyFlags wished, MemoryPropertyFlags needed)
        {
            int fallback = -1;
            for (int i = 0; i < (int)memory.MemoryTypeCount; i++)
            {
                MemoryPropertyFlags flags = memory.MemoryTypes[i].PropertyFlags;
                if ((flags & wished) == wished)
                {
                    return i;
                }

                if (fallback < 0 && (flags & needed) == needed)
                {
                    fallback = i;
                }
            }

            // Vulkan guarantees a type that is host visible and coherent, and one that is device local.
            return Math.Max(fallback, 0);
        }
    }
}
