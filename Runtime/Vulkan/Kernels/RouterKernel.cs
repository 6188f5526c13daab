using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>RMSNorm, router and top-k: which experts each column visits, with their weights, in expert order.</summary>
    internal sealed class RouterKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Stream,
            State,
            Routes,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            public MatrixLocation Router;

            public NormSource Norm;

            public uint TopK;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "router",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.Read),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Routes), KernelAccess.Write),
            },
            new uint[] { Specialization.WeightFormat, Specialization.TileColumns }).WithTexelVariant();

        public RouterKernel(VulkanDevice device, KernelPack pack, WeightFormat format)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.WeightFormat, (uint)format),
                new SpecializationConstant(Specialization.TileColumns, 1u))
        {
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, columns);
    }
}
