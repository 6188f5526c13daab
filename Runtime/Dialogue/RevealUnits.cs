using System;
using System.Globalization;

namespace PrismLM.Dialogue
{
    /// <summary>The pieces in which text is shown: words with the space before them; in scripts without spaces, characters with the marks that follow them.</summary>
    internal static class RevealUnits
    {
        /// <summary>The end of the piece that begins at <paramref name="start"/>; the start itself when it may still grow.</summary>
        public static int Next(ReadOnlySpan<char> text, int start, bool isComplete)
        {
            int i = start;
            while (i < text.Length && char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i == text.Length)
            {
                return isComplete ? i : start;
            }

            int begin = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]))
            {
                if (i > begin && StandsAlone(text[i]) && !Clings(text, i))
                {
                    return i;
                }

                if (i > begin && StandsAlone(text[i - 1]) && !Clings(text, i))
                {
                    return i;
                }

                i++;
            }

            return i < text.Length || isComplete ? i : start;
        }

        public static bool EndsSentence(ReadOnlySpan<char> text)
        {
            int i = text.Length - 1;
            while (i > 0 && SentenceMarks.IsCloser(text[i]))
            {
                i--;
            }

            return i >= 0 && SentenceMarks.IsMark(text[i]);
        }

        public static bool EndsClause(ReadOnlySpan<char> text)
            => text.Length > 0 && ",;:\u2013\u2014\u3001\uFF0C\uFF1B\uFF1A\u060C\u061B".IndexOf(text[text.Length - 1]) >= 0;

        /// <summary>Han, kana and their marks: lines may break between any two. Hangul and Thai are shown as their spaces divide them.</summary>
        private static bool StandsAlone(char c)
            => (c >= '\u3001' && c <= '\u30FF') || (c >= '\u3400' && c <= '\u9FFF') || (c >= '\uF900' && c <= '\uFAFF') || (c >= '\uFF01' && c <= '\uFF60');

        /// <summary>Never first on a line: closing marks, small kana, combining marks.</summary>
        private static bool Clings(ReadOnlySpan<char> text, int index)
        {
            char c = text[index];
            if (SentenceMarks.IsMark(c) || SentenceMarks.IsCloser(c) || EndsClause(text.Slice(0, index + 1)) || char.IsLowSurrogate(c))
            {
                return true;
            }

            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(c);
            return category == UnicodeCategory.NonSpacingMark || category == UnicodeCategory.SpacingCombiningMark || category == UnicodeCategory.EnclosingMark
                || c == '\u200D' || (index > 0 && text[index - 1] == '\u200D') || Opens(text[index - 1])
                || "\u3041\u3043\u3045\u3047\u3049\u3063\u3083\u3085\u3087\u308E\u30A1\u30A3\u30A5\u30A7\u30A9\u30C3\u30E3\u30E5\u30E7\u30EE\u30FC\u3005".IndexOf(c) >= 0;
        }

        /// <summary>Never last on a line.</summary>
        private static bool Opens(char c) => c == '\u300C' || c == '\u300E' || c == '\u3010' || c == '\uFF08' || c == '\u300A' || c == '\u3008';
    }
}
