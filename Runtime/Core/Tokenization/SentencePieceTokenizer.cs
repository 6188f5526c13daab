using System;
using System.Buffers;
using System.Collections.Generic;

namespace PrismLM.Core.Tokenization
{
    /// <summary>
    /// SentencePiece's BPE as Llama uses it: a space goes before the text, characters are merged by the score of the token they make, and a character
    /// outside the vocabulary becomes its UTF-8 bytes. For imported checkpoints.
    /// </summary>
    /// <remarks>
    /// A rule's rank is its token's place in the order of scores; rules that make one token share it, and then the leftmost place goes first. U+2581, which
    /// SentencePiece's files write for a space, is encoded as bytes when a text holds it, so that every text decodes to itself.
    /// </remarks>
    public sealed class SentencePieceTokenizer : ITextTokenizer
    {
        private readonly SentencePieceModel _model;
        private readonly TokenMerger _merger;

        internal SentencePieceTokenizer(SentencePieceModel model)
        {
            _model = model;
            _merger = new TokenMerger(model.Table);
        }

        public int VocabularySize => _model.Tokens.Count;

        public bool AddsLeadingSpace => true;

        internal SentencePieceModel Model => _model;

        /// <summary>Reads a Hugging Face <c>tokenizer.json</c> of Llama's kind.</summary>
        /// <exception cref="Checkpoints.PrismFileException">PK codes: the file is malformed, above a limit, or of another kind.</exception>
        public static SentencePieceTokenizer FromJson(ReadOnlySpan<byte> tokenizerJsonUtf8)
        {
            return SentencePieceJson.Build(TokenizerJsonReader.Read(tokenizerJsonUtf8));
        }

        public byte[] ToJson() => SentencePieceJson.Write(_model);

        public int[] Encode(string text) => TextTokenizer.Encode(this, text);

        public void Encode(ReadOnlySpan<char> text, List<int> ids)
        {
            if (ids is null)
            {
                throw new ArgumentNullException(nameof(ids));
            }
            if (text.IsEmpty)
            {
                return;
            }
            int[] symbols = ArrayPool<int>.Shared.Rent(1 + (3 * text.Length));
            try
            {
                _merger.Merge(symbols.AsSpan(0, _model.Split(text, symbols)), ids);
            }
            finally
            {
                ArrayPool<int>.Shared.Return(symbols);
            }
        }

        public string Decode(ReadOnlySpan<int> ids) => _model.Tokens.Decode(ids, skipLeadingSpace: true);

        public ReadOnlySpan<byte> TokenBytes(int id) => _model.Tokens.Bytes(id);

        public bool IsSpecial(int id) => !(_model.Tokens.SpecialName(id) is null);

        public bool TryGetSpecial(string content, out int id) => _model.Tokens.TryGetSpecial(content, out id);
    }
}
