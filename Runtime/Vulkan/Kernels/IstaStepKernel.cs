using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Sparse coding, second step: z becomes relu(z + eta D^T r - eta lambda).</summary>
    internal sealed class IstaStepKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Hidden,
            State,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            public MatrixLocation Dictionary;

            /// <summary>vec4 index of column 0's r.</summary>
            public uint Residual;

            /// <summary>vec4 words a column.</summary>
            public uint ResidualStride;

            /// <summary>Float index of column 0's z.</summary>
            public uint Code;

            /// <summary>Floats a column.</summary>
            public uint CodeStride;

            public float Eta;

            public float Lambda;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "ista_step",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Hidden), KernelAccess.ReadWrite),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns }).WithTexelVariant().WithMatrixPlace();

        private readonly int tileColumns;

        public IstaStepKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns))
        {
            this.tileColumns = tileColumns;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.Dictionary.Rows), Groups(columns, tileColumns));
    }
}
