using System.Collections.Generic;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Objects that were disposed while submissions may still use them, in the order of disposal.</summary>
    internal sealed class RetiredObjects
    {
        private readonly Queue<(ulong Serial, DeviceObject Object)> waiting = new Queue<(ulong Serial, DeviceObject Object)>();

        public int Count
        {
            get
            {
                lock (waiting)
                {
                    return waiting.Count;
                }
            }
        }

        public void Add(DeviceObject retired, ulong serial)
        {
            lock (waiting)
            {
                waiting.Enqueue((serial, retired));
            }
        }

        /// <summary>Destroys what no running submission uses.</summary>
        public void Collect(SubmissionQueue queue)
        {
            lock (waiting)
            {
                while (waiting.Count > 0 && queue.IsIdle(waiting.Peek().Serial))
                {
                    waiting.Dequeue().Object.Destroy();
                }
            }
        }

        /// <summary>Destroys everything; the device is idle or lost.</summary>
        public void CollectAll()
        {
            lock (waiting)
            {
                while (waiting.Count > 0)
                {
                    waiting.Dequeue().Object.Destroy();
                }
            }
        }
    }
}
