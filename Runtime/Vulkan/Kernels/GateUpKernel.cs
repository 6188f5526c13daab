using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>RMSNorm, the first projection of the feed-forward block, and its element function.</summary>
    internal sealed class GateUpKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Stream,
            State,
            Hidden,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            /// <summary>SwiGLU: rows 2i and 2i + 1 are gate i and up i.</summary>
            public MatrixLocation Up;

            public NormSource Norm;

            /// <summary>f.</summary>
            public uint Units;

            /// <summary>Floats a column: f padded to 32; the padding is written as 0.</summary>
            public uint HiddenStride;

            public float Eta;

            public float Lambda;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "gate_up",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.Read),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Hidden), KernelAccess.Write),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns, Specialization.Activation }).WithTexelVariant().WithMatrixPlace();

        private readonly int tileColumns;
        private readonly int rowsPerUnit;

        public GateUpKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns, FeedForwardKind activation)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns),
                new SpecializationConstant(Specialization.Activation, (uint)activation))
        {
            rowsPerUnit = activation == FeedForwardKind.SwiGlu ? 2 : 1;
            this.tileColumns = tileColumns;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.HiddenStride * rowsPerUnit), Groups(columns, tileColumns));
    }
}
