using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Embedding gather: the row of each column's token becomes its residual stream.</summary>
    internal sealed class EmbedKernel : Kernel
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
            public MatrixLocation Embedding;

            public ResidualTarget To;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "embed",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.Write),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
            },
            new uint[] { Specialization.WeightFormat }).WithTexelVariant();

        public EmbedKernel(VulkanDevice device, KernelPack pack, WeightFormat format)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format))
        {
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, columns);
    }
}
