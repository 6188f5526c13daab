using System;
using System.Collections.Generic;
using System.Numerics;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Painting;
using PrismLM.Tavern.Rendering;
using SkiaSharp;

namespace PrismLM.Tavern.Scene
{
    /// <summary>Speech bubbles where the layout wants them.</summary>
    internal sealed class BubbleDrawer
    {
        private const float Radius = 13;

        private readonly Art art;

        public BubbleDrawer(Art art)
        {
            this.art = art;
        }

        public void Draw(QuadBatch batch, IReadOnlyList<Bubble> bubbles, List<DrawnText> texts)
        {
            foreach (Bubble bubble in bubbles)
            {
                if (bubble.Room != null)
                {
                    Draw(batch, bubble, texts);
                }
            }
        }

        private void Draw(QuadBatch batch, Bubble bubble, List<DrawnText> texts)
        {
            SKColor paper = bubble.IsPlayer ? Colors.PlayerPaper : Colors.Parchment;
            Vector4 edge = (bubble.IsPlayer ? Colors.PlayerEdge : Colors.ParchmentEdge).ToVector();
            Vector4 name = (bubble.IsPlayer ? Colors.PlayerName : Colors.Name).ToVector();
            Vector4 ink = Colors.Ink.ToVector();
            Box box = bubble.Drawn;
            batch.Shape(box with { Top = box.Top + 4 }, new Vector4(0.05f, 0.02f, 0, 0.4f), Radius + 3, 8);
            Tail(batch, bubble, edge, 2);
            batch.Shape(box, edge, Radius);
            batch.Shape(box.Grown(-2), paper.ToVector(), Radius - 2);
            Tail(batch, bubble, paper.ToVector(), 0);
            var pen = new Vector2(box.Left + Bubble.Padding, box.Top + Bubble.Padding - 3);
            batch.Text(art.Names, bubble.Name, pen, name);
            batch.Shape(new Box(pen.X, pen.Y + art.Names.LineHeight + 0.5f, box.Width - 2 * Bubble.Padding, 1), edge with { W = 0.35f }, 0);
            for (int i = bubble.FirstVisible; i < bubble.Lines.Count; i++)
            {
                pen.Y += art.Text.LineHeight;
                TextLine line = bubble.Lines[i];
                batch.Text(art.Text, bubble.Text.AsSpan(line.Start, line.Length), pen + new Vector2(0, 4), ink);
            }

            texts.Add(new DrawnText("a name in a bubble", art.Names.Size, name, paper.ToVector()));
            texts.Add(new DrawnText("the text of a bubble", art.Text.Size, ink, paper.ToVector()));
        }

        /// <summary>Points from the nearest edge to the speaker.</summary>
        private static void Tail(QuadBatch batch, Bubble bubble, Vector4 color, float grow)
        {
            Box box = bubble.Drawn;

            // From below it points to the feet: nobody's face is crossed.
            Vector2 target = box.Top > bubble.Anchor.Y + 60 ? bubble.Anchor + new Vector2(0, 90) : bubble.Anchor;
            var root = new Vector2(Math.Clamp(target.X, box.Left + 20, box.Right - 20), Math.Clamp(target.Y, box.Top + 4, box.Bottom - 4));
            Vector2 to = target - root;
            float length = to.Length();
            if (length < 2)
            {
                return;
            }

            // Beads that grow smaller on the way to the head, as a comic draws it.
            to /= length;
            int beads = (int)Math.Clamp(length / 5, 2, 12);
            for (int i = 0; i < beads; i++)
            {
                float share = (float)i / beads;
                float radius = 8 - 5.5f * share + grow;
                batch.Shape(Box.Around(root + to * Math.Min(length - 3, share * Math.Min(length, 60)), new Vector2(radius * 2)), color, radius);
            }
        }
    }
}
