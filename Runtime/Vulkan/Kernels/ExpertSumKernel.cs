using System.Runtime.InteropServices;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Weighted sum, in expert order, of the results that a grouped <see cref="ExpertDownKernel"/> left, and the residual.</summary>
    internal sealed class ExpertSumKernel : Kernel
    {
        /// <summary>Rows of one workgroup; TILES of expert_sum.comp times eight.</summary>
        private const int Rows = 64;

        internal enum Binding
        {
            Weights,
            Stream,
            Routes,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            public uint Rows;

            public uint TopK;

            /// <summary>Float of the stream where entry 0's result begins.</summary>
            public uint Results;

            public ResidualTarget To;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "expert_sum",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.ReadWrite),
                new KernelBinding(nameof(Binding.Routes), KernelAccess.Read),
            }).WithTexelVariant();

        public ExpertSumKernel(VulkanDevice device, KernelPack pack)
            : base(device, pack, Description)
        {
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, Groups((int)push.Rows, Rows), columns);
    }
}
