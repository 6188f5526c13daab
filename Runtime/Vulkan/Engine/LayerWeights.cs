using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Where one layer lies in its segment.</summary>
    internal sealed class LayerWeights
    {
        public int Segment { get; set; }

        /// <summary>32-bit words [Start, End) of the segment.</summary>
        public uint Start { get; set; }

        public uint End { get; set; }

        /// <summary>32-bit word of the frequency group of each query head.</summary>
        public uint HeadGroup { get; set; }

        /// <summary>wq, wk and wv as one matrix.</summary>
        public MatrixLocation Qkv { get; set; }

        public WeightFormat QkvFormat { get; set; }

        public MatrixLocation Output { get; set; }

        public WeightFormat OutputFormat { get; set; }

        /// <summary>128-bit word of g2, which the residual after attention is scaled by.</summary>
        public uint FeedForwardNorm { get; set; }

        /// <summary>128-bit word of the next layer's g1, or of the final norm behind the last layer.</summary>
        public uint NextNorm { get; set; }

        public MatrixLocation Router { get; set; }

        public WeightFormat RouterFormat { get; set; }

        /// <summary>First projection; SwiGLU interleaves gate and up rows. Ista: the dictionary.</summary>
        public ExpertMatrices Up { get; set; }

        public ExpertMatrices Down { get; set; }

        /// <summary>Ista: D, the dictionary's transpose.</summary>
        public MatrixLocation Transposed { get; set; }

        public WeightFormat TransposedFormat { get; set; }
    }
}
