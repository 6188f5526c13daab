using System.Collections.Generic;

namespace PrismLM.Core.Tokenization
{
    /// <summary>What a <c>tokenizer.json</c> says, within limits but not yet checked for sense.</summary>
    internal sealed class TokenizerJsonFile
    {
        /// <summary>Spelling and id, in file order.</summary>
        internal List<KeyValuePair<string, int>> Vocabulary { get; } = new List<KeyValuePair<string, int>>();

        /// <summary>Spellings of the two parts, in rank order.</summary>
        internal List<KeyValuePair<string, string>> Merges { get; } = new List<KeyValuePair<string, string>>();

        internal List<SpecialToken> Specials { get; } = new List<SpecialToken>();

        /// <summary>The model's <c>byte_fallback</c>: characters outside the vocabulary become tokens <c>&lt;0x00&gt;</c> to <c>&lt;0xFF&gt;</c>.</summary>
        internal bool ByteFallback { get; set; }

        /// <summary>True when the pre-tokenizer is GPT-2's byte-level one.</summary>
        internal bool ByteLevelPreTokenizer { get; set; }

        /// <summary>True when the decoder is the byte-level one.</summary>
        internal bool ByteLevelDecoder { get; set; }

        /// <summary>True when the normalizer writes a space before the text and U+2581 for every space (Llama).</summary>
        internal bool SpacePrefixNormalizer { get; set; }

        /// <summary>True when the decoder turns U+2581 and byte tokens back and strips the space before the text (Llama).</summary>
        internal bool SpacePrefixDecoder { get; set; }
    }
}
