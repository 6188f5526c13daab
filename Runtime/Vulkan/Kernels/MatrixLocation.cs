using System.Runtime.InteropServices;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Where a matrix lies in the weights: <c>struct Matrix</c> of weights.glsl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct MatrixLocation
    {
        /// <summary>128-bit words before row 0.</summary>
        public uint Start;

        /// <summary>128-bit words a row.</summary>
        public uint Stride;

        /// <summary>Steps along K: 8 elements each (float formats), 16 (int8) or 32 (int4).</summary>
        public uint Chunks;

        public uint Rows;

        /// <summary>128-bit words before the first eight rows' scales; integer formats only.</summary>
        public uint Scales;

        /// <summary>128-bit words of eight rows' scales: one for each group of 32 elements.</summary>
        public uint ScaleStride;
    }
}
