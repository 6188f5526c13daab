using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Chooses a token from each row of logits, writes it to the ring, advances its column and gathers the next embedding.</summary>
    internal sealed class SampleKernel : Kernel
    {
        internal enum Binding
        {
            Weights,
            Stream,
            State,
            Ring,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            public MatrixLocation Embedding;

            public ResidualTarget To;

            /// <summary>Float index of row 0.</summary>
            public uint Logits;

            /// <summary>Floats from one row to the next.</summary>
            public uint RowStride;

            /// <summary>Floats from a row's logits to its ids, and from those to its weights.</summary>
            public uint ArrayStride;

            public uint Vocabulary;

            public uint SlotStride;

            /// <summary>Entries of one slot.</summary>
            public uint RingTokens;

            /// <summary>Offset of the mask of allowed tokens in a slot.</summary>
            public uint Mask;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "sample",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Weights), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.ReadWrite),
                new KernelBinding(nameof(Binding.State), KernelAccess.ReadWrite),
                new KernelBinding(nameof(Binding.Ring), KernelAccess.Write),
            },
            new uint[] { Specialization.WeightFormat });

        public SampleKernel(VulkanDevice device, KernelPack pack, WeightFormat format)
            : base(device, pack, Description, new SpecializationConstant(Specialization.WeightFormat, (uint)format))
        {
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int logitRows)
            => recorder.Dispatch(Pipeline, bindings, push, logitRows);
    }
}
