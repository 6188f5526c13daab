using System.Runtime.InteropServices;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Flash attention over one split of 256 keys for one head of one column.</summary>
    internal sealed class AttentionKernel : Kernel
    {
        internal enum Binding
        {
            Pages,
            Stream,
            State,
            Partials,
        }

        [StructLayout(LayoutKind.Sequential)]
        internal struct Push
        {
            /// <summary>vec4 index of column 0's query.</summary>
            public uint Q;

            public uint Heads;

            public uint KvHeads;

            public uint Layer;

            public uint Layers;

            public uint SlotStride;

            public uint Context;

            public uint PageCount;

            /// <summary>Room in the partials.</summary>
            public uint Splits;

            /// <summary>1 / sqrt(headDim).</summary>
            public float Scale;
        }

        internal static readonly KernelDescription Description = KernelDescription.Create<Push>(
            "attention",
            string.Empty,
            new[]
            {
                new KernelBinding(nameof(Binding.Pages), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Stream), KernelAccess.Read),
                new KernelBinding(nameof(Binding.State), KernelAccess.Read),
                new KernelBinding(nameof(Binding.Partials), KernelAccess.Write),
            },
            new uint[] { Specialization.HeadDim, Specialization.KvFormat }).WithTexelVariant();

        public AttentionKernel(VulkanDevice device, KernelPack pack, int headDim, bool kvFloat32)
            : base(device, pack, Description,
                new SpecializationConstant(Specialization.HeadDim, (uint)headDim),
                new SpecializationConstant(Specialization.KvFormat, kvFloat32 ? 0u : 1u))
        {
        }

        /// <summary>Records one dispatch.</summary>
        public void Record(CommandRecorder recorder, BindingSet bindings, in Push push, int columns)
            => recorder.Dispatch(Pipeline, bindings, push, (int)push.Splits, (int)push.Heads, columns);
    }
}
