using System;
using Silk.NET.Vulkan;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>Commands that run once and are waited for; while loading only.</summary>
    internal static unsafe class OneTimeCommands
    {
        public static void Run(GameDevice device, Action<CommandBuffer> record)
        {
            Vk api = device.Api;
            var poolInfo = new CommandPoolCreateInfo { SType = StructureType.CommandPoolCreateInfo, QueueFamilyIndex = device.QueueFamily };
            CommandPool pool;
            VkCheck.Ok(api.CreateCommandPool(device.Handle, &poolInfo, null, &pool), "vkCreateCommandPool");
            try
            {
                var allocation = new CommandBufferAllocateInfo { SType = StructureType.CommandBufferAllocateInfo, CommandPool = pool, CommandBufferCount = 1 };
                CommandBuffer commands;
                VkCheck.Ok(api.AllocateCommandBuffers(device.Handle, &allocation, &commands), "vkAllocateCommandBuffers");
                var begin = new CommandBufferBeginInfo { SType = StructureType.CommandBufferBeginInfo, Flags = CommandBufferUsageFlags.OneTimeSubmitBit };
                VkCheck.Ok(api.BeginCommandBuffer(commands, &begin), "vkBeginCommandBuffer");
                record(commands);
                VkCheck.Ok(api.EndCommandBuffer(commands), "vkEndCommandBuffer");
                var submit = new SubmitInfo { SType = StructureType.SubmitInfo, CommandBufferCount = 1, PCommandBuffers = &commands };
                device.QueueLock.Enter();
                try
                {
                    VkCheck.Ok(api.QueueSubmit(device.Queue, 1, &submit, default), "vkQueueSubmit");
                    VkCheck.Ok(api.QueueWaitIdle(device.Queue), "vkQueueWaitIdle");
                }
                finally
                {
                    device.QueueLock.Exit();
                }
            }
            finally
            {
                api.DestroyCommandPool(device.Handle, pool, null);
            }
        }
    }
}
