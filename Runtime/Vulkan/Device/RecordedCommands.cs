using System;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Commands that can be submitted again and again, also while an earlier submission of them still runs.</summary>
    internal sealed unsafe class RecordedCommands : DeviceObject
    {
        private readonly DeviceObject[] used;
        private CommandPool pool;

        internal RecordedCommands(VulkanDevice device, string name, CommandPool pool, CommandBuffer handle, DeviceObject[] used, DispatchInfo[] dispatches, int barriers)
            : base(device, name)
        {
            this.pool = pool;
            this.used = used;
            Handle = handle;
            Dispatches = dispatches;
            BarrierCount = barriers;
        }

        /// <summary>In the order of recording.</summary>
        public DispatchInfo[] Dispatches { get; }

        public int DispatchCount => Dispatches.Length;

        public int BarrierCount { get; }

        internal CommandBuffer Handle { get; }

        internal override void Destroy()
        {
            if (pool.Handle != 0)
            {
                Device.Api.DestroyCommandPool(Device.Handle, pool, null);
                Device.Ledger.Destroyed("CommandPool");
                pool = default;
            }
        }

        /// <summary>Replaying commands that name a destroyed buffer would be undefined, so it is checked before each submission.</summary>
        internal void ThrowIfUnusable()
        {
            ThrowIfDisposed();
            foreach (DeviceObject resource in used)
            {
                if (resource.IsDisposed)
                {
                    throw new ObjectDisposedException(resource.Name, "Commands " + Name + " use " + resource.Name + ", which is disposed.");
                }
            }
        }
    }
}
