using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>First projection of the chosen experts: by entry, or grouped by expert.</summary>
    internal sealed class ExpertGateUpKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Stream,
            Routes,
            Hidden,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            /// <summary>Of expert 0.</summary>
            public MatrixLocation Up;

            public NormSource Norm;

            /// <summary>128-bit words from one expert to the next.</summary>
            public uint ExpertWords;

            /// <summary>32-bit words from one expert's scales to the next.</summary>
            public uint ExpertScales;

            public uint TopK;

            /// <summary>Columns times top-k.</summary>
            public uint Entries;

            public uint Units;

            /// <summary>Floats an entry.</summary>
            public uint HiddenStride;

            public float Eta;

            public float Lambda;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "expert_gate_up",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Routes), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Hidden), KernelAccess.Write),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns, Specialization.Activation, Specialization.Grouped }).WithTexelVariant().WithMatrixPlace();

        private readonly int rowsPerUnit;
        private readonly bool grouped;

        public ExpertGateUpKernel(VulkanDevice device, KernelPack pack, WeightFormat format, int tileColumns, FeedForwardKind activation, bool grouped)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, (uint)tileColumns),
                new SpecializationConstant(Specialization.Activation, (uint)activation),
                new SpecializationConstant(Specialization.Grouped, grouped))
        {
            rowsPerUnit = activation == FeedForwardKind.SwiGlu ? 2 : 1;
            this.grouped = grouped;
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int experts)
            => recorder.Dispatch(Pipeline, bindings, push, RowGroups((int)push.HiddenStride * rowsPerUnit), grouped ? experts : (int)push.Entries);
    }
}
