using System;

namespace PrismLM.Core.Reference
{
    /// <summary>The weights of one layer as float32, row-major; shapes with d = dim, D = heads * head size, f = hidden, E = experts.</summary>
    internal sealed class ReferenceLayer
    {
        /// <summary>(d): gain of the norm before attention.</summary>
        public float[] G1 { get; set; } = Array.Empty<float>();

        /// <summary>(D, d).</summary>
        public float[] Wq { get; set; } = Array.Empty<float>();

        /// <summary>(kv heads * head size, d); empty when K is Q.</summary>
        public float[] Wk { get; set; } = Array.Empty<float>();

        /// <summary>(kv heads * head size, d); empty when V is Q before rotation.</summary>
        public float[] Wv { get; set; } = Array.Empty<float>();

        /// <summary>(d, D), unscaled: gains are applied to the heads' outputs.</summary>
        public float[] Wo { get; set; } = Array.Empty<float>();

        /// <summary>(d): gain of the norm before the feed-forward block.</summary>
        public float[] G2 { get; set; } = Array.Empty<float>();

        /// <summary>(E, d); empty without a mixture.</summary>
        public float[] Router { get; set; } = Array.Empty<float>();

        /// <summary>(E, f, d): the gate of SwiGLU, the first matrix of GELU, the dictionary of ista.</summary>
        public float[] First { get; set; } = Array.Empty<float>();

        /// <summary>(E, f, d): the up projection of SwiGLU; empty otherwise.</summary>
        public float[] Up { get; set; } = Array.Empty<float>();

        /// <summary>(E, d, f): the last matrix of the block.</summary>
        public float[] Last { get; set; } = Array.Empty<float>();
    }
}
