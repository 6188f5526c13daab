using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>A VkInstance, made here or adopted, with the validation layer and its message callback where asked for.</summary>
    internal sealed unsafe class VulkanInstance : IDisposable
    {
        private const string ValidationLayer = "VK_LAYER_KHRONOS_validation";
        private const string DebugUtilsExtension = "VK_EXT_debug_utils";
        private const string ValidationFeaturesExtension = "VK_EXT_validation_features";
        private const string PortabilityExtension = "VK_KHR_portability_enumeration";
        private const uint EnumeratePortabilityBit = 1;

        private readonly Vk api;
        private readonly VulkanLoader loader;
        private readonly ObjectLedger ledger;
        private readonly bool owned;
        private ValidationMessenger? messenger;
        private bool disposed;

        private VulkanInstance(Vk api, VulkanLoader loader, ObjectLedger ledger, bool owned)
        {
            this.api = api;
            this.loader = loader;
            this.ledger = ledger;
            this.owned = owned;
        }

        public Instance Handle { get; private set; }

        /// <summary>The version the instance was made with.</summary>
        public uint ApiVersion { get; private set; }

        public bool HasDebugUtils { get; private set; }

        public static VulkanInstance Adopt(Vk api, VulkanLoader loader, ObjectLedger ledger, HostDevice host)
        {
            loader.Instance = new Instance(host.Instance);
            return new VulkanInstance(api, loader, ledger, owned: false) { Handle = loader.Instance, ApiVersion = host.ApiVersion };
        }

        public static VulkanInstance Create(Vk api, VulkanLoader loader, ObjectLedger ledger, VulkanDeviceOptions options)
        {
            uint version = LoaderVersion(api, loader);
            var instance = new VulkanInstance(api, loader, ledger, owned: true) { ApiVersion = Math.Min(version, options.MaxApiVersion ?? Vk.Version13) };
            try
            {
                instance.CreateHandle(options);
                return instance;
            }
            catch
            {
                instance.Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            messenger?.Dispose();
            if (owned && Handle.Handle != 0)
            {
                api.DestroyInstance(Handle, null);
                ledger.Destroyed("Instance");
            }

            messenger?.Free();
            loader.Instance = default;
            Handle = default;
        }

        private static uint LoaderVersion(Vk api, VulkanLoader loader)
        {
            uint version = Vk.Version10;
            if (loader.TryGetProcAddress("vkEnumerateInstanceVersion", out _))
            {
                VulkanCall.Check(api.EnumerateInstanceVersion(&version), "vkEnumerateInstanceVersion");
            }

            if (version < Vk.Version11)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.TooOld,
                    "The Vulkan loader supports " + VulkanCall.VersionText(version) + "; 1.1 is needed.",
                    "Update the graphics driver.");
            }

            return version;
        }

        private void CreateHandle(VulkanDeviceOptions options)
        {
            var layers = new List<string>();
            var extensions = new List<string>();
            HashSet<string> available = Extensions(null);
            HashSet<string> layerExtensions = new HashSet<string>(StringComparer.Ordinal);
            if (options.EnableValidation)
            {
                if (options.ValidationMessage == null)
                {
                    throw new ArgumentException("EnableValidation needs a ValidationMessage callback.", nameof(options));
                }

                if (!HasLayer(ValidationLayer))
                {
                    throw new PrismVulkanException(
                        VulkanErrorCode.ValidationMissing, "The layer " + ValidationLayer + " is not installed.", "Install it (Debian: vulkan-validationlayers).");
                }

                layers.Add(ValidationLayer);
                layerExtensions = Extensions(ValidationLayer);
            }

            if ((options.EnableValidation || options.DebugLabels) && (available.Contains(DebugUtilsExtension) || layerExtensions.Contains(DebugUtilsExtension)))
            {
                extensions.Add(DebugUtilsExtension);
                HasDebugUtils = true;
            }

            bool features = options.EnableSynchronizationValidation || options.EnableGpuAssistedValidation;
            if (options.EnableValidation && features && layerExtensions.Contains(ValidationFeaturesExtension))
            {
                extensions.Add(ValidationFeaturesExtension);
            }

            bool portability = available.Contains(PortabilityExtension);
            if (portability)
            {
                extensions.Add(PortabilityExtension);
            }

            if (options.EnableValidation)
            {
                messenger = new ValidationMessenger(options.ValidationMessage!);
            }

            CreateHandle(options, layers, extensions, portability && RuntimeInformation.IsOSPlatform(OSPlatform.OSX));
            messenger?.Attach(api, loader, Handle, ledger);
        }

        private void CreateHandle(VulkanDeviceOptions options, List<string> layers, List<string> extensions, bool portability)
        {
            byte** layerNames = (byte**)SilkMarshal.StringArrayToPtr(layers);
            byte** extensionNames = (byte**)SilkMarshal.StringArrayToPtr(extensions);
            byte* name = (byte*)SilkMarshal.StringToPtr("Prism");
            try
            {
                var application = new ApplicationInfo { SType = StructureType.ApplicationInfo, PApplicationName = name, PEngineName = name, ApiVersion = ApiVersion };
                ValidationFeatureEnableEXT* enables = stackalloc ValidationFeatureEnableEXT[3];
                uint enableCount = 0;
                if (options.EnableSynchronizationValidation)
                {
                    enables[enableCount++] = ValidationFeatureEnableEXT.SynchronizationValidationExt;
                }

                if (options.EnableGpuAssistedValidation)
                {
                    enables[enableCount++] = ValidationFeatureEnableEXT.GpuAssistedExt;
                    enables[enableCount++] = ValidationFeatureEnableEXT.GpuAssistedReserveBindingSlotExt;
                }

                DebugUtilsMessengerCreateInfoEXT messages = messenger?.CreateInfo() ?? default;
                var features = new ValidationFeaturesEXT
                {
                    SType = StructureType.ValidationFeaturesExt,
                    EnabledValidationFeatureCount = enableCount,
                    PEnabledValidationFeatures = enables,
                    PNext = messenger == null ? null : &messages,
                };
                void* next = messenger == null ? null : &messages;
                var info = new InstanceCreateInfo
                {
                    SType = StructureType.InstanceCreateInfo,
                    Flags = portability ? (InstanceCreateFlags)EnumeratePortabilityBit : 0,
                    PApplicationInfo = &application,
                    EnabledLayerCount = (uint)layers.Count,
                    PpEnabledLayerNames = layerNames,
                    EnabledExtensionCount = (uint)extensions.Count,
                    PpEnabledExtensionNames = extensionNames,
                    PNext = options.EnableValidation && enableCount > 0 ? &features : next,
                };
                Instance handle;
                VulkanCall.Check(api.CreateInstance(&info, null, &handle), "vkCreateInstance");
                ledger.Created("Instance");
                Handle = handle;
                loader.Instance = handle;
            }
            finally
            {
                SilkMarshal.Free((nint)name);
                SilkMarshal.Free((nint)layerNames);
                SilkMarshal.Free((nint)extensionNames);
            }
        }

        private bool HasLayer(string layer)
        {
            uint count = 0;
            VulkanCall.Check(api.EnumerateInstanceLayerProperties(&count, null), "vkEnumerateInstanceLayerProperties");
            var layers = new LayerProperties[count];
            fixed (LayerProperties* first = layers)
            {
                VulkanCall.CheckFill(api.EnumerateInstanceLayerProperties(&count, first), "vkEnumerateInstanceLayerProperties");
                for (int i = 0; i < (int)count; i++)
                {
                    if (SilkMarshal.PtrToString((nint)first[i].LayerName) == layer)
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private HashSet<string> Extensions(string? layer)
        {
            byte* name = layer == null ? null : (byte*)SilkMarshal.StringToPtr(layer);
            try
            {
                uint count = 0;
                VulkanCall.Check(api.EnumerateInstanceExtensionProperties(name, &count, null), "vkEnumerateInstanceExtensionProperties");
                var properties = new ExtensionProperties[count];
                fixed (ExtensionProperties* first = properties)
                {
                    VulkanCall.CheckFill(api.EnumerateInstanceExtensionProperties(name, &count, first), "vkEnumerateInstanceExtensionProperties");
                }

                return VulkanCall.Names(properties, (int)count);
            }
            finally
            {
                if (name != null)
                {
                    SilkMarshal.Free((nint)name);
                }
            }
        }
    }
}
