using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>RMSNorm, the Q, K and V rows, pi-RoPE, and the append of K and V to the cache page.</summary>
    internal sealed class QkvKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Stream,
            State,
            Pages,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            public MatrixLocation Qkv;

            public NormSource Norm;

            /// <summary>Float index of column 0's query.</summary>
            public uint Q;

            /// <summary>Floats a column.</summary>
            public uint QueryDim;

            public uint KvHeads;

            public uint Layer;

            public uint Layers;

            /// <summary>128-bit word of the angle table.</summary>
            public uint Rope;

            public uint RopeGroups;

            /// <summary>32-bit word of this layer's frequency groups.</summary>
            public uint HeadGroup;

            public uint SlotStride;

            public uint Context;

            public uint PageCount;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "qkv",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.ReadWrite),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Pages), KernelAccess.Write),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns, Specialization.HeadDim, Specialization.KvFormat, Specialization.QkvMode }).WithTexelVariant().WithMatrixPlace();

        private readonly int tileColumns;

        public QkvKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns, int headDim, bool kvFloat32, QkvMode mode)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns),
                new SpecializationConstant(Specialization.HeadDim, (uint)headDim),
                new SpecializationConstant(Specialization.KvFormat, kvFloat32 ? 0u : 1u),
                new SpecializationConstant(Specialization.QkvMode, (uint)mode))
        {
            this.tileColumns = tileColumns;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.Qkv.Rows), Groups(columns, tileColumns));
    }
}
