using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Device
{
    /// <summary>C# side of Tests/Shaders/smoke.comp.</summary>
    internal static class SmokeKernel
    {
        public static KernelDescription Description { get; } = Describe(string.Empty);

        public static KernelDescription Double { get; } = Describe("double");

        public static int Groups(VulkanDevice device, int count) => (count + device.SubgroupSize - 1) / device.SubgroupSize;

        private static KernelDescription Describe(string variant) => KernelDescription.Create<Push>(
            "smoke", variant, new[] { new KernelBinding("x", KernelAccess.Read), new KernelBinding("y", KernelAccess.ReadWrite) }, new uint[] { 1 });

        internal struct Push
        {
            public float A;
            public uint Count;
        }
    }
}
