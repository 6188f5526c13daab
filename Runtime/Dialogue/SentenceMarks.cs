using System;
using System.Collections.Generic;

namespace PrismLM.Dialogue
{
    /// <summary>The characters and words that decide where a sentence ends.</summary>
    internal static class SentenceMarks
    {
        // Ambiguous: also in numbers, names and abbreviations.
        private const string Latin = ".!?\u2026\u203C\u2047\u2048\u2049";

        // These end a sentence wherever they stand: Chinese and Japanese, Arabic, Urdu, Devanagari, Armenian, Ethiopic, Burmese, Khmer, Tibetan, Greek, Mongolian.
        private const string Certain = "\u3002\uFF01\uFF1F\uFF0E\uFF61\u061F\u06D4\u0964\u0965\u0589\u1362\u1367\u104B\u17D4\u17D5\u0F0D\u0F0E\u037E\u1803";

        private const string Closers = "\"')]}\u00BB\u203A\u2019\u201D\u300D\u300F\u3011\uFF09\u300B\u3009\uFF3D";

        /// <summary>Followed by a name, so that a capital letter after them proves nothing.</summary>
        public static IReadOnlyList<string> Abbreviations { get; } = new[]
        {
            "Mr", "Mrs", "Ms", "Dr", "St", "Sr", "Jr", "Prof", "Capt", "Lt", "Col", "Sgt", "Gen", "Maj", "Rev", "Hon", "Mt", "Ft", "Messrs", "Mme", "Mlle",
            "Hr", "Fr", "Frl", "Nr", "Sra", "Dra", "Sta", "Sto", "Sig", "Dott",
        };

        public static bool IsMark(char c) => Latin.IndexOf(c) >= 0 || IsCertain(c);

        public static bool IsCertain(char c) => Certain.IndexOf(c) >= 0;

        public static bool IsCloser(char c) => Closers.IndexOf(c) >= 0;

        public static bool IsLineBreak(char c) => c == '\n' || c == '\r' || c == '\u2028' || c == '\u2029';

        /// <summary>The letters and dots before an index: <c>e.g</c> of <c>e.g.</c></summary>
        public static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int start, int end)
        {
            int begin = end;
            while (begin > start && (char.IsLetter(text[begin - 1]) || text[begin - 1] == '.'))
            {
                begin--;
            }

            return text.Slice(begin, end - begin);
        }
    }
}
