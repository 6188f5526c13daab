using System;
using System.Buffers;
using System.Collections.Generic;

namespace PrismLM.Core.Tokenization
{
    /// <summary>Byte-level byte-pair encoding with GPT-2's pre-tokenizer: every text can be encoded, and decodes to itself.</summary>
    /// <remarks>Lone surrogates, which no UTF-8 can hold, are encoded as U+FFFD. The time for a text is linear in its length, whatever it holds.</remarks>
    public sealed class BpeTokenizer : ITextTokenizer
    {
        /// <summary>Most tokens of a vocabulary.</summary>
        public const int MaxVocabularySize = 65_536;

        /// <summary>Most merge rules.</summary>
        public const int MaxMerges = 131_072;

        /// <summary>Longest token in bytes.</summary>
        public const int MaxTokenBytes = 256;

        private readonly TokenTable _tokens;
        private readonly Merge[] _merges;
        private readonly TokenMerger _merger;
        private readonly int[] _byteIds;

        /// <param name="tokens">Bytes and special names by id.</param>
        /// <param name="merges">In rank order, without a pair twice.</param>
        /// <param name="byteIds">The token of each single byte.</param>
        internal BpeTokenizer(TokenTable tokens, Merge[] merges, int[] byteIds)
            : this(tokens, merges, TableOf(merges), byteIds)
        {
        }

        /// <param name="tokens">Bytes and special names by id.</param>
        /// <param name="merges">In rank order.</param>
        /// <param name="table">The same rules.</param>
        /// <param name="byteIds">The token of each single byte.</param>
        internal BpeTokenizer(TokenTable tokens, Merge[] merges, MergeTable table, int[] byteIds)
        {
            _tokens = tokens;
            _merges = merges;
            _merger = new TokenMerger(table);
            _byteIds = byteIds;
        }

        public int VocabularySize => _tokens.Count;

        public bool AddsLeadingSpace => false;

        internal TokenTable Tokens => _tokens;

        internal IReadOnlyList<Merge> Merges => _merges;

        /// <summary>Reads a Hugging Face <c>tokenizer.json</c> of the byte-level BPE kind.</summary>
        /// <exception cref="Checkpoints.PrismFileException">PK codes: the file is malformed, above a limit, or of another kind.</exception>
        public static BpeTokenizer FromJson(ReadOnlySpan<byte> tokenizerJsonUtf8)
        {
            return BpeTokenizerJson.Build(TokenizerJsonReader.Read(tokenizerJsonUtf8));
        }

        public byte[] ToJson() => BpeTokenizerJson.Write(this);

        public int[] Encode(string text) => TextTokenizer.Encode(this, text);

        public void Encode(ReadOnlySpan<char> text, List<int> ids)
        {
            if (ids is null)
            {
                throw new ArgumentNullException(nameof(ids));
            }
            int start = 0;
            while (start < text.Length)
            {
                int end = PreTokenizer.NextEnd(text, start);
                EncodeWord(text.Slice(start, end - start), ids);
                start = end;
            }
        }

        public string Decode(ReadOnlySpan<int> ids) => _tokens.Decode(ids);

        public ReadOnlySpan<byte> TokenBytes(int id) => _tokens.Bytes(id);

        public bool IsSpecial(int id) => !(_tokens.SpecialName(id) is null);

        public bool TryGetSpecial(string content, out int id) => _tokens.TryGetSpecial(content, out id);

        private static MergeTable TableOf(Merge[] merges)
        {
            var table = new MergeTable(merges.Length);
            foreach (Merge merge in merges)
            {
                if (!table.TryAdd(merge))
                {
                    throw new ArgumentException(FormattableString.Invariant($"Tokens {merge.Left} and {merge.Right} have two merge rules."), nameof(merges));
                }
            }
            return table;
        }

        private void EncodeWord(ReadOnlySpan<char> word, List<int> ids)
        {
            if (word.Length > WordMerger.ScanLimit)
            {
                EncodeLongWord(word, ids);
                return;
            }
            Span<byte> utf8 = stackalloc byte[3 * WordMerger.ScanLimit];
            int length = Utf8.GetBytes(word, utf8);
            if (length > WordMerger.ScanLimit)
            {
                EncodeLongWord(word, ids);
                return;
            }
            Span<int> symbols = stackalloc int[WordMerger.ScanLimit];
            MergeBytes(utf8.Slice(0, length), symbols.Slice(0, length), ids);
        }

        private void EncodeLongWord(ReadOnlySpan<char> word, List<int> ids)
        {
            byte[] utf8 = ArrayPool<byte>.Shared.Rent(3 * word.Length);
            int[] symbols = ArrayPool<int>.Shared.Rent(3 * word.Length);
            try
            {
                int length = Utf8.GetBytes(word, utf8);
                MergeBytes(utf8.AsSpan(0, length), symbols.AsSpan(0, length), ids);
            }
            finally
            {
                ArrayPool<int>.Shared.Return(symbols);
                ArrayPool<byte>.Shared.Return(utf8);
            }
        }

        private void MergeBytes(ReadOnlySpan<byte> utf8, Span<int> symbols, List<int> ids)
        {
            for (int i = 0; i < utf8.Length; i++)
            {
                symbols[i] = _byteIds[utf8[i]];
            }
            _merger.Merge(symbols, ids);
        }
    }
}
