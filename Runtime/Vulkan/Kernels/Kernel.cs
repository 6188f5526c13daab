using System;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>One compiled variant of a kernel. Derived classes name its bindings, push constants and grid.</summary>
    internal abstract class Kernel : IDisposable
    {
        /// <summary>Rows of a matrix that one workgroup computes; ROWS of common.glsl.</summary>
        public const int TileRows = 8;

        protected Kernel(VulkanDevice device, KernelPack pack, KernelDescription description, params SpecializationConstant[] constants)
        {
            Pipeline = device.CreatePipeline(pack, description, constants);
        }

        protected ComputePipeline Pipeline { get; }

        public void Dispose() => Pipeline.Dispose();

        /// <summary>Workgroups for this many rows.</summary>
        protected static int RowGroups(int rows) => Groups(rows, TileRows);

        /// <summary>Workgroups of a size that cover this many elements.</summary>
        protected static int Groups(int count, int size) => (count + size - 1) / size;
    }
}
