using System;
using System.Collections.Generic;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;
using VkDevice = Silk.NET.Vulkan.Device;

namespace PrismLM.Vulkan.Device
{
    /// <summary>A VkDevice with its one queue, made here or adopted, and the optional features that are enabled on it.</summary>
    internal sealed unsafe class LogicalDevice : IDisposable
    {
        private readonly Vk api;
        private readonly VulkanLoader loader;
        private readonly ObjectLedger ledger;
        private readonly bool owned;

        private LogicalDevice(Vk api, VulkanLoader loader, ObjectLedger ledger, bool owned)
        {
            this.api = api;
            this.loader = loader;
            this.ledger = ledger;
            this.owned = owned;
        }

        public VkDevice Handle { get; private set; }

        public Queue Queue { get; private set; }

        public int QueueFamily { get; private set; }

        public bool TimelineSemaphore { get; private set; }

        public bool SubgroupControl { get; private set; }

        public bool MemoryBudget { get; private set; }

        public static LogicalDevice Adopt(Vk api, VulkanLoader loader, ObjectLedger ledger, HostDevice host, DeviceFacts facts, DeviceRestrictions restrictions)
        {
            loader.Device = new VkDevice(host.Device);
            return new LogicalDevice(api, loader, ledger, owned: false)
            {
                Handle = loader.Device,
                Queue = new Queue(host.Queue),
                QueueFamily = host.QueueFamily,
                TimelineSemaphore = host.TimelineSemaphore && host.ApiVersion >= Vk.Version12 && facts.HasTimelineSemaphore && !restrictions.HasFlag(DeviceRestrictions.NoTimeline),
                SubgroupControl = host.SubgroupSizeControl && facts.HasSubgroupControl && !restrictions.HasFlag(DeviceRestrictions.NoSubgroupControl),
                MemoryBudget = facts.HasMemoryBudget && new HashSet<string>(host.EnabledExtensions, StringComparer.Ordinal).Contains("VK_EXT_memory_budget"),
            };
        }

        public static LogicalDevice Create(Vk api, VulkanLoader loader, ObjectLedger ledger, DeviceFacts facts, DeviceRestrictions restrictions)
        {
            var device = new LogicalDevice(api, loader, ledger, owned: true)
            {
                QueueFamily = facts.QueueFamily,
                TimelineSemaphore = facts.HasTimelineSemaphore && !restrictions.HasFlag(DeviceRestrictions.NoTimeline),
                SubgroupControl = facts.HasSubgroupControl && !restrictions.HasFlag(DeviceRestrictions.NoSubgroupControl),
                MemoryBudget = facts.HasMemoryBudget,
            };
            device.CreateHandle(facts);
            return device;
        }

        public void Dispose()
        {
            if (owned && Handle.Handle != 0)
            {
                api.DestroyDevice(Handle, null);
                ledger.Destroyed("Device");
            }

            Handle = default;
            loader.Device = default;
        }

        private void CreateHandle(DeviceFacts facts)
        {
            var extensions = new List<string>();
            if (SubgroupControl && facts.SubgroupControlExtension != null)
            {
                extensions.Add(facts.SubgroupControlExtension);
            }

            if (MemoryBudget)
            {
                extensions.Add("VK_EXT_memory_budget");
            }

            if (facts.HasPortabilitySubset)
            {
                extensions.Add("VK_KHR_portability_subset");
            }

            float priority = 1f;
            var queue = new DeviceQueueCreateInfo
            {
                SType = StructureType.DeviceQueueCreateInfo,
                QueueFamilyIndex = (uint)QueueFamily,
                QueueCount = 1,
                PQueuePriorities = &priority,
            };
            var timeline = new PhysicalDeviceTimelineSemaphoreFeatures { SType = StructureType.PhysicalDeviceTimelineSemaphoreFeatures, TimelineSemaphore = true };
            var size = new PhysicalDeviceSubgroupSizeControlFeatures
            {
                SType = StructureType.PhysicalDeviceSubgroupSizeControlFeatures,
                SubgroupSizeControl = true,
                ComputeFullSubgroups = true,
            };
            void* next = null;
            if (TimelineSemaphore)
            {
                timeline.PNext = next;
                next = &timeline;
            }

            if (SubgroupControl)
            {
                size.PNext = next;
                next = &size;
            }

            byte** names = (byte**)SilkMarshal.StringArrayToPtr(extensions);
            try
            {
                var info = new DeviceCreateInfo
                {
                    SType = StructureType.DeviceCreateInfo,
                    PNext = next,
                    QueueCreateInfoCount = 1,
                    PQueueCreateInfos = &queue,
                    EnabledExtensionCount = (uint)extensions.Count,
                    PpEnabledExtensionNames = names,
                };
                VkDevice handle;
                VulkanCall.Check(api.CreateDevice(facts.Handle, &info, null, &handle), "vkCreateDevice");
                ledger.Created("Device");
                Handle = handle;
                loader.Device = handle;
            }
            finally
            {
                SilkMarshal.Free((nint)names);
            }

            Queue first;
            api.GetDeviceQueue(Handle, (uint)QueueFamily, 0, &first);
            Queue = first;
        }
    }
}
