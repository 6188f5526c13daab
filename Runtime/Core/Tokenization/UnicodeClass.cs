using System;

namespace PrismLM.Core.Tokenization
{
    /// <summary>The four classes of characters that the GPT-2 pre-tokenizer tells apart.</summary>
    internal enum CharacterClass : byte
    {
        Other,
        Letter,
        Number,
        Space,
    }

    /// <summary>Classifies code points by the fixed tables of <see cref="UnicodeRanges"/>.</summary>
    internal static class UnicodeClass
    {
        private static readonly CharacterClass[] Ascii = BuildAscii();

        /// <summary>The class of the character at <paramref name="index"/>; a lone surrogate counts as U+FFFD, which is what it is encoded as.</summary>
        /// <param name="text">The text.</param>
        /// <param name="index">Start of a character.</param>
        /// <param name="length">UTF-16 units of the character: 1 or 2.</param>
        internal static CharacterClass At(ReadOnlySpan<char> text, int index, out int length)
        {
            char first = text[index];
            length = 1;
            if (first < 0x80)
            {
                return Ascii[first];
            }
            if (first < 0xD800 || first > 0xDBFF)
            {
                return Of(first);
            }
            if (index + 1 >= text.Length || !char.IsLowSurrogate(text[index + 1]))
            {
                return CharacterClass.Other;
            }
            length = 2;
            return Of(0x10000 + ((first - 0xD800) << 10) + (text[index + 1] - 0xDC00));
        }

        internal static CharacterClass Of(int codePoint)
        {
            if (codePoint < 0x80)
            {
                return Ascii[codePoint];
            }
            if (IsSpaceAboveAscii(codePoint))
            {
                return CharacterClass.Space;
            }
            if (Contains(UnicodeRanges.Letters, codePoint))
            {
                return CharacterClass.Letter;
            }
            return Contains(UnicodeRanges.Numbers, codePoint) ? CharacterClass.Number : CharacterClass.Other;
        }

        /// <summary>White_Space of the Unicode character database, which is what <c>\s</c> means in the tokenizers' regular expressions.</summary>
        private static bool IsSpaceAboveAscii(int codePoint)
        {
            return codePoint == 0x85 || codePoint == 0xA0 || codePoint == 0x1680 || (codePoint >= 0x2000 && codePoint <= 0x200A)
                || codePoint == 0x2028 || codePoint == 0x2029 || codePoint == 0x202F || codePoint == 0x205F || codePoint == 0x3000;
        }

        private static bool Contains(int[] ranges, int codePoint)
        {
            int low = 0;
            int high = (ranges.Length / 2) - 1;
            while (low <= high)
            {
                int middle = (low + high) >> 1;
                if (codePoint < ranges[2 * middle])
                {
                    high = middle - 1;
                }
                else if (codePoint > ranges[(2 * middle) + 1])
                {
                    low = middle + 1;
                }
                else
                {
                    return true;
                }
            }
            return false;
        }

        private static CharacterClass[] BuildAscii()
        {
            var classes = new CharacterClass[0x80];
            for (int c = 0; c < classes.Length; c++)
            {
                bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                bool space = c == ' ' || (c >= '\t' && c <= '\r');
                classes[c] = letter ? CharacterClass.Letter
                    : c >= '0' && c <= '9' ? CharacterClass.Number
                    : space ? CharacterClass.Space
                    : CharacterClass.Other;
            }
            return classes;
        }
    }
}
