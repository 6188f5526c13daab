using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Combine of the attention splits, head gain times dial, Wo, and the residual.</summary>
    internal sealed class AttentionOutKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Partials,
            State,
            Stream,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            public MatrixLocation Output;

            public ResidualTarget To;

            public uint Heads;

            public uint Layer;

            public uint Splits;

            public uint SlotStride;

            /// <summary>Offset of the head gains in a slot.</summary>
            public uint Gains;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "attention_out",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Partials), KernelAccess.Read),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.ReadWrite),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns, Specialization.HeadDim }).WithTexelVariant().WithMatrixPlace();

        private readonly int tileColumns;

        public AttentionOutKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns, int headDim)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns),
                new SpecializationConstant(Specialization.HeadDim, (uint)headDim))
        {
            this.tileColumns = tileColumns;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.Output.Rows), Groups(columns, tileColumns));
    }
}
