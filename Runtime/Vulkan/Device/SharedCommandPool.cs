using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>One command pool for many small recordings that are made by one thread and live as long as the pool.</summary>
    internal sealed unsafe class SharedCommandPool : DeviceObject
    {
        private SharedCommandPool(VulkanDevice device, string name)
            : base(device, name)
        {
        }

        internal CommandPool Handle { get; private set; }

        internal static SharedCommandPool Create(VulkanDevice device, string name)
        {
            device.ThrowIfUnusable();
            var pool = new SharedCommandPool(device, name) { Handle = NewPool(device) };
            device.Adopt(pool);
            return pool;
        }

        internal static CommandPool NewPool(VulkanDevice device)
        {
            var info = new CommandPoolCreateInfo { SType = StructureType.CommandPoolCreateInfo, QueueFamilyIndex = (uint)device.Logical.QueueFamily };
            CommandPool created;
            device.Check(device.Api.CreateCommandPool(device.Handle, &info, null, &created), "vkCreateCommandPool");
            device.Ledger.Created("CommandPool");
            return created;
        }

        internal override void Destroy()
        {
            if (Handle.Handle != 0)
            {
                Device.Api.DestroyCommandPool(Device.Handle, Handle, null);
                Device.Ledger.Destroyed("CommandPool");
                Handle = default;
            }
        }
    }
}
