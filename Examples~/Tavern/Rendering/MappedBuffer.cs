using System;
using Silk.NET.Vulkan;
using VkBuffer = Silk.NET.Vulkan.Buffer;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>A buffer that the processor writes and reads.</summary>
    internal sealed unsafe class MappedBuffer : IDisposable
    {
        private readonly GameDevice device;
        private readonly DeviceMemory memory;
        private readonly int bytes;
        private readonly void* mapped;

        public MappedBuffer(GameDevice device, int bytes, BufferUsageFlags usage)
        {
            this.device = device;
            this.bytes = bytes;
            var info = new BufferCreateInfo { SType = StructureType.BufferCreateInfo, Size = (ulong)bytes, Usage = usage, SharingMode = SharingMode.Exclusive };
            VkBuffer made;
            VkCheck.Ok(device.Api.CreateBuffer(device.Handle, &info, null, &made), "vkCreateBuffer");
            Handle = made;
            MemoryRequirements needs;
            device.Api.GetBufferMemoryRequirements(device.Handle, Handle, &needs);
            var allocation = new MemoryAllocateInfo
            {
                SType = StructureType.MemoryAllocateInfo,
                AllocationSize = needs.Size,
                MemoryTypeIndex = device.MemoryType(needs.MemoryTypeBits, MemoryPropertyFlags.HostVisibleBit | MemoryPropertyFlags.HostCoherentBit),
            };
            DeviceMemory block;
            VkCheck.Ok(device.Api.AllocateMemory(device.Handle, &allocation, null, &block), "vkAllocateMemory");
            memory = block;
            VkCheck.Ok(device.Api.BindBufferMemory(device.Handle, Handle, memory, 0), "vkBindBufferMemory");
            void* pointer;
            VkCheck.Ok(device.Api.MapMemory(device.Handle, memory, 0, (ulong)bytes, 0, &pointer), "vkMapMemory");
            mapped = pointer;
        }

        public VkBuffer Handle { get; }

        public Span<byte> Bytes => new(mapped, bytes);

        public void Dispose()
        {
            device.Api.DestroyBuffer(device.Handle, Handle, null);
            device.Api.FreeMemory(device.Handle, memory, null);
        }
    }
}
