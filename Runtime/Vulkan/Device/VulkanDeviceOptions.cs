using System;
using Silk.NET.Core.Contexts;

namespace PrismLM.Vulkan.Device
{
    /// <summary>How a <see cref="VulkanDevice"/> is chosen and made.</summary>
    public sealed class VulkanDeviceOptions
    {
        /// <summary>A part of the device's name, or its index in the list of <see cref="DeviceReport.Candidates"/>; null lets Prism choose.</summary>
        public string? PreferredDevice { get; set; }

        /// <summary>Software Vulkan is for tools and tests; a game sets this only if it means it.</summary>
        public bool AllowSoftware { get; set; }

        /// <summary>Loads VK_LAYER_KHRONOS_validation; its messages go to <see cref="ValidationMessage"/>.</summary>
        public bool EnableValidation { get; set; }

        /// <summary>With validation: also checks barriers between commands.</summary>
        public bool EnableSynchronizationValidation { get; set; }

        /// <summary>With validation: also checks accesses inside shaders. Slow.</summary>
        public bool EnableGpuAssistedValidation { get; set; }

        /// <summary>Receives warnings and errors of the validation layer, on any thread. Required with <see cref="EnableValidation"/>.</summary>
        public Action<string>? ValidationMessage { get; set; }

        /// <summary>Receives notes of the device layer itself, such as a leak or a pipeline cache that could not be saved; null drops them.</summary>
        public Action<string>? Log { get; set; }

        /// <summary>Names objects and passes for GPU debuggers where VK_EXT_debug_utils exists. Validation turns it on.</summary>
        public bool DebugLabels { get; set; }

        /// <summary>Checks for missing barriers while commands are recorded; null means in debug builds only.</summary>
        public bool? TrackHazards { get; set; }

        /// <summary>A folder for compiled pipelines; null keeps them in memory only.</summary>
        public string? PipelineCacheFolder { get; set; }

        /// <summary>Never use more device memory than this many bytes; null leaves the limit to the device.</summary>
        public long? MemoryLimitBytes { get; set; }

        /// <summary>The kernel pack; null takes the one inside the assembly. Unity, whose assemblies hold no resources, passes Shaders/Compiled/kernels.bytes.</summary>
        public byte[]? KernelPackBytes { get; set; }

        /// <summary>Adopt a device that a host engine made, instead of making one.</summary>
        public HostDevice? HostDevice { get; set; }

        /// <summary>Tests put a shim between Silk.NET and the loader here.</summary>
        internal Func<INativeContext, INativeContext>? WrapContext { get; set; }

        /// <summary>Tests force the paths of a device with less than lavapipe has.</summary>
        internal DeviceRestrictions Restrictions { get; set; }

        /// <summary>Tests make an instance of an older version with this.</summary>
        internal uint? MaxApiVersion { get; set; }

        /// <summary>Tests force a smaller limit of one allocation with this.</summary>
        internal ulong? MaxAllocationBytes { get; set; }

        /// <summary>How long disposal waits for submissions that still run, beside the time of the longest so far.</summary>
        internal int DisposeTimeoutMilliseconds { get; set; } = 250;
    }

    /// <summary>Features of the device that tests pretend not to have.</summary>
    [Flags]
    internal enum DeviceRestrictions
    {
        None = 0,

        /// <summary>Fences instead of a timeline semaphore.</summary>
        NoTimeline = 1,

        /// <summary>No required subgroup size.</summary>
        NoSubgroupControl = 2,

        /// <summary>Device memory cannot be mapped: uploads go through staging.</summary>
        NoHostVisibleDeviceMemory = 4,

        /// <summary>Kernels read storage buffers only, as on a GPU.</summary>
        NoTexelReads = 8,
    }
}
