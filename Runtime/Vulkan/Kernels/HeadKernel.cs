using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Final RMSNorm and output matrix, for the columns that need logits.</summary>
    internal sealed class HeadKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Stream,
            State,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            public MatrixLocation Head;

            public NormSource Norm;

            /// <summary>Float index of row 0.</summary>
            public uint Logits;

            /// <summary>Floats a row.</summary>
            public uint LogitsStride;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "head",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.ReadWrite),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns }).WithTexelVariant().WithMatrixPlace();

        private readonly int tileColumns;

        public HeadKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns))
        {
            this.tileColumns = tileColumns;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int logitRows)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.Head.Rows), Groups(logitRows, tileColumns));
    }
}
