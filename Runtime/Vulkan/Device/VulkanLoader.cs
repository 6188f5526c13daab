using System;
using System.IO;
using System.Runtime.InteropServices;
using Silk.NET.Core.Contexts;
using Silk.NET.Vulkan;
using VkDevice = Silk.NET.Vulkan.Device;

namespace PrismLM.Vulkan.Device
{
    /// <summary>
    /// Resolves the function pointers of one device: through its device first, then its instance, then the loader. Each VulkanDevice has its own, because a
    /// pointer that belongs to a destroyed instance must not be found by the next one.
    /// </summary>
    internal sealed unsafe class VulkanLoader : INativeContext
    {
        private DefaultNativeContext? library;
        private readonly delegate* unmanaged[Cdecl]<IntPtr, byte*, IntPtr> getInstanceProcAddr;
        private delegate* unmanaged[Cdecl]<IntPtr, byte*, IntPtr> getDeviceProcAddr;

        private VulkanLoader(DefaultNativeContext? library, IntPtr getInstanceProcAddr)
        {
            this.library = library;
            this.getInstanceProcAddr = (delegate* unmanaged[Cdecl]<IntPtr, byte*, IntPtr>)getInstanceProcAddr;
        }

        public Instance Instance { get; set; }

        public VkDevice Device { get; set; }

        /// <summary>Opens the system's Vulkan loader.</summary>
        public static VulkanLoader Open()
        {
            DefaultNativeContext library;
            try
            {
                library = new DefaultNativeContext(LibraryNames());
            }
            catch (FileNotFoundException error)
            {
                throw Missing(error);
            }
            catch (DllNotFoundException error)
            {
                throw Missing(error);
            }

            if (!library.TryGetProcAddress("vkGetInstanceProcAddr", out IntPtr address))
            {
                library.Dispose();
                throw Missing(null);
            }

            return new VulkanLoader(library, address);
        }

        /// <summary>Uses the functions of a host.</summary>
        public static VulkanLoader Adopt(IntPtr getInstanceProcAddr) => new VulkanLoader(null, getInstanceProcAddr);

        public IntPtr GetProcAddress(string proc, int? slot = null)
            => TryGetProcAddress(proc, out IntPtr address) ? address : throw new EntryPointNotFoundException("The Vulkan driver has no function " + proc + ".");

        public bool TryGetProcAddress(string proc, out IntPtr addr, int? slot = null)
        {
            Span<byte> name = stackalloc byte[proc.Length + 1];
            for (int i = 0; i < proc.Length; i++)
            {
                name[i] = (byte)proc[i];
            }

            name[proc.Length] = 0;
            fixed (byte* text = name)
            {
                addr = IntPtr.Zero;
                if (Device.Handle != 0)
                {
                    if (getDeviceProcAddr == null)
                    {
                        ReadOnlySpan<byte> get = stackalloc byte[]
                        {
                            (byte)'v', (byte)'k', (byte)'G', (byte)'e', (byte)'t', (byte)'D', (byte)'e', (byte)'v', (byte)'i', (byte)'c', (byte)'e',
                            (byte)'P', (byte)'r', (byte)'o', (byte)'c', (byte)'A', (byte)'d', (byte)'d', (byte)'r', 0,
                        };
                        fixed (byte* getName = get)
                        {
                            getDeviceProcAddr = (delegate* unmanaged[Cdecl]<IntPtr, byte*, IntPtr>)getInstanceProcAddr(Instance.Handle, getName);
                        }
                    }

                    addr = getDeviceProcAddr == null ? IntPtr.Zero : getDeviceProcAddr(Device.Handle, text);
                }

                if (addr == IntPtr.Zero && Instance.Handle != 0)
                {
                    addr = getInstanceProcAddr(Instance.Handle, text);
                }

                if (addr == IntPtr.Zero)
                {
                    addr = getInstanceProcAddr(IntPtr.Zero, text);
                }

                return addr != IntPtr.Zero;
            }
        }

        public void Dispose()
        {
            library?.Dispose();
            library = null;
        }

        private static string[] LibraryNames()
        {
            if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                return new[] { "vulkan-1.dll" };
            }

            return RuntimeInformation.IsOSPlatform(OSPlatform.OSX)
                ? new[] { "libvulkan.1.dylib", "libvulkan.dylib", "libMoltenVK.dylib" }
                : new[] { "libvulkan.so.1", "libvulkan.so" };
        }

        private static PrismVulkanException Missing(Exception? inner)
            => new PrismVulkanException(
                VulkanErrorCode.NoLoader,
                "No Vulkan loader (" + string.Join(" or ", LibraryNames()) + ") on this machine.",
                "Install the graphics driver, or software Vulkan (Debian: libvulkan1 mesa-vulkan-drivers).",
                inner: inner);
    }
}
