using System;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>How the host learns that submissions have ended.</summary>
    internal abstract unsafe class CompletionSignal : IDisposable
    {
        /// <summary>The Vulkan function that waits.</summary>
        public abstract string WaitCall { get; }

        public abstract void Create();

        /// <summary>Submits with the guard and the queue's lock held.</summary>
        public abstract Result Submit(Queue queue, CommandBuffer* buffers, int count, ulong serial);

        /// <summary>The highest serial that has ended. Called with the queue's lock held.</summary>
        public abstract ulong Completed();

        /// <summary>Waits for a serial; called without the lock.</summary>
        public abstract Result Wait(ulong serial, long milliseconds);

        public abstract void Dispose();
    }
}
