using System;
using System.Collections.Generic;
using System.Numerics;

namespace PrismLM.Tavern.Layout
{
    /// <summary>What somebody says, above his head.</summary>
    internal sealed class Bubble
    {
        public const int MaxLines = 3;
        public const float TextWidth = 236;
        public const float Padding = 12;
        public const float TailLength = 12;

        private readonly List<TextLine> lines = new();

        /// <summary>Who speaks.</summary>
        public int Speaker { get; init; }

        public string Name { get; init; } = "";

        public bool IsPlayer { get; init; }

        /// <summary>Lines that there is room for: less than <see cref="MaxLines"/> when the whole text is known.</summary>
        public int RoomLines { get; set; } = MaxLines;

        /// <summary>Above the head of the speaker, in pixels.</summary>
        public Vector2 Anchor { get; set; }

        /// <summary>Smaller is more important.</summary>
        public float Rank { get; set; }

        /// <summary>The words that are shown.</summary>
        public string Text { get; private set; } = "";

        /// <summary>All lines of the text; the last <see cref="RoomLines"/> are seen.</summary>
        public IReadOnlyList<TextLine> Lines => lines;

        public int FirstVisible => Math.Max(0, lines.Count - RoomLines);

        /// <summary>Room for the name and <see cref="RoomLines"/> lines: a bubble that grows never needs another place. Null while there is none.</summary>
        public Box? Room { get; set; }

        /// <summary>What is drawn: as many lines as there are, at the end of the room that is next to the speaker.</summary>
        public Box Drawn { get; private set; }

        public void SetText(string text, ITextMeasure measure)
        {
            if (!string.Equals(text, Text, StringComparison.Ordinal))
            {
                Text = text;
                TextWrap.Wrap(text, TextWidth, measure, lines);
            }
        }

        public Vector2 RoomSize(ITextMeasure measure) => new(TextWidth + 2 * Padding, (RoomLines + 1) * measure.LineHeight + 2 * Padding);

        public void Settle(ITextMeasure measure)
        {
            if (Room is not Box room)
            {
                return;
            }

            float height = (1 + Math.Clamp(lines.Count, 1, RoomLines)) * measure.LineHeight + 2 * Padding;
            bool above = room.Bottom <= Anchor.Y + 1;
            Drawn = room with { Top = above ? room.Bottom - height : room.Top, Height = height };
        }
    }
}
