using System.Runtime.InteropServices;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Where a kernel finds the residual stream as its RMSNorm needs it: <c>struct NormSource</c> of norm_source.glsl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NormSource
    {
        /// <summary>vec4 index of column 0 of x * g in the stream.</summary>
        public uint X;

        /// <summary>vec4 words a column.</summary>
        public uint XStride;

        /// <summary>vec4 index of column 0 of the sums of squares; a sum for every 8 elements.</summary>
        public uint Squares;

        public uint Dim;

        public float Epsilon;
    }
}
