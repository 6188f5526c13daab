using PrismLM.Vulkan.Device;

namespace PrismLM.Hosting
{
    /// <summary>What computes, and why it was chosen. Nothing falls back silently.</summary>
    public sealed class BackendReport
    {
        internal BackendReport(bool isVulkan, string name, string reason, DeviceReport? device, long memoryBytes)
        {
            IsVulkan = isVulkan;
            Name = name;
            Reason = reason;
            Device = device;
            MemoryBytes = memoryBytes;
        }

        public bool IsVulkan { get; }

        /// <summary>The device's name.</summary>
        public string Name { get; }

        /// <summary>One sentence.</summary>
        public string Reason { get; }

        /// <summary>Every device that was seen; null for the reference.</summary>
        public DeviceReport? Device { get; }

        /// <summary>Device memory of model and key/value cache, in bytes; 0 for the reference.</summary>
        public long MemoryBytes { get; }
    }
}
