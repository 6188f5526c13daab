using System;
using System.Collections.Generic;
using PrismLM.Tavern.Window;
using PrismLM.Vulkan.Device;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;
using VkDevice = Silk.NET.Vulkan.Device;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>The game's own Vulkan device with one queue that draws and presents, and that Prism may borrow.</summary>
    internal sealed unsafe class GameDevice : IDisposable
    {
        private readonly bool bare;
        private bool timeline;
        private bool subgroupControl;
        private Action? closing;

        /// <param name="window">Gives the surface.</param>
        /// <param name="bare">Vulkan 1.1 without one optional feature: the least that a host can lend.</param>
        public GameDevice(GameWindow window, bool bare)
        {
            this.bare = bare;
            Api = Vk.GetApi();
            uint version = Vk.Version10;
            VkCheck.Ok(Api.EnumerateInstanceVersion(&version), "vkEnumerateInstanceVersion");
            ApiVersion = bare ? Vk.Version11 : Math.Min(version, Vk.Version13);
            CreateInstance(window.RequiredExtensions());
            Surface = window.CreateSurface(Instance);
            (PhysicalDevice, QueueFamily) = Choose();
            PhysicalDeviceProperties properties;
            Api.GetPhysicalDeviceProperties(PhysicalDevice, &properties);
            Name = SilkMarshal.PtrToString((nint)properties.DeviceName) ?? "?";
            ApiVersion = Math.Min(ApiVersion, properties.ApiVersion);
            CreateDevice();
        }

        public Vk Api { get; }

        public uint ApiVersion { get; }

        public string Name { get; }

        public Instance Instance { get; private set; }

        public SurfaceKHR Surface { get; }

        public PhysicalDevice PhysicalDevice { get; }

        public uint QueueFamily { get; }

        public VkDevice Handle { get; private set; }

        public Queue Queue { get; private set; }

        public QueueLock QueueLock { get; } = new();

        public void* InstanceFunction(string name) => (void*)Api.GetInstanceProcAddr(Instance, name).Handle;

        public void* DeviceFunction(string name) => (void*)Api.GetDeviceProcAddr(Handle, name).Handle;

        /// <summary>What Prism has to know to compute on this device.</summary>
        public HostDevice Lend() => new()
        {
            Instance = Instance.Handle,
            PhysicalDevice = PhysicalDevice.Handle,
            Device = Handle.Handle,
            Queue = Queue.Handle,
            QueueFamily = (int)QueueFamily,
            GetInstanceProcAddr = Sdl.GetVkGetInstanceProcAddr(),
            ApiVersion = ApiVersion,
            EnabledExtensions = new[] { "VK_KHR_swapchain" },
            TimelineSemaphore = timeline,
            SubgroupSizeControl = subgroupControl,
            Guard = QueueLock,
            RegisterClosing = action => closing = action,
        };

        public uint MemoryType(uint allowed, MemoryPropertyFlags wanted)
        {
            PhysicalDeviceMemoryProperties memory;
            Api.GetPhysicalDeviceMemoryProperties(PhysicalDevice, &memory);
            for (int i = 0; i < (int)memory.MemoryTypeCount; i++)
            {
                if ((allowed & (1u << i)) != 0 && (memory.MemoryTypes[i].PropertyFlags & wanted) == wanted)
                {
                    return (uint)i;
                }
            }

            throw new TavernException($"The device has no memory that is {wanted}.");
        }

        public void WaitIdle()
        {
            QueueLock.Enter();
            try
            {
                VkCheck.Ok(Api.QueueWaitIdle(Queue), "vkQueueWaitIdle");
            }
            finally
            {
                QueueLock.Exit();
            }
        }

        public void Dispose()
        {
            closing?.Invoke();
            Api.DestroyDevice(Handle, null);
            ((delegate* unmanaged[Cdecl]<Instance, SurfaceKHR, void*, void>)InstanceFunction("vkDestroySurfaceKHR"))(Instance, Surface, null);
            Api.DestroyInstance(Instance, null);
            Api.Dispose();
        }

        private void CreateInstance(string[] extensions)
        {
            byte** names = (byte**)SilkMarshal.StringArrayToPtr(extensions);
            try
            {
                var application = new ApplicationInfo { SType = StructureType.ApplicationInfo, ApiVersion = ApiVersion };
                var info = new InstanceCreateInfo
                {
                    SType = StructureType.InstanceCreateInfo,
                    PApplicationInfo = &application,
                    EnabledExtensionCount = (uint)extensions.Length,
                    PpEnabledExtensionNames = names,
                };
                Instance handle;
                VkCheck.Ok(Api.CreateInstance(&info, null, &handle), "vkCreateInstance");
                Instance = handle;
            }
            finally
            {
                SilkMarshal.Free((nint)names);
            }
        }

        private (PhysicalDevice Device, uint Family) Choose()
        {
            uint count = 0;
            VkCheck.Ok(Api.EnumeratePhysicalDevices(Instance, &count, null), "vkEnumeratePhysicalDevices");
            var devices = new PhysicalDevice[count];
            fixed (PhysicalDevice* first = devices)
            {
                VkCheck.Ok(Api.EnumeratePhysicalDevices(Instance, &count, first), "vkEnumeratePhysicalDevices");
            }

            var usable = new List<(int Rank, PhysicalDevice Device, uint Family)>();
            foreach (PhysicalDevice device in devices)
            {
                PhysicalDeviceProperties properties;
                Api.GetPhysicalDeviceProperties(device, &properties);
                int rank = properties.DeviceType switch { PhysicalDeviceType.DiscreteGpu => 0, PhysicalDeviceType.IntegratedGpu => 1, PhysicalDeviceType.Cpu => 3, _ => 2 };
                if (Family(device) is uint family)
                {
                    usable.Add((rank, device, family));
                }
            }

            if (usable.Count == 0)
            {
                throw new TavernException($"None of {count} Vulkan devices can draw into this window.");
            }

            usable.Sort((left, right) => left.Rank.CompareTo(right.Rank));
            return (usable[0].Device, usable[0].Family);
        }

        /// <summary>A family that draws, computes and presents; every desktop driver has one.</summary>
        private uint? Family(PhysicalDevice device)
        {
            var supports = (delegate* unmanaged[Cdecl]<PhysicalDevice, uint, SurfaceKHR, uint*, Result>)InstanceFunction("vkGetPhysicalDeviceSurfaceSupportKHR");
            uint count = 0;
            Api.GetPhysicalDeviceQueueFamilyProperties(device, &count, null);
            var families = new QueueFamilyProperties[count];
            fixed (QueueFamilyProperties* first = families)
            {
                Api.GetPhysicalDeviceQueueFamilyProperties(device, &count, first);
            }

            for (uint i = 0; i < count; i++)
            {
                uint presents = 0;
                VkCheck.Ok(supports(device, i, Surface, &presents), "vkGetPhysicalDeviceSurfaceSupportKHR");
                const QueueFlags Needed = QueueFlags.GraphicsBit | QueueFlags.ComputeBit;
                if (presents != 0 && (families[i].QueueFlags & Needed) == Needed)
                {
                    return i;
                }
            }

            return null;
        }

        private void CreateDevice()
        {
            var hasTimeline = new PhysicalDeviceTimelineSemaphoreFeatures { SType = StructureType.PhysicalDeviceTimelineSemaphoreFeatures };
            var hasSubgroup = new PhysicalDeviceSubgroupSizeControlFeatures { SType = StructureType.PhysicalDeviceSubgroupSizeControlFeatures, PNext = &hasTimeline };
            void* features = null;
            if (!bare && ApiVersion >= Vk.Version13)
            {
                // Core in 1.3, where both are mandatory: what is asked for here is what Lend() promises.
                var query = new PhysicalDeviceFeatures2 { SType = StructureType.PhysicalDeviceFeatures2, PNext = &hasSubgroup };
                Api.GetPhysicalDeviceFeatures2(PhysicalDevice, &query);
                features = &hasSubgroup;
                timeline = hasTimeline.TimelineSemaphore;
                subgroupControl = hasSubgroup.SubgroupSizeControl && hasSubgroup.ComputeFullSubgroups;
            }

            float priority = 1f;
            var queue = new DeviceQueueCreateInfo { SType = StructureType.DeviceQueueCreateInfo, QueueFamilyIndex = QueueFamily, QueueCount = 1, PQueuePriorities = &priority };
            byte** names = (byte**)SilkMarshal.StringArrayToPtr(new[] { "VK_KHR_swapchain" });
            try
            {
                var info = new DeviceCreateInfo
                {
                    SType = StructureType.DeviceCreateInfo,
                    PNext = features,
                    QueueCreateInfoCount = 1,
                    PQueueCreateInfos = &queue,
                    EnabledExtensionCount = 1,
                    PpEnabledExtensionNames = names,
                };
                VkDevice handle;
                VkCheck.Ok(Api.CreateDevice(PhysicalDevice, &info, null, &handle), "vkCreateDevice");
                Handle = handle;
            }
            finally
            {
                SilkMarshal.Free((nint)names);
            }

            Queue first;
            Api.GetDeviceQueue(Handle, QueueFamily, 0, &first);
            Queue = first;
        }
    }
}
