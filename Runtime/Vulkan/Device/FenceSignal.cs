using System.Collections.Generic;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// A fence a submission, for hosts without timeline semaphores. No lock is held while a thread waits: a fence that has ended is reset, and used again, when
    /// nobody waits for it any more.
    /// </summary>
    internal sealed unsafe class FenceSignal : CompletionSignal
    {
        private readonly VulkanDevice device;
        private readonly List<SharedFence> all = new List<SharedFence>();
        private readonly Stack<SharedFence> free = new Stack<SharedFence>();
        private readonly List<SharedFence> ended = new List<SharedFence>();
        private readonly Queue<(ulong Serial, SharedFence Fence)> running = new Queue<(ulong Serial, SharedFence Fence)>();
        private ulong completed;

        public FenceSignal(VulkanDevice device)
        {
            this.device = device;
        }

        public override string WaitCall => "vkWaitForFences";

        public override void Create() => free.Push(CreateFence());

        public override Result Submit(Silk.NET.Vulkan.Queue queue, CommandBuffer* buffers, int count, ulong serial)
        {
            SharedFence fence = free.Count > 0 ? free.Pop() : CreateFence();
            var info = new SubmitInfo { SType = StructureType.SubmitInfo, CommandBufferCount = (uint)count, PCommandBuffers = buffers };
            Result result = device.Api.QueueSubmit(queue, 1, &info, fence.Handle);
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
            while (TryPeek(out SharedFence? fence))
            {
                Result status = device.Api.GetFenceStatus(device.Handle, fence!.Handle);
                if (status == Result.NotReady)
                {
                    break;
                }

                device.Check(status, "vkGetFenceStatus");
                lock (running)
                {
                    completed = running.Dequeue().Serial;
                }

                ended.Add(fence);
            }

            ResetEnded();
            return completed;
        }

        public override Result Wait(ulong serial, long milliseconds)
        {
            // The fence in front ends first; the caller polls and comes back for the next.
            SharedFence fence;
            lock (running)
            {
                if (running.Count == 0)
                {
                    return Result.Success;
                }

                fence = running.Peek().Fence;
                fence.Waiters++;
            }

            try
            {
                Fence handle = fence.Handle;
                return device.Api.WaitForFences(device.Handle, 1, &handle, true, (ulong)milliseconds * 1_000_000);
            }
            finally
            {
                lock (running)
                {
                    fence.Waiters--;
                }
            }
        }

        public override void Dispose()
        {
            foreach (SharedFence fence in all)
            {
                device.Api.DestroyFence(device.Handle, fence.Handle, null);
                device.Ledger.Destroyed("Fence");
            }

            all.Clear();
            free.Clear();
            ended.Clear();
            running.Clear();
        }

        // Nobody begins to wait for a fence that has left the queue, so a count of 0 stays 0.
        private void ResetEnded()
        {
            for (int i = ended.Count - 1; i >= 0; i--)
            {
                SharedFence fence = ended[i];
                lock (running)
                {
                    if (fence.Waiters > 0)
                    {
                        continue;
                    }
                }

                Fence handle = fence.Handle;
                device.Check(device.Api.ResetFences(device.Handle, 1, &handle), "vkResetFences");
                ended.RemoveAt(i);
                free.Push(fence);
            }
        }

        private bool TryPeek(out SharedFence? fence)
        {
            lock (running)
            {
                bool any = running.Count > 0;
                fence = any ? running.Peek().Fence : null;
                return any;
            }
        }

        private SharedFence CreateFence()
        {
            var info = new FenceCreateInfo { SType = StructureType.FenceCreateInfo };
            Fence created;
            device.Check(device.Api.CreateFence(device.Handle, &info, null, &created), "vkCreateFence");
            device.Ledger.Created("Fence");
            var fence = new SharedFence(created);
            all.Add(fence);
            return fence;
        }

        private sealed class SharedFence
        {
            public SharedFence(Fence handle)
            {
                Handle = handle;
            }

            public Fence Handle { get; }

            /// <summary>Threads inside vkWaitForFences.</summary>
            public int Waiters { get; set; }
        }
    }
}
