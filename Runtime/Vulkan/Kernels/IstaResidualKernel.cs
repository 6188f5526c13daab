using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Sparse coding, between its two steps: r = RMSNorm(x) - D z.</summary>
    internal sealed class IstaResidualKernel : Kernel
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
            /// <summary>D: the transposed copy of the stored dictionary.</summary>
            public MatrixLocation Dictionary;

            public NormSource Norm;

            /// <summary>vec4 index of column 0's z.</summary>
            public uint Code;

            /// <summary>vec4 words a column.</summary>
            public uint CodeStride;

            /// <summary>Float index of column 0's r.</summary>
            public uint Residual;

            /// <summary>Floats a column.</summary>
            public uint ResidualStride;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "ista_residual",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.Read),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Hidden), KernelAccess.ReadWrite),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns }).WithTexelVariant().WithMatrixPlace();

        private readonly int tileColumns;

        public IstaResidualKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns))
        {
            this.tileColumns = tileColumns;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.ResidualStride), Groups(columns, tileColumns));
    }
}
