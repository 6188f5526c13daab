using Silk.NET.Vulkan;
using VkSemaphore = Silk.NET.Vulkan.Semaphore;

namespace PrismLM.Vulkan.Device
{
    /// <summary>A timeline semaphore whose value is the serial of the last submission that ended.</summary>
    internal sealed unsafe class TimelineSignal : CompletionSignal
    {
        private readonly VulkanDevice device;
        private VkSemaphore semaphore;

        public TimelineSignal(VulkanDevice device)
        {
            this.device = device;
        }

        public override string WaitCall => "vkWaitSemaphores";

        public override void Create()
        {
            var type = new SemaphoreTypeCreateInfo { SType = StructureType.SemaphoreTypeCreateInfo, SemaphoreType = SemaphoreType.Timeline };
            var info = new SemaphoreCreateInfo { SType = StructureType.SemaphoreCreateInfo, PNext = &type };
            VkSemaphore created;
            device.Check(device.Api.CreateSemaphore(device.Handle, &info, null, &created), "vkCreateSemaphore");
            device.Ledger.Created("Semaphore");
            semaphore = created;
        }

        public override Result Submit(Queue queue, CommandBuffer* buffers, int count, ulong serial)
        {
            VkSemaphore signalled = semaphore;
            var values = new TimelineSemaphoreSubmitInfo
            {
                SType = StructureType.TimelineSemaphoreSubmitInfo,
                SignalSemaphoreValueCount = 1,
                PSignalSemaphoreValues = &serial,
            };
            var info = new SubmitInfo
            {
                SType = StructureType.SubmitInfo,
                PNext = &values,
                CommandBufferCount = (uint)count,
                PCommandBuffers = buffers,
                SignalSemaphoreCount = 1,
                PSignalSemaphores = &signalled,
            };
            return device.Api.QueueSubmit(queue, 1, &info, default);
        }

        public override ulong Completed()
        {
            ulong value;
            device.Check(device.Api.GetSemaphoreCounterValue(device.Handle, semaphore, &value), "vkGetSemaphoreCounterValue");
            return value;
        }

        public override Result Wait(ulong serial, long milliseconds)
        {
            VkSemaphore waited = semaphore;
            var info = new SemaphoreWaitInfo { SType = StructureType.SemaphoreWaitInfo, SemaphoreCount = 1, PSemaphores = &waited, PValues = &serial };
            return device.Api.WaitSemaphores(device.Handle, &info, (ulong)milliseconds * 1_000_000);
        }

        public override void Dispose()
        {
            if (semaphore.Handle != 0)
            {
                device.Api.DestroySemaphore(device.Handle, semaphore, null);
                device.Ledger.Destroyed("Semaphore");
                semaphore = default;
            }
        }
    }
}
