using System;
using System.Buffers;
using System.Collections.Generic;
using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>The bytes of every token in one block, and the names of the special ones.</summary>
    internal sealed class TokenTable
    {
        private readonly byte[] _bytes;
        private readonly int[] _starts;
        private readonly string?[] _specialNames;
        private readonly Dictionary<string, int> _specialIds = new Dictionary<string, int>(SecretStringComparer.Instance);

        /// <param name="tokens">Bytes by id; empty for special tokens.</param>
        /// <param name="specials">Names with ids; checked by the caller.</param>
        internal TokenTable(IReadOnlyList<byte[]> tokens, IReadOnlyList<SpecialToken> specials)
        {
            _starts = new int[tokens.Count + 1];
            _specialNames = new string?[tokens.Count];
            int total = 0;
            for (int id = 0; id < tokens.Count; id++)
            {
                total += tokens[id].Length;
                _starts[id + 1] = total;
            }
            _bytes = new byte[total];
            for (int id = 0; id < tokens.Count; id++)
            {
                tokens[id].CopyTo(_bytes, _starts[id]);
            }
            foreach (SpecialToken special in specials)
            {
                _specialNames[special.Id] = special.Content;
                _specialIds.Add(special.Content, special.Id);
            }
        }

        internal int Count => _specialNames.Length;

        internal ReadOnlySpan<byte> Bytes(int id)
        {
            Check(id);
            return _bytes.AsSpan(_starts[id], _starts[id + 1] - _starts[id]);
        }

        internal string? SpecialName(int id)
        {
            Check(id);
            return _specialNames[id];
        }

        internal bool TryGetSpecial(string content, out int id) => _specialIds.TryGetValue(content, out id);

        /// <summary>Decodes ids to text; <paramref name="skipLeadingSpace"/> drops one space at the very start.</summary>
        internal string Decode(ReadOnlySpan<int> ids, bool skipLeadingSpace = false)
        {
            int length = 0;
            foreach (int id in ids)
            {
                length += Bytes(id).Length;
            }
            char[] buffer = ArrayPool<char>.Shared.Rent(Utf8StreamDecoder.MaxCharCount(length));
            try
            {
                var decoder = new Utf8StreamDecoder();
                int written = 0;
                foreach (int id in ids)
                {
                    written += decoder.Decode(Bytes(id), buffer.AsSpan(written));
                }
                written += decoder.Flush(buffer.AsSpan(written));
                int start = skipLeadingSpace && written > 0 && buffer[0] == ' ' ? 1 : 0;
                return new string(buffer, start, written - start);
            }
            finally
            {
                ArrayPool<char>.Shared.Return(buffer);
            }
        }

        private void Check(int id)
        {
            if ((uint)id >= (uint)Count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(id), id, FormattableString.Invariant($"Token {id} is outside the vocabulary: ids are 0 to {Count - 1}."));
            }
        }
    }

    /// <summary>A token that structures documents: it has a name and an id, and no text.</summary>
    internal readonly struct SpecialToken
    {
        internal SpecialToken(string content, int id)
        {
            Content = content;
            Id = id;
        }

        internal string Content { get; }

        internal int Id { get; }
    }
}
