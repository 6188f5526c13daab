using System;
using System.Collections.Generic;
using Silk.NET.Core.Native;
using Silk.NET.Vulkan;

namespace PrismLM.Vulkan.Device
{
    /// <summary>What one physical device is and can do.</summary>
    internal sealed unsafe class DeviceFacts
    {
        private const SubgroupFeatureFlags NeededSubgroupOperations =
            SubgroupFeatureFlags.BasicBit | SubgroupFeatureFlags.ArithmeticBit | SubgroupFeatureFlags.BallotBit | SubgroupFeatureFlags.ShuffleBit;

        private readonly HashSet<string> extensions;

        private DeviceFacts(PhysicalDevice handle, HashSet<string> extensions)
        {
            Handle = handle;
            this.extensions = extensions;
        }

        public PhysicalDevice Handle { get; }

        /// <summary>Usable version: the lower of the instance's and the device's.</summary>
        public uint ApiVersion { get; private set; }

        public PhysicalDeviceLimits Limits { get; private set; }

        /// <summary>Bytes of one allocation that the driver surely grants; a larger one may fail although memory is free.</summary>
        public ulong MaxAllocationBytes { get; private set; }

        public PhysicalDeviceType Type { get; private set; }

        public uint VendorId { get; private set; }

        public uint DeviceId { get; private set; }

        public uint DriverVersion { get; private set; }

        public Guid PipelineCacheId { get; private set; }

        public PhysicalDeviceMemoryProperties Memory { get; private set; }

        public int SubgroupSize { get; private set; }

        public int MinSubgroupSize { get; private set; }

        public int MaxSubgroupSize { get; private set; }

        public bool HasTimelineSemaphore { get; private set; }

        /// <summary>A subgroup size can be required for compute, and full subgroups too.</summary>
        public bool HasSubgroupControl { get; private set; }

        /// <summary>The feature cooperativeMatrix of VK_KHR_cooperative_matrix.</summary>
        public bool HasCooperativeMatrix { get; private set; }

        public bool HasMemoryBudget { get; private set; }

        public bool HasPortabilitySubset => extensions.Contains("VK_KHR_portability_subset");

        /// <summary>The family used for compute, or -1.</summary>
        public int QueueFamily { get; private set; } = -1;

        public uint TimestampValidBits { get; private set; }

        public DeviceCandidate Candidate { get; private set; } = new DeviceCandidate();

        /// <summary>The extension whose name has to be enabled for <see cref="HasSubgroupControl"/>, or null where the version includes it.</summary>
        public string? SubgroupControlExtension => ApiVersion >= Vk.Version13 ? null : "VK_EXT_subgroup_size_control";

        public static DeviceFacts Read(Vk api, PhysicalDevice device, int index, uint instanceVersion)
        {
            uint count = 0;
            VulkanCall.Check(api.EnumerateDeviceExtensionProperties(device, (byte*)null, &count, null), "vkEnumerateDeviceExtensionProperties");
            var properties = new ExtensionProperties[count];
            fixed (ExtensionProperties* first = properties)
            {
                VulkanCall.CheckFill(api.EnumerateDeviceExtensionProperties(device, (byte*)null, &count, first), "vkEnumerateDeviceExtensionProperties");
            }

            var facts = new DeviceFacts(device, VulkanCall.Names(properties, (int)count));
            PhysicalDeviceProperties basic;
            api.GetPhysicalDeviceProperties(device, &basic);
            facts.ApiVersion = Math.Min(basic.ApiVersion, instanceVersion);
            facts.Limits = basic.Limits;
            facts.Type = basic.DeviceType;
            facts.VendorId = basic.VendorID;
            facts.DeviceId = basic.DeviceID;
            facts.DriverVersion = basic.DriverVersion;
            facts.PipelineCacheId = *(Guid*)basic.PipelineCacheUuid;
            PhysicalDeviceMemoryProperties memory;
            api.GetPhysicalDeviceMemoryProperties(device, &memory);
            facts.Memory = memory;
            facts.FindQueueFamily(api);
            string driver = FormattableString.Invariant($"driver {basic.DriverVersion:X}");
            string lacks;
            if (facts.ApiVersion < Vk.Version11)
            {
                lacks = "Vulkan " + VulkanCall.VersionText(basic.ApiVersion) + ", 1.1 is needed";
            }
            else
            {
                lacks = facts.ReadExtended(api, ref driver);
            }

            facts.Candidate = new DeviceCandidate
            {
                Index = index,
                Name = SilkMarshal.PtrToString((nint)basic.DeviceName) ?? string.Empty,
                Kind = KindName(basic.DeviceType),
                Driver = driver,
                ApiVersion = VulkanCall.VersionText(basic.ApiVersion),
                DeviceMemoryBytes = LargestLocalHeap(memory),
                IsSoftware = basic.DeviceType == PhysicalDeviceType.Cpu,
                Lacks = lacks,
            };
            return facts;
        }

        /// <summary>The limits that the runtime obeys.</summary>
        public IReadOnlyDictionary<string, long> LimitTable()
        {
            PhysicalDeviceLimits limits = Limits;
            return new Dictionary<string, long>(StringComparer.Ordinal)
            {
                ["maxStorageBufferRange"] = limits.MaxStorageBufferRange,
                ["minStorageBufferOffsetAlignment"] = (long)limits.MinStorageBufferOffsetAlignment,
                ["maxPushConstantsSize"] = limits.MaxPushConstantsSize,
                ["maxComputeWorkGroupCount"] = limits.MaxComputeWorkGroupCount[0],
                ["maxComputeWorkGroupInvocations"] = limits.MaxComputeWorkGroupInvocations,
                ["maxComputeSharedMemorySize"] = limits.MaxComputeSharedMemorySize,
                ["maxPerStageDescriptorStorageBuffers"] = limits.MaxPerStageDescriptorStorageBuffers,
                ["timestampValidBits"] = TimestampValidBits,
                ["maxMemoryAllocationSize"] = (long)Math.Min(long.MaxValue, MaxAllocationBytes),
            };
        }

        private static string KindName(PhysicalDeviceType type) => type switch
        {
            PhysicalDeviceType.DiscreteGpu => "discrete",
            PhysicalDeviceType.IntegratedGpu => "integrated",
            PhysicalDeviceType.VirtualGpu => "virtual",
            PhysicalDeviceType.Cpu => "software",
            _ => "other",
        };

        private static long LargestLocalHeap(PhysicalDeviceMemoryProperties memory)
        {
            ulong largest = 0;
            for (int i = 0; i < (int)memory.MemoryHeapCount; i++)
            {
                MemoryHeap heap = memory.MemoryHeaps[i];
                if ((heap.Flags & MemoryHeapFlags.DeviceLocalBit) != 0 && heap.Size > largest)
                {
                    largest = heap.Size;
                }
            }

            return (long)largest;
        }

        /// <summary>A family with compute and without graphics is chosen before one that renders; without compute the device is useless.</summary>
        private void FindQueueFamily(Vk api)
        {
            uint count = 0;
            api.GetPhysicalDeviceQueueFamilyProperties(Handle, &count, null);
            var families = new QueueFamilyProperties[count];
            fixed (QueueFamilyProperties* first = families)
            {
                api.GetPhysicalDeviceQueueFamilyProperties(Handle, &count, first);
            }

            for (int i = 0; i < families.Length; i++)
            {
                bool compute = (families[i].QueueFlags & QueueFlags.ComputeBit) != 0;
                bool alone = (families[i].QueueFlags & QueueFlags.GraphicsBit) == 0;
                if (compute && (QueueFamily < 0 || alone))
                {
                    QueueFamily = i;
                    TimestampValidBits = families[i].TimestampValidBits;
                    if (alone)
                    {
                        break;
                    }
                }
            }
        }

        private string ReadExtended(Vk api, ref string driver)
        {
            bool driverProperties = ApiVersion >= Vk.Version12 || extensions.Contains("VK_KHR_driver_properties");
            bool sizeControl = ApiVersion >= Vk.Version13 || extensions.Contains("VK_EXT_subgroup_size_control");
            var driverStruct = new PhysicalDeviceDriverProperties { SType = StructureType.PhysicalDeviceDriverProperties };
            var size = new PhysicalDeviceSubgroupSizeControlProperties { SType = StructureType.PhysicalDeviceSubgroupSizeControlProperties };
            var maintenance = new PhysicalDeviceMaintenance3Properties { SType = StructureType.PhysicalDeviceMaintenance3Properties };
            var subgroup = new PhysicalDeviceSubgroupProperties { SType = StructureType.PhysicalDeviceSubgroupProperties, PNext = &maintenance };
            var properties = new PhysicalDeviceProperties2 { SType = StructureType.PhysicalDeviceProperties2, PNext = &subgroup };
            void** tail = &maintenance.PNext;
            if (driverProperties)
            {
                *tail = &driverStruct;
                tail = &driverStruct.PNext;
            }

            if (sizeControl)
            {
                *tail = &size;
            }

            api.GetPhysicalDeviceProperties2(Handle, &properties);
            MaxAllocationBytes = maintenance.MaxMemoryAllocationSize;
            SubgroupSize = (int)subgroup.SubgroupSize;
            MinSubgroupSize = sizeControl ? (int)size.MinSubgroupSize : SubgroupSize;
            MaxSubgroupSize = sizeControl ? (int)size.MaxSubgroupSize : SubgroupSize;
            if (driverProperties)
            {
                driver = SilkMarshal.PtrToString((nint)driverStruct.DriverName) + " " + SilkMarshal.PtrToString((nint)driverStruct.DriverInfo);
            }

            var timelineFeature = new PhysicalDeviceTimelineSemaphoreFeatures { SType = StructureType.PhysicalDeviceTimelineSemaphoreFeatures };
            var sizeFeature = new PhysicalDeviceSubgroupSizeControlFeatures { SType = StructureType.PhysicalDeviceSubgroupSizeControlFeatures };
            var features = new PhysicalDeviceFeatures2 { SType = StructureType.PhysicalDeviceFeatures2 };
            tail = &features.PNext;
            if (ApiVersion >= Vk.Version12)
            {
                *tail = &timelineFeature;
                tail = &timelineFeature.PNext;
            }

            if (sizeControl)
            {
                *tail = &sizeFeature;
                tail = &sizeFeature.PNext;
            }

            var matrixFeature = new PhysicalDeviceCooperativeMatrixFeaturesKHR { SType = StructureType.PhysicalDeviceCooperativeMatrixFeaturesKhr };
            if (extensions.Contains("VK_KHR_cooperative_matrix"))
            {
                *tail = &matrixFeature;
            }

            api.GetPhysicalDeviceFeatures2(Handle, &features);
            HasTimelineSemaphore = timelineFeature.TimelineSemaphore;
            HasSubgroupControl = sizeFeature.SubgroupSizeControl && sizeFeature.ComputeFullSubgroups && (size.RequiredSubgroupSizeStages & ShaderStageFlags.ComputeBit) != 0;
            HasCooperativeMatrix = matrixFeature.CooperativeMatrix;
            HasMemoryBudget = extensions.Contains("VK_EXT_memory_budget");
            return Lacking(subgroup);
        }

        private string Lacking(PhysicalDeviceSubgroupProperties subgroup)
        {
            if (QueueFamily < 0)
            {
                return "no compute queue";
            }

            if ((subgroup.SupportedStages & ShaderStageFlags.ComputeBit) == 0 || (subgroup.SupportedOperations & NeededSubgroupOperations) != NeededSubgroupOperations)
            {
                return "no subgroup arithmetic, ballot and shuffle in compute shaders";
            }

            return SubgroupSize < 4 || SubgroupSize > 64 ? FormattableString.Invariant($"subgroup size {SubgroupSize}, allowed 4 to 64") : string.Empty;
        }
    }
}
