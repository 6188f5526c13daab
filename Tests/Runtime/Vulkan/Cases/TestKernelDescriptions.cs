using System.Runtime.InteropServices;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>C# side of the thin kernels in Tests/Shaders that run one include file each.</summary>
    internal static class TestKernelDescriptions
    {
        internal static readonly KernelDescription MatMul = KernelDescription.Create<MatMulPush>(
            "matmul",
            string.Empty,
            new[] { new KernelBinding("Weights", KernelAccess.Read), new KernelBinding("X", KernelAccess.Read), new KernelBinding("Y", KernelAccess.Write) },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns }).WithTexelVariant();

        internal static readonly KernelDescription RmsNorm = KernelDescription.Create<RmsNormPush>(
            "rms_norm",
            string.Empty,
            new[] { new KernelBinding("X", KernelAccess.Read), new KernelBinding("G", KernelAccess.Read), new KernelBinding("Y", KernelAccess.Write) });

        internal static readonly KernelDescription Rope = KernelDescription.Create<RopePush>(
            "rope",
            string.Empty,
            new[] { new KernelBinding("Weights", KernelAccess.Read), new KernelBinding("X", KernelAccess.Read), new KernelBinding("Y", KernelAccess.Write) },
            new uint[] { Specialization.HeadDim });

        internal static readonly KernelDescription Softmax = KernelDescription.Create<SoftmaxPush>(
            "softmax", string.Empty, new[] { new KernelBinding("X", KernelAccess.Read), new KernelBinding("Y", KernelAccess.Write) });

        internal static readonly KernelDescription FmaRate = KernelDescription.Create<FmaRatePush>("fma_rate", string.Empty, new[] { new KernelBinding("Y", KernelAccess.Write) });

        internal static KernelDescription Elements(string variant) => KernelDescription.Create<ElementsPush>(
            "elements", variant, new[] { new KernelBinding("X", KernelAccess.Read), new KernelBinding("Y", KernelAccess.Write) });

        [StructLayout(LayoutKind.Sequential)]
        internal struct MatMulPush
        {
            public MatrixLocation M;
            public uint XStride;
            public uint YStart;
            public uint YStride;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct RmsNormPush
        {
            public uint Dim;
            public float Epsilon;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct RopePush
        {
            public uint Groups;
            public uint Position;
            public uint Group;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct SoftmaxPush
        {
            public uint Count;
            public uint Seen;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct FmaRatePush
        {
            public float A;
            public float B;
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct ElementsPush
        {
            public uint Count;
        }
    }
}
