using System;
using Silk.NET.Vulkan;
using VkBuffer = Silk.NET.Vulkan.Buffer;

namespace PrismLM.Vulkan.Device
{
    /// <summary>One allocation of device memory with one VkBuffer over all of it; buffers of an arena are ranges of it.</summary>
    internal sealed unsafe class MemoryBlock
    {
        private readonly VulkanDevice device;
        private DeviceMemory memory;

        private MemoryBlock(VulkanDevice device, ulong size)
        {
            this.device = device;
            Ranges = new RangeAllocator(size);
        }

        public VkBuffer Buffer { get; private set; }

        /// <summary>The mapped bytes, or zero.</summary>
        public IntPtr Mapped { get; private set; }

        public RangeAllocator Ranges { get; }

        public static MemoryBlock Create(VulkanDevice device, ArenaKind kind, ulong size)
        {
            var block = new MemoryBlock(device, size);
            try
            {
                block.CreateObjects(kind, size);
                return block;
            }
            catch
            {
                block.Destroy();
                throw;
            }
        }

        public void Destroy()
        {
            if (Buffer.Handle != 0)
            {
                device.Api.DestroyBuffer(device.Handle, Buffer, null);
                device.Ledger.Destroyed("Buffer");
                Buffer = default;
            }

            if (memory.Handle != 0)
            {
                device.Api.FreeMemory(device.Handle, memory, null);
                device.Ledger.Destroyed("DeviceMemory");
                memory = default;
            }
        }

        private void CreateObjects(ArenaKind kind, ulong size)
        {
            var info = new BufferCreateInfo
            {
                SType = StructureType.BufferCreateInfo,
                Size = size,
                Usage = BufferUsageFlags.StorageBufferBit | BufferUsageFlags.TransferSrcBit | BufferUsageFlags.TransferDstBit
                    | (device.ReadsTexels ? BufferUsageFlags.UniformTexelBufferBit : 0),
                SharingMode = SharingMode.Exclusive,
            };
            VkBuffer buffer;
            device.Check(device.Api.CreateBuffer(device.Handle, &info, null, &buffer), "vkCreateBuffer");
            device.Ledger.Created("Buffer");
            Buffer = buffer;
            device.Debug.Name(ObjectType.Buffer, buffer.Handle, kind.ToString());
            MemoryRequirements requirements;
            device.Api.GetBufferMemoryRequirements(device.Handle, buffer, &requirements);
            int type = device.MemoryTypes.TypeOf(kind);
            if ((requirements.MemoryTypeBits & (1u << type)) == 0)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.LimitExceeded, FormattableString.Invariant($"Memory type {type} of the device takes no storage buffer."), "Choose another device.");
            }

            var allocation = new MemoryAllocateInfo { SType = StructureType.MemoryAllocateInfo, AllocationSize = requirements.Size, MemoryTypeIndex = (uint)type };
            DeviceMemory allocated;
            device.Check(device.Api.AllocateMemory(device.Handle, &allocation, null, &allocated), "vkAllocateMemory");
            device.Ledger.Created("DeviceMemory");
            memory = allocated;
            device.Check(device.Api.BindBufferMemory(device.Handle, buffer, memory, 0), "vkBindBufferMemory");
            if (device.MemoryTypes.IsMapped(kind))
            {
                void* address;
                device.Check(device.Api.MapMemory(device.Handle, memory, 0, Vk.WholeSize, 0, &address), "vkMapMemory");
                Mapped = (IntPtr)address;
            }
        }
    }
}
