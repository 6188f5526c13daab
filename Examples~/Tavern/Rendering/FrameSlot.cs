using System;
using System.Runtime.InteropServices;
using Silk.NET.Vulkan;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>What one frame in flight needs for itself.</summary>
    internal sealed unsafe class FrameSlot : IDisposable
    {
        private readonly GameDevice device;
        private readonly CommandPool pool;
        private readonly MappedBuffer instances;

        public FrameSlot(GameDevice device)
        {
            this.device = device;
            var poolInfo = new CommandPoolCreateInfo { SType = StructureType.CommandPoolCreateInfo, QueueFamilyIndex = device.QueueFamily };
            CommandPool madePool;
            VkCheck.Ok(device.Api.CreateCommandPool(device.Handle, &poolInfo, null, &madePool), "vkCreateCommandPool");
            pool = madePool;
            var allocation = new CommandBufferAllocateInfo { SType = StructureType.CommandBufferAllocateInfo, CommandPool = pool, CommandBufferCount = 1 };
            CommandBuffer commands;
            VkCheck.Ok(device.Api.AllocateCommandBuffers(device.Handle, &allocation, &commands), "vkAllocateCommandBuffers");
            Commands = commands;
            var fenceInfo = new FenceCreateInfo { SType = StructureType.FenceCreateInfo, Flags = FenceCreateFlags.SignaledBit };
            Fence fence;
            VkCheck.Ok(device.Api.CreateFence(device.Handle, &fenceInfo, null, &fence), "vkCreateFence");
            Done = fence;
            Ready = Swapchain.CreateSemaphore(device);
            instances = new MappedBuffer(device, QuadBatch.Capacity * sizeof(Quad), BufferUsageFlags.VertexBufferBit);
        }

        public CommandBuffer Commands { get; }

        /// <summary>The frame that used this slot before has ended.</summary>
        public Fence Done { get; }

        /// <summary>The window's image may be drawn to.</summary>
        public Semaphore Ready { get; }

        public Silk.NET.Vulkan.Buffer Instances => instances.Handle;

        public void WaitUntilFree()
        {
            Fence fence = Done;
            // Finite: ten seconds are a hang, and a hang is an error.
            VkCheck.Ok(device.Api.WaitForFences(device.Handle, 1, &fence, true, 10_000_000_000), "vkWaitForFences");
        }

        public void Begin()
        {
            Fence fence = Done;
            VkCheck.Ok(device.Api.ResetFences(device.Handle, 1, &fence), "vkResetFences");
            VkCheck.Ok(device.Api.ResetCommandPool(device.Handle, pool, 0), "vkResetCommandPool");
            var begin = new CommandBufferBeginInfo { SType = StructureType.CommandBufferBeginInfo, Flags = CommandBufferUsageFlags.OneTimeSubmitBit };
            VkCheck.Ok(device.Api.BeginCommandBuffer(Commands, &begin), "vkBeginCommandBuffer");
        }

        public void Write(ReadOnlySpan<Quad> quads) => MemoryMarshal.AsBytes(quads).CopyTo(instances.Bytes);

        public void Dispose()
        {
            instances.Dispose();
            device.Api.DestroySemaphore(device.Handle, Ready, null);
            device.Api.DestroyFence(device.Handle, Done, null);
            device.Api.DestroyCommandPool(device.Handle, pool, null);
        }
    }
}
