using System;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;
using VkDevice = Silk.NET.Vulkan.Device;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Names for objects and passes in GPU debuggers; does nothing where VK_EXT_debug_utils is not enabled.</summary>
    internal sealed unsafe class DebugUtils
    {
        private readonly VkDevice device;
        private readonly delegate* unmanaged[Cdecl]<VkDevice, DebugUtilsObjectNameInfoEXT*, Result> setName;
        private readonly delegate* unmanaged[Cdecl]<CommandBuffer, DebugUtilsLabelEXT*, void> begin;
        private readonly delegate* unmanaged[Cdecl]<CommandBuffer, void> end;

        public DebugUtils(VulkanLoader loader, VkDevice device, bool enabled)
        {
            this.device = device;
            if (enabled
                && loader.TryGetProcAddress("vkSetDebugUtilsObjectNameEXT", out IntPtr setNameAddress)
                && loader.TryGetProcAddress("vkCmdBeginDebugUtilsLabelEXT", out IntPtr beginAddress)
                && loader.TryGetProcAddress("vkCmdEndDebugUtilsLabelEXT", out IntPtr endAddress))
            {
                setName = (delegate* unmanaged[Cdecl]<VkDevice, DebugUtilsObjectNameInfoEXT*, Result>)setNameAddress;
                begin = (delegate* unmanaged[Cdecl]<CommandBuffer, DebugUtilsLabelEXT*, void>)beginAddress;
                end = (delegate* unmanaged[Cdecl]<CommandBuffer, void>)endAddress;
            }
        }

        public bool IsEnabled => setName != null;

        public void Name(ObjectType type, ulong handle, string name)
        {
            if (setName == null)
            {
                return;
            }

            byte* text = (byte*)SilkMarshal.StringToPtr(name);
            try
            {
                var info = new DebugUtilsObjectNameInfoEXT { SType = StructureType.DebugUtilsObjectNameInfoExt, ObjectType = type, ObjectHandle = handle, PObjectName = text };
                VulkanCall.Check(setName(device, &info), "vkSetDebugUtilsObjectNameEXT");
            }
            finally
            {
                SilkMarshal.Free((nint)text);
            }
        }

        public void BeginLabel(CommandBuffer commands, string name)
        {
            if (begin == null)
            {
                return;
            }

            byte* text = (byte*)SilkMarshal.StringToPtr(name);
            var label = new DebugUtilsLabelEXT { SType = StructureType.DebugUtilsLabelExt, PLabelName = text };
            begin(commands, &label);
            SilkMarshal.Free((nint)text);
        }

        public void EndLabel(CommandBuffer commands)
        {
            if (end != null)
            {
                end(commands);
            }
        }
    }
}
