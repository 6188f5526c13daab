using System;
using System.Runtime.InteropServices;
using Godot;
using PrismLM.Vulkan.Device;

namespace PrismLM.Godot
{
    /// <summary>Describes the Vulkan device that Godot renders with. UNTESTED inside Godot.</summary>
    internal static class GodotHostDevice
    {
        /// <summary>VK_MAKE_API_VERSION(0, 1, 1, 0): the least that Godot's own renderer asks for.</summary>
        private const uint Vulkan11 = (1u << 22) | (1u << 12);

        public static HostDevice Describe()
        {
            RenderingDevice device = RenderingServer.GetRenderingDevice() ?? throw new InvalidOperationException("Godot renders without Vulkan (Compatibility renderer, or headless): use Prism's own device.");
            return new HostDevice
            {
                Instance = Get(device, RenderingDevice.DriverResource.TopmostObject),
                PhysicalDevice = Get(device, RenderingDevice.DriverResource.PhysicalDevice),
                Device = Get(device, RenderingDevice.DriverResource.LogicalDevice),
                Queue = Get(device, RenderingDevice.DriverResource.CommandQueue),
                QueueFamily = (int)device.GetDriverResource(RenderingDevice.DriverResource.QueueFamily, default, 0),
                GetInstanceProcAddr = NativeLibrary.GetExport(NativeLibrary.Load(OperatingSystem.IsWindows() ? "vulkan-1.dll" : "libvulkan.so.1"), "vkGetInstanceProcAddr"),
                ApiVersion = Vulkan11,

                // Godot enables neither timeline semaphores nor subgroup size control: Prism then uses fences, and kernels that suit any size.
                TimelineSemaphore = false,
                SubgroupSizeControl = false,

                // Godot submits from the thread that ticks Prism as long as its thread model is "Safe"; it has no lock to share.
                Guard = null,
            };
        }

        private static IntPtr Get(RenderingDevice device, RenderingDevice.DriverResource resource)
        {
            ulong handle = device.GetDriverResource(resource, default, 0);
            return handle != 0 ? (IntPtr)(long)handle : throw new InvalidOperationException($"Godot gives no {resource}.");
        }
    }
}
