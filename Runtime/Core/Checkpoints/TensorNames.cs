using System.Globalization;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Names of the tensors of a Prism checkpoint.</summary>
    public static class TensorNames
    {
        /// <summary>(vocabulary, dim)</summary>
        public const string TokenEmbedding = "tok_emb";

        /// <summary>(dim): the final norm.</summary>
        public const string FinalNorm = "gf";

        /// <summary>(vocabulary, dim); absent when the embedding is tied.</summary>
        public const string Head = "head";

        /// <summary>(groups, headDim / 2), float32 radians a position.</summary>
        public const string RopeInvFreq = "rope_inv_freq";

        /// <summary>(layers, heads), bytes: the frequency group of each query head.</summary>
        public const string HeadGroup = "head_group";

        /// <summary>(layers, heads), float32.</summary>
        public const string Gain = "gain";

        /// <summary>(n), bytes: the tokenizer's JSON.</summary>
        public const string TokenizerJson = "tokenizer_json";

        /// <summary>(dim): the norm before attention.</summary>
        public const string AttentionNorm = "g1";

        /// <summary>(heads * headDim, dim)</summary>
        public const string Query = "wq";

        /// <summary>(kvHeads * headDim, dim)</summary>
        public const string Key = "wk";

        /// <summary>(kvHeads * headDim, dim)</summary>
        public const string Value = "wv";

        /// <summary>(dim, heads * headDim)</summary>
        public const string Output = "wo";

        /// <summary>(dim): the norm before the feed-forward block.</summary>
        public const string FeedForwardNorm = "g2";

        /// <summary>(experts, dim); only with more than one expert.</summary>
        public const string Router = "router";

        /// <summary>(experts, hidden, dim): the gate, or the only input matrix of a GELU block.</summary>
        public const string Gate = "w1";

        /// <summary>(experts, dim, hidden)</summary>
        public const string Down = "w2";

        /// <summary>(experts, hidden, dim); SwiGLU only.</summary>
        public const string Up = "w3";

        /// <summary>(hidden, dim); ista only.</summary>
        public const string Dictionary = "dict";

        /// <summary>(dim, hidden); ista only.</summary>
        public const string DictionaryOut = "dict_out";

        /// <summary>What follows a quantized tensor's name to name its scales: float16, (..., ceil(columns / 32)).</summary>
        public const string ScaleSuffix = ".scale";

        /// <summary>The full name of a layer's tensor, as in <c>layers.3.wq</c>.</summary>
        public static string Layer(int layer, string part) => "layers." + layer.ToString(CultureInfo.InvariantCulture) + "." + part;

        /// <summary>The name of a quantized tensor's scales.</summary>
        public static string Scale(string tensor) => tensor + ScaleSuffix;
    }
}
