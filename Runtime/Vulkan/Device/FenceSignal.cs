using System.Collections.Generic;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>A fence a submission, for hosts without timeline semaphores. Fences that nobody waits for are used again.</summary>
    internal sealed unsafe class FenceSignal : CompletionSignal
    {
        private readonly VulkanDevice device;
        private readonly List<Fence> all = new List<Fence>();
        private readonly Stack<Fence> free = new Stack<Fence>();
        private readonly Queue<(ulong Serial, Fence Fence)> running = new Queue<(ulong Serial, Fence Fence)>();
        private readonly object waitGate = new object();
        private ulong completed;

        public FenceSignal(VulkanDevice device)
        {
            this.device = device;
        }

        public override string WaitCall => "vkWaitForFences";

        public override void Create() => free.Push(CreateFence());

        public override Result Submit(Silk.NET.Vulkan.Queue queue, CommandBuffer* buffers, int count, ulong serial)
        {
            Fence fence = free.Count > 0 ? free.Pop() : CreateFence();
            var info = new SubmitInfo { SType = StructureType.SubmitInfo, CommandBufferCount = (uint)count, PCommandBuffers = buffers };
            Result result = device.Api.QueueSubmit(queue, 1, &info, fence);
            if (result == Result.Success)
            {
                lock (running)
                {
                    running.Enqueue((serial, fence));
                }
            }
            else
            {
                free.Push(fence);
            }

            return result;
        }

        public override ulong Completed()
        {
            while (TryPeek(out Fence fence))
            {
                Result status = device.Api.GetFenceStatus(device.Handle, fence);
                if (status == Result.NotReady)
                {
                    break;
                }

                device.Check(status, "vkGetFenceStatus");
                lock (waitGate)
                {
                    device.Check(device.Api.ResetFences(device.Handle, 1, &fence), "vkResetFences");
                }

                lock (running)
                {
                    completed = running.Dequeue().Serial;
                }

                free.Push(fence);
            }

            return completed;
        }

        public override Result Wait(ulong serial, long milliseconds)
        {
            // A fence is never reset while another thread waits for it. The one in front ends first; the caller polls and comes back for the next.
            lock (waitGate)
            {
                return TryPeek(out Fence fence) ? device.Api.WaitForFences(device.Handle, 1, &fence, true, (ulong)milliseconds * 1_000_000) : Result.Success;
            }
        }

        public override void Dispose()
        {
            foreach (Fence fence in all)
            {
                device.Api.DestroyFence(device.Handle, fence, null);
                device.Ledger.Destroyed("Fence");
            }

            all.Clear();
            free.Clear();
            running.Clear();
        }

        private bool TryPeek(out Fence fence)
        {
            lock (running)
            {
                bool any = running.Count > 0;
                fence = any ? running.Peek().Fence : default;
                return any;
            }
        }

        private Fence CreateFence()
        {
            var info = new FenceCreateInfo { SType = StructureType.FenceCreateInfo };
            Fence created;
            device.Check(device.Api.CreateFence(device.Handle, &info, null, &created), "vkCreateFence");
            device.Ledger.Created("Fence");
            all.Add(created);
            return created;
        }
    }
}
