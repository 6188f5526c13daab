using System;
using System.Collections.Generic;

namespace PrismLM.Core.Tokenization
{
    /// <summary>Reads the tokenizer that a checkpoint carries, of whichever kind it is.</summary>
    public static class TextTokenizer
    {
        /// <summary>Reads a <c>tokenizer.json</c>: byte-level BPE, or SentencePiece's of an imported checkpoint.</summary>
        /// <exception cref="Checkpoints.PrismFileException">PK codes: the file is malformed, above a limit, or of another kind.</exception>
        public static ITextTokenizer FromJson(ReadOnlySpan<byte> tokenizerJsonUtf8)
        {
            TokenizerJsonFile file = TokenizerJsonReader.Read(tokenizerJsonUtf8);
            return file.ByteFallback ? (ITextTokenizer)SentencePieceJson.Build(file) : BpeTokenizerJson.Build(file);
        }

        /// <summary>The ids of a text, for tokenizers to share.</summary>
        internal static int[] Encode(ITextTokenizer tokenizer, string text)
        {
            if (text is null)
            {
                throw new ArgumentNullException(nameof(text));
            }
            var ids = new List<int>((text.Length / 3) + 4);
            tokenizer.Encode(text.AsSpan(), ids);
            return ids.ToArray();
        }
    }
}
