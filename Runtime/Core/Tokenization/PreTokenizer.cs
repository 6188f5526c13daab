using System;

namespace PrismLM.Core.Tokenization
{
    /// <summary>
    /// Cuts a text into words the way GPT-2 does:
    /// <c>'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+</c>.
    /// </summary>
    /// <remarks>A scanner and not a regular expression: linear in the text, without allocation, and equal on every runtime.</remarks>
    internal static class PreTokenizer
    {
        /// <summary>End (exclusive) of the word that starts at <paramref name="start"/>; always greater than <paramref name="start"/>.</summary>
        internal static int NextEnd(ReadOnlySpan<char> text, int start)
        {
            char first = text[start];
            if (first == '\'')
            {
                int contraction = ContractionLength(text.Slice(start + 1));
                if (contraction > 0)
                {
                    return start + 1 + contraction;
                }
            }

            int bodyStart = start;
            CharacterClass body = UnicodeClass.At(text, start, out int length);
            if (first == ' ' && start + 1 < text.Length)
            {
                CharacterClass second = UnicodeClass.At(text, start + 1, out int secondLength);
                if (second != CharacterClass.Space)
                {
                    bodyStart = start + 1;
                    body = second;
                    length = secondLength;
                }
            }

            int end = bodyStart + length;
            int last = bodyStart;
            while (end < text.Length && UnicodeClass.At(text, end, out length) == body)
            {
                last = end;
                end += length;
            }
            // \s+(?!\S): the last white space of a run goes to the word after it, unless it is all there is.
            return body == CharacterClass.Space && end < text.Length && last > bodyStart ? last : end;
        }

        private static int ContractionLength(ReadOnlySpan<char> rest)
        {
            if (rest.IsEmpty)
            {
                return 0;
            }
            char first = rest[0];
            if (first == 's' || first == 't' || first == 'm' || first == 'd')
            {
                return 1;
            }
            if (rest.Length < 2)
            {
                return 0;
            }
            char second = rest[1];
            return (first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l') ? 2 : 0;
        }
    }
}
