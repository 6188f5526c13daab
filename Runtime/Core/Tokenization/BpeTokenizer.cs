using System;
using System.Buffers;
using System.Collections.Generic;
using System.Threading;

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
        private readonly MergeTable _table;
        private readonly int[] _byteIds;

        // One merger for long words is kept between calls; a second thread makes its own.
        private LongWordMerger? _spare;

        /// <param name="tokens">Bytes and special names by id.</param>
        /// <param name="merges">In rank order, without a pair twice.</param>
        /// <param name="byteIds">The token of each single byte.</param>
        internal BpeTokenizer(TokenTable tokens, Merge[] merges, int[] byteIds)
            : this(tokens, merges, new MergeTable(merges.Length), byteIds)
        {
            foreach (Merge merge in merges)
            {
                if (!_table.TryAdd(merge))
                {
                    throw new ArgumentException(FormattableString.Invariant($"Tokens {merge.Left} and {merge.Right} have two merge rules."), nameof(merges));
                }
            }
        }

        /// <param name="tokens">Bytes and special names by id.</param>
        /// <param name="merges">In rank order.</param>
        /// <param name="table">The same rules.</param>
        /// <param name="byteIds">The token of each single byte.</param>
        internal BpeTokenizer(TokenTable tokens, Merge[] merges, MergeTable table, int[] byteIds)
        {
            _tokens = tokens;
            _merges = merges;
            _table = table;
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

        public int[] Encode(string text)
        {
            if (text is null)
            {
                throw new ArgumentNullException(nameof(text));
            }
            var ids = new List<int>((text.Length / 3) + 4);
            Encode(text.AsSpan(), ids);
            return ids.ToArray();
        }

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
            for (int i = 0; i < length; i++)
            {
                symbols[i] = _byteIds[utf8[i]];
            }
            WordMerger.MergeShort(_table, symbols.Slice(0, length), ids);
        }

        private void EncodeLongWord(ReadOnlySpan<char> word, List<int> ids)
        {
            byte[] utf8 = ArrayPool<byte>.Shared.Rent(3 * word.Length);
            int[] symbols = ArrayPool<int>.Shared.Rent(3 * word.Length);
            LongWordMerger merger = Interlocked.Exchange(ref _spare, null) ?? new LongWordMerger(_table);
            try
            {
                int length = Utf8.GetBytes(word, utf8);
                for (int i = 0; i < length; i++)
                {
                    symbols[i] = _byteIds[utf8[i]];
                }
                merger.Merge(symbols.AsSpan(0, length), ids);
                Interlocked.Exchange(ref _spare, merger);
            }
            finally
            {
                ArrayPool<int>.Shared.Return(symbols);
                ArrayPool<byte>.Shared.Return(utf8);
            }
        }
    }
}
