using System.Runtime.InteropServices;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Where a kernel finds the residual stream and the gain of its RMSNorm: <c>struct NormSource</c> of norm_source.glsl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct NormSource
    {
        /// <summary>vec4 index of column 0 in the stream.</summary>
        public uint X;

        /// <summary>vec4 words a column.</summary>
        public uint XStride;

        /// <summary>128-bit word of the gain in the weights.</summary>
        public uint Gain;

        public uint Dim;

        public float Epsilon;
    }
}
