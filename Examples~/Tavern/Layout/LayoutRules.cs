using System;
using System.Collections.Generic;
using System.Numerics;

namespace PrismLM.Tavern.Layout
{
    /// <summary>A piece of text on the screen.</summary>
    internal readonly record struct DrawnText(string What, float Size, Vector4 Color, Vector4 Behind);

    /// <summary>The rules of the game's text, watched in every frame. A broken rule is a sentence.</summary>
    internal sealed class LayoutRules
    {
        public const float LeastTextSize = 16;

        private readonly Box screen;
        private readonly Dictionary<int, (string Text, List<TextLine> Lines)> shown = new();
        private readonly HashSet<string> broken = new(StringComparer.Ordinal);

        public LayoutRules(Box screen)
        {
            this.screen = screen;
        }

        public IReadOnlyCollection<string> Broken => broken;

        /// <summary>Frames that were looked at.</summary>
        public int Frames { get; private set; }

        /// <summary>Most bubbles that were seen together.</summary>
        public int MostBubbles { get; private set; }

        public double LeastContrast { get; private set; } = double.MaxValue;

        public void Check(IReadOnlyList<Bubble> bubbles, IReadOnlyList<Box> panels, IReadOnlyList<DrawnText> texts)
        {
            Frames++;
            int seen = 0;
            for (int i = 0; i < bubbles.Count; i++)
            {
                Bubble bubble = bubbles[i];
                CheckLines(bubble);
                if (bubble.Room == null)
                {
                    continue;
                }

                seen++;
                Require(screen.Contains(bubble.Drawn), $"the bubble of {bubble.Name} leaves the screen");
                foreach (Box panel in panels)
                {
                    Require(!panel.Overlaps(bubble.Drawn), $"the bubble of {bubble.Name} lies over a panel");
                }

                for (int j = 0; j < i; j++)
                {
                    Require(bubbles[j].Room == null || !bubbles[j].Drawn.Overlaps(bubble.Drawn), $"the bubbles of {bubbles[j].Name} and {bubble.Name} overlap");
                }
            }

            MostBubbles = Math.Max(MostBubbles, seen);
            foreach (DrawnText text in texts)
            {
                Require(text.Size >= LeastTextSize, $"{text.What} is {text.Size} px high, less than {LeastTextSize}");
                double ratio = Contrast.WorstRatio(text.Color, text.Behind);
                LeastContrast = Math.Min(LeastContrast, ratio);
                Require(ratio >= Contrast.Least, FormattableString.Invariant($"{text.What} has a contrast of {ratio:0.0}, less than {Contrast.Least}"));
            }
        }

        /// <summary>Lines that the text had before are still there, except that its last line may have become longer.</summary>
        private void CheckLines(Bubble bubble)
        {
            if (!shown.TryGetValue(bubble.Speaker, out (string Text, List<TextLine> Lines) before))
            {
                before = ("", new List<TextLine>());
                shown[bubble.Speaker] = before;
            }

            if (before.Text.Length > 0 && bubble.Text.StartsWith(before.Text, StringComparison.Ordinal))
            {
                for (int i = 0; i < before.Lines.Count; i++)
                {
                    bool last = i == before.Lines.Count - 1;
                    bool same = i < bubble.Lines.Count && bubble.Lines[i].Start == before.Lines[i].Start && (last ? bubble.Lines[i].Length >= before.Lines[i].Length : bubble.Lines[i] == before.Lines[i]);
                    Require(same, $"shown words of {bubble.Name} moved to another line");
                }
            }

            if (!ReferenceEquals(before.Text, bubble.Text))
            {
                before.Lines.Clear();
                before.Lines.AddRange(bubble.Lines);
                shown[bubble.Speaker] = (bubble.Text, before.Lines);
            }
        }

        private void Require(bool holds, string sentence)
        {
            if (!holds)
            {
                broken.Add(sentence);
            }
        }
    }
}
