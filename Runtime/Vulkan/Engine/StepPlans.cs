using System;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Descriptions of the steps of one submission. The first stands where the kernels read it. Each other has a place of its own, which the host may write while steps before
    /// it run, and a tiny recording that copies it there when they have ended.
    /// </summary>
    internal sealed class StepPlans : IDisposable
    {
        /// <summary>Steps of a submission that are described, at most.</summary>
        public const int Count = 8;

        /// <summary>Words of all places but the first's.</summary>
        public const int Words = (Count - 1) * StateLayout.PlanWords;

        private readonly VulkanDevice device;
        private readonly SharedCommandPool commandPool;
        private readonly ModelBuffers buffers;
        private readonly RecordedCommands?[] copies = new RecordedCommands?[Count];

        public StepPlans(VulkanDevice device, SharedCommandPool commandPool, ModelBuffers buffers)
        {
            this.device = device;
            this.commandPool = commandPool;
            this.buffers = buffers;
        }

        /// <summary>The place that is written now.</summary>
        public int Current { get; set; }

        public Span<uint> Place
            => Current == 0 ? buffers.State.Mapped.Slice(0, StateLayout.PlanWords) : buffers.Plans.Mapped.Slice((Current - 1) * StateLayout.PlanWords, StateLayout.PlanWords);

        /// <summary>Commands that put the current description where the kernels read it; null for the first, which is there.</summary>
        public RecordedCommands? Copy => Current == 0 ? null : CopyOf(Current);

        /// <summary>Records all copies now, so that no frame has to.</summary>
        public void Record()
        {
            for (int i = 1; i < Count; i++)
            {
                CopyOf(i);
            }
        }

        public void Dispose()
        {
            foreach (RecordedCommands? copy in copies)
            {
                copy?.Dispose();
            }
        }

        private RecordedCommands CopyOf(int plan)
        {
            RecordedCommands? copy = copies[plan];
            if (copy == null)
            {
                using CommandRecorder recorder = device.Record("plan", commandPool);
                recorder.Copy(buffers.Plans.Range((plan - 1) * StateLayout.PlanWords, StateLayout.PlanWords), buffers.State.Range(0, StateLayout.PlanWords));
                copy = recorder.End();
                copies[plan] = copy;
            }

            return copy;
        }
    }
}
