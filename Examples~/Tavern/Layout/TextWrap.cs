using System;
using System.Collections.Generic;

namespace PrismLM.Tavern.Layout
{
    /// <summary>A line of a text: characters from start to end, without the space that the break took the place of.</summary>
    internal readonly record struct TextLine(int Start, int Length)
    {
        public int End => Start + Length;
    }

    /// <summary>
    /// Breaks a text into lines, greedily from the left. Whatever words are added at the end, lines that are full stay as they are, so shown words never move to
    /// another line.
    /// </summary>
    internal static class TextWrap
    {
        public static void Wrap(ReadOnlySpan<char> text, float maxWidth, ITextMeasure measure, List<TextLine> lines)
        {
            lines.Clear();
            int start = 0;
            while (start < text.Length)
            {
                if (text[start] is ' ' or '\n')
                {
                    start++;
                    continue;
                }

                int end = LineEnd(text, start, maxWidth, measure);
                int length = end - start;
                while (length > 0 && text[start + length - 1] == ' ')
                {
                    length--;
                }

                lines.Add(new TextLine(start, length));
                start = end;
            }
        }

        public static float Width(ReadOnlySpan<char> text, ITextMeasure measure)
        {
            float width = 0;
            foreach (char letter in text)
            {
                width += measure.Advance(letter);
            }

            return width;
        }

        private static int LineEnd(ReadOnlySpan<char> text, int start, float maxWidth, ITextMeasure measure)
        {
            float width = 0;
            int lastSpace = -1;
            for (int i = start; i < text.Length; i++)
            {
                if (text[i] == '\n')
                {
                    return i;
                }

                if (text[i] == ' ')
                {
                    lastSpace = i;
                }

                width += measure.Advance(text[i]);
                if (width > maxWidth && text[i] != ' ')
                {
                    // A word that is wider than a line is cut.
                    return lastSpace >= 0 ? lastSpace : Math.Max(i, start + 1);
                }
            }

            return text.Length;
        }
    }
}
