using System.Threading;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>The game's lock around its one queue: a Vulkan queue is used by one thread at a time, and Prism loads its model on another thread.</summary>
    internal sealed class QueueLock : IQueueGuard
    {
        private readonly Lock gate = new();
        private long entered;

        /// <summary>How often the queue was used.</summary>
        public long Entered => Interlocked.Read(ref entered);

        public void Enter()
        {
            gate.Enter();
            Interlocked.Increment(ref entered);
        }

        public void Exit() => gate.Exit();
    }
}
