using System;

namespace PrismLM.Vulkan.Device
{
    /// <summary>One submission to the queue. Submissions end in order.</summary>
    internal readonly struct Submission
    {
        private readonly SubmissionQueue? queue;

        internal Submission(SubmissionQueue queue, ulong serial)
        {
            this.queue = queue;
            Serial = serial;
        }

        /// <summary>1 for a device's first submission.</summary>
        public ulong Serial { get; }

        /// <summary>Asks the device; never waits.</summary>
        public bool IsDone => queue == null || queue.Poll(Serial);

        /// <summary>Waits at most this long; false when the submission still runs then.</summary>
        public bool Wait(int milliseconds) => queue == null || queue.Wait(Serial, milliseconds);

        /// <summary>Waits at most this long and throws PG015 when the submission still runs then.</summary>
        public void WaitOrThrow(int milliseconds)
        {
            if (!Wait(milliseconds))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.Timeout,
                    FormattableString.Invariant($"Submission {Serial} has not ended within {milliseconds} ms."),
                    "The device is busy or hangs; dispose it and create a new one.",
                    queue!.WaitCall);
            }
        }
    }
}
