using System;
using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>Characters that text may not have, as a tree over their UTF-8 bytes.</summary>
    internal sealed class BannedCharacters
    {
        /// <summary>The node of the tree before a character's first byte.</summary>
        public const int Root = 0;

        /// <summary>No banned character begins so.</summary>
        public const int None = -1;

        private readonly HashSet<int> codePoints = new HashSet<int>();
        private readonly Dictionary<(int Node, byte Value), int> children = new Dictionary<(int Node, byte Value), int>();

        /// <exception cref="ArgumentException">Half a surrogate pair, which is no character.</exception>
        public BannedCharacters(string characters)
        {
            if (characters is null)
            {
                throw new ArgumentNullException(nameof(characters));
            }

            Span<byte> bytes = stackalloc byte[4];
            for (int i = 0; i < characters.Length; i += char.IsSurrogatePair(characters, i) ? 2 : 1)
            {
                if (char.IsSurrogate(characters[i]) && !char.IsSurrogatePair(characters, i))
                {
                    throw new ArgumentException(FormattableString.Invariant($"The banned characters have half a surrogate pair, U+{(int)characters[i]:X4}, at index {i}."), nameof(characters));
                }

                int codePoint = char.ConvertToUtf32(characters, i);
                if (codePoints.Add(codePoint))
                {
                    Insert(bytes.Slice(0, Encode(codePoint, bytes)));
                }
            }
        }

        /// <summary>The node after a byte; <see cref="None"/> when no banned character goes on so.</summary>
        public int Child(int node, byte value) => node != None && children.TryGetValue((node, value), out int child) ? child : None;

        /// <summary>The first banned character of a text, or -1.</summary>
        public int FindIn(string text)
        {
            for (int i = 0; i < text.Length; i++)
            {
                int codePoint = char.IsSurrogatePair(text, i) ? char.ConvertToUtf32(text, i) : text[i];
                if (codePoints.Contains(codePoint))
                {
                    return codePoint;
                }
            }

            return -1;
        }

        private static int Encode(int codePoint, Span<byte> bytes)
        {
            if (codePoint < 0x80)
            {
                bytes[0] = (byte)codePoint;
                return 1;
            }

            int length = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            for (int i = length - 1; i > 0; i--)
            {
                bytes[i] = (byte)(0x80 | (codePoint & 0x3F));
                codePoint >>= 6;
            }

            bytes[0] = (byte)((0xF00 >> length) | codePoint);
            return length;
        }

        private void Insert(ReadOnlySpan<byte> bytes)
        {
            int node = Root;
            foreach (byte value in bytes)
            {
                if (!children.TryGetValue((node, value), out int child))
                {
                    child = children.Count + 1;
                    children.Add((node, value), child);
                }

                node = child;
            }
        }
    }
}
