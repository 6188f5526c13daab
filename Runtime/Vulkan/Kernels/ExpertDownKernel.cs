using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Last projection of the chosen experts, and either their weighted sum in expert order with the residual, or, grouped by expert, a result for each entry.</summary>
    internal sealed class ExpertDownKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Hidden,
            Routes,
            Stream,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            /// <summary>Of expert 0.</summary>
            public MatrixLocation Down;

            public uint ExpertWords;

            public uint ExpertScales;

            public uint TopK;

            /// <summary>vec4 words an entry.</summary>
            public uint HiddenStride;

            /// <summary>Columns times top-k.</summary>
            public uint Entries;

            /// <summary>Float of the stream where entry 0's result begins; grouped only.</summary>
            public uint Results;

            public ResidualTarget To;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "expert_down",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Hidden), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Routes), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.ReadWrite),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns, Specialization.Grouped }).WithTexelVariant().WithMatrixPlace();

        private readonly bool grouped;

        public ExpertDownKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns, bool grouped)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns),
                new SpecializationConstant(Specialization.Grouped, grouped))
        {
            this.grouped = grouped;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int experts)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.Down.Rows), grouped ? experts : (int)(push.Entries / push.TopK));
    }
}
