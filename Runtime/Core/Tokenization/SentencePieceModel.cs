using System;
using System.Collections.Generic;

namespace PrismLM.Core.Tokenization
{
    /// <summary>The tables of a SentencePiece BPE: pieces, bytes, characters and ranked rules.</summary>
    internal sealed class SentencePieceModel
    {
        private readonly string[] _pieces;
        private readonly int[] _byteIds;
        private readonly bool[] _isByte;
        private readonly Dictionary<int, int> _characters = new Dictionary<int, int>();
        private readonly List<Merge> _merges = new List<Merge>();

        /// <param name="pieces">Text by id, a space as a space; a name for special tokens, anything for byte tokens.</param>
        /// <param name="specials">Special tokens.</param>
        /// <param name="byteIds">The token of each byte.</param>
        /// <param name="mergeCapacity">Most rules that will be added.</param>
        internal SentencePieceModel(string[] pieces, IReadOnlyList<SpecialToken> specials, int[] byteIds, int mergeCapacity)
        {
            _pieces = pieces;
            _byteIds = byteIds;
            _isByte = new bool[pieces.Length];
            Table = new MergeTable(mergeCapacity);
            var bytes = new byte[pieces.Length][];
            for (int value = 0; value < byteIds.Length; value++)
            {
                _isByte[byteIds[value]] = true;
                bytes[byteIds[value]] = new[] { (byte)value };
            }
            foreach (SpecialToken special in specials)
            {
                bytes[special.Id] = Array.Empty<byte>();
            }
            for (int id = 0; id < pieces.Length; id++)
            {
                if (bytes[id] is null)
                {
                    bytes[id] = new byte[3 * pieces[id].Length];
                    Array.Resize(ref bytes[id], Utf8.GetBytes(pieces[id], bytes[id]));
                    AddCharacter(id);
                }
            }
            Tokens = new TokenTable(bytes, specials);
        }

        internal TokenTable Tokens { get; }

        internal MergeTable Table { get; }

        internal IReadOnlyList<Merge> Merges => _merges;

        internal string Piece(int id) => _pieces[id];

        internal bool IsByte(int id) => _isByte[id];

        /// <summary>Adds a rule after all others; it shares the last rule's rank when it makes the same token. False when the pair has a rule.</summary>
        internal bool TryAddMerge(Merge merge)
        {
            bool shares = _merges.Count > 0 && _merges[_merges.Count - 1].Result == merge.Result;
            if (!Table.TryAdd(merge, shares))
            {
                return false;
            }
            _merges.Add(merge);
            return true;
        }

        /// <summary>The token of each character of a text with a space before it, or of each of its bytes; returns their number.</summary>
        internal int Split(ReadOnlySpan<char> text, Span<int> symbols)
        {
            int count = 0;
            AddSymbol(' ', 1, " ".AsSpan(), symbols, ref count);
            for (int i = 0; i < text.Length;)
            {
                int codePoint = CodePoint(text, i, out int length);
                AddSymbol(codePoint, length, text.Slice(i, length), symbols, ref count);
                i += length;
            }
            return count;
        }

        /// <summary>The character at an index; a lone surrogate is U+FFFD.</summary>
        internal static int CodePoint(ReadOnlySpan<char> text, int index, out int length)
        {
            char first = text[index];
            length = 1;
            if (!char.IsSurrogate(first))
            {
                return first;
            }
            if (!char.IsHighSurrogate(first) || index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
            {
                return 0xFFFD;
            }
            length = 2;
            return char.ConvertToUtf32(first, text[index + 1]);
        }

        private void AddSymbol(int codePoint, int length, ReadOnlySpan<char> character, Span<int> symbols, ref int count)
        {
            if (_characters.TryGetValue(codePoint, out int id))
            {
                symbols[count++] = id;
                return;
            }
            Span<byte> utf8 = stackalloc byte[3 * 2];
            int bytes = Utf8.GetBytes(character.Slice(0, length), utf8);
            for (int i = 0; i < bytes; i++)
            {
                symbols[count++] = _byteIds[utf8[i]];
            }
        }

        private void AddCharacter(int id)
        {
            if (_pieces[id].Length > 0)
            {
                int codePoint = CodePoint(_pieces[id].AsSpan(), 0, out int length);
                if (length == _pieces[id].Length)
                {
                    _characters[codePoint] = id;
                }
            }
        }
    }
}
