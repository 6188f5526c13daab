using System.Runtime.InteropServices;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Where a kernel leaves the residual stream, prepared for the next RMSNorm: <c>struct ResidualTarget</c> of residual_target.glsl.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct ResidualTarget
    {
        /// <summary>Float index of column 0.</summary>
        public uint X;

        /// <summary>Floats a column: dim padded to 32.</summary>
        public uint XStride;

        /// <summary>Float index of column 0 of x * g.</summary>
        public uint Scaled;

        /// <summary>Float index of column 0 of the sums of 8 squares.</summary>
        public uint Squares;

        /// <summary>128-bit word of the next norm's gain in the weights.</summary>
        public uint Gain;
    }
}
