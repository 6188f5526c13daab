namespace PrismLM.Vulkan.Kernels
{
    /// <summary>Ids of specialization constants; 0, the workgroup size, is set by <c>ComputePipeline</c>.</summary>
    internal static class Specialization
    {
        /// <summary>weights.glsl; the numbers of <see cref="Core.Checkpoints.WeightFormat"/>.</summary>
        public const uint WeightFormat = 1;

        /// <summary>tile.glsl: columns of one workgroup's tile.</summary>
        public const uint TileColumns = 2;

        /// <summary>head_dim.glsl</summary>
        public const uint HeadDim = 3;

        /// <summary>kv_layout.glsl: 0 float32, 1 float16.</summary>
        public const uint KvFormat = 4;

        /// <summary>qkv.comp; the numbers of <see cref="Core.Checkpoints.QkvMode"/>.</summary>
        public const uint QkvMode = 5;

        /// <summary>units.glsl; the numbers of <see cref="Core.Checkpoints.FeedForwardKind"/>.</summary>
        public const uint Activation = 3;

        /// <summary>expert_gate_up.comp: a workgroup an expert instead of an entry.</summary>
        public const uint Grouped = 4;
    }
}
