using System;
using System.IO;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Benchmarks
{
    /// <summary>The kernels of Tests/Shaders, inside this assembly.</summary>
    internal static class TestKernelPack
    {
        public static KernelPack Load()
        {
            using Stream stream = typeof(TestKernelPack).Assembly.GetManifestResourceStream("PrismLM.Tests.kernels.bytes")
                ?? throw new InvalidOperationException("The test kernels are not in the assembly.");
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return KernelPack.Parse(copy.ToArray(), "test kernels");
        }
    }
}
