using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Last projection of the feed-forward block and the residual.</summary>
    internal sealed class DownKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Hidden,
            State,
            Stream,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            public MatrixLocation Down;

            /// <summary>vec4 words a column.</summary>
            public uint HiddenStride;

            public ResidualTarget To;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "down",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Hidden), KernelAccess.Read),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.ReadWrite),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns }).WithTexelVariant().WithMatrixPlace();

        private readonly int tileColumns;

        public DownKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns))
        {
            this.tileColumns = tileColumns;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.Down.Rows), Groups(columns, tileColumns));
    }
}
