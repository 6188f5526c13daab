using System;
using System.Runtime.InteropServices;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Brings the validation layer's warnings and errors to a callback.</summary>
    internal sealed unsafe class ValidationMessenger : IDisposable
    {
        // Static, because an ahead-of-time compiler cannot hand an instance method to native code. The delegate must outlive every messenger.
        private static readonly NativeCallback Callback = OnMessage;

        private readonly GCHandle self;
        private readonly Action<string> receiver;
        private Vk? api;
        private ObjectLedger? ledger;
        private Instance instance;
        private DebugUtilsMessengerEXT handle;
        private delegate* unmanaged[Cdecl]<Instance, DebugUtilsMessengerEXT, void*, void> destroy;

        public ValidationMessenger(Action<string> receiver)
        {
            this.receiver = receiver;
            self = GCHandle.Alloc(this);
        }

        [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
        private delegate uint NativeCallback(uint severity, uint types, DebugUtilsMessengerCallbackDataEXT* data, void* user);

        public DebugUtilsMessengerCreateInfoEXT CreateInfo()
            => new DebugUtilsMessengerCreateInfoEXT
            {
                SType = StructureType.DebugUtilsMessengerCreateInfoExt,
                MessageSeverity = DebugUtilsMessageSeverityFlagsEXT.WarningBitExt | DebugUtilsMessageSeverityFlagsEXT.ErrorBitExt,
                MessageType = DebugUtilsMessageTypeFlagsEXT.ValidationBitExt | DebugUtilsMessageTypeFlagsEXT.PerformanceBitExt,
                PfnUserCallback = new PfnDebugUtilsMessengerCallbackEXT(
                    (delegate* unmanaged[Cdecl]<DebugUtilsMessageSeverityFlagsEXT, DebugUtilsMessageTypeFlagsEXT, DebugUtilsMessengerCallbackDataEXT*, void*, Silk.NET.Core.Bool32>)
                    Marshal.GetFunctionPointerForDelegate(Callback)),
                PUserData = (void*)GCHandle.ToIntPtr(self),
            };

        public void Attach(Vk vk, VulkanLoader loader, Instance owner, ObjectLedger objects)
        {
            if (!loader.TryGetProcAddress("vkCreateDebugUtilsMessengerEXT", out IntPtr create)
                || !loader.TryGetProcAddress("vkDestroyDebugUtilsMessengerEXT", out IntPtr destroyAddress))
            {
                throw new PrismVulkanException(VulkanErrorCode.ValidationMissing, "VK_EXT_debug_utils is not there.", "Update the validation layers.");
            }

            DebugUtilsMessengerCreateInfoEXT info = CreateInfo();
            DebugUtilsMessengerEXT created;
            Result result = ((delegate* unmanaged[Cdecl]<Instance, DebugUtilsMessengerCreateInfoEXT*, void*, DebugUtilsMessengerEXT*, Result>)create)(owner, &info, null, &created);
            VulkanCall.Check(result, "vkCreateDebugUtilsMessengerEXT");
            objects.Created("DebugUtilsMessenger");
            api = vk;
            ledger = objects;
            instance = owner;
            handle = created;
            destroy = (delegate* unmanaged[Cdecl]<Instance, DebugUtilsMessengerEXT, void*, void>)destroyAddress;
        }

        public void Dispose()
        {
            if (api != null)
            {
                destroy(instance, handle, null);
                ledger!.Destroyed("DebugUtilsMessenger");
                api = null;
            }
        }

        /// <summary>After vkDestroyInstance: the callback given when the instance was created reports problems of that call too.</summary>
        public void Free() => self.Free();

        [MonoPInvokeCallback]
        private static uint OnMessage(uint severity, uint types, DebugUtilsMessengerCallbackDataEXT* data, void* user)
        {
            var messenger = (ValidationMessenger)GCHandle.FromIntPtr((IntPtr)user).Target!;
            messenger.receiver(SilkMarshal.PtrToString((nint)data->PMessage) ?? "(no text)");
            return 0;
        }
    }

    /// <summary>Unity's ahead-of-time compiler finds this attribute by its name.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    internal sealed class MonoPInvokeCallbackAttribute : Attribute
    {
    }
}
