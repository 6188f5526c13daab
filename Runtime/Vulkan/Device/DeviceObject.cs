using System;
using System.Threading;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// Something that a <see cref="VulkanDevice"/> owns. Disposing it while the device may still use it only marks it; the Vulkan objects go when the
    /// submissions so far have ended. The device disposes what is left when it is disposed itself.
    /// </summary>
    internal abstract class DeviceObject : IDisposable
    {
        private int disposed;

        protected DeviceObject(VulkanDevice device, string name)
        {
            Device = device;
            Name = name;
        }

        public VulkanDevice Device { get; }

        /// <summary>Shown in errors and in GPU debuggers.</summary>
        public string Name { get; }

        public bool IsDisposed => Volatile.Read(ref disposed) != 0;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref disposed, 1) == 0)
            {
                Device.Retire(this);
            }
        }

        /// <summary>Destroys the Vulkan objects; called once, when no submission uses them.</summary>
        internal abstract void Destroy();

        internal void ThrowIfDisposed()
        {
            if (IsDisposed)
            {
                throw new ObjectDisposedException(Name);
            }
        }
    }
}
