using System;
using System.Collections.Generic;
using PrismLM.Vulkan.Device;

namespace PrismLM.Hosting
{
    /// <summary>How a <see cref="PrismRuntime"/> is made.</summary>
    public sealed class PrismRuntimeOptions
    {
        public BackendPreference Backend { get; set; }

        /// <summary>Accept a Vulkan device that computes on the processor. Games leave it off; tools and tests turn it on.</summary>
        public bool AllowSoftwareVulkan { get; set; }

        /// <summary>A part of a device's name, or its index; null lets Prism choose.</summary>
        public string? PreferredDevice { get; set; }

        /// <summary>Compute on the Vulkan device of the host engine instead of an own one; null for an own device. <see cref="PreferredDevice"/> has no effect then.</summary>
        public HostDevice? HostDevice { get; set; }

        /// <summary>Replies that advance together, 1 to 32.</summary>
        public int Slots { get; set; } = 8;

        /// <summary>Most tokens of one conversation; 0 for what the model was trained on.</summary>
        public int ContextLength { get; set; }

        /// <summary>A folder for compiled pipelines; null keeps them in memory only.</summary>
        public string? PipelineCacheFolder { get; set; }

        /// <summary>The bytes of Shaders/Compiled/kernels.bytes; null takes those inside the assembly. For hosts whose assemblies hold no resources, such as Unity.</summary>
#pragma warning disable CA1819 // handed through as it is
        public byte[]? KernelPack { get; set; }
#pragma warning restore CA1819

        /// <summary>Files of <see cref="PrismRuntime.SavePrefix"/> to load with the model, on the loading thread. A model that replaces it by a reload has none.</summary>
        public IReadOnlyList<string> PrefixFiles { get; set; } = Array.Empty<string>();

        /// <summary>Every reply keeps what it was made from (<see cref="PrismLM.Dialogue.NpcReply.Trace"/>); <see cref="PrismLM.Dialogue.Npc.Tracing"/> changes it for one NPC.</summary>
        public bool Tracing { get; set; }

        /// <summary>Receives notes of the device layer; null drops them.</summary>
        public Action<string>? Log { get; set; }

        /// <summary>Tests put a shim between the runtime and the driver with this.</summary>
        internal Action<PrismLM.Vulkan.Device.VulkanDeviceOptions>? ConfigureDevice { get; set; }
    }
}
