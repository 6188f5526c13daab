using System;
using System.Numerics;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Painting;
using PrismLM.Tavern.Rendering;

namespace PrismLM.Tavern.Scene
{
    internal static class TextDrawer
    {
        /// <param name="batch">Receives a quad a letter.</param>
        /// <param name="font">Which letters.</param>
        /// <param name="text">One line.</param>
        /// <param name="at">Left end of the top of the line.</param>
        /// <param name="color">Straight alpha.</param>
        /// <returns>Where the pen stands after it.</returns>
        public static float Text(this QuadBatch batch, FontSheet font, ReadOnlySpan<char> text, Vector2 at, Vector4 color)
        {
            var pen = new Vector2(MathF.Round(at.X), MathF.Round(at.Y) + font.Ascent);
            foreach (char character in text)
            {
                Letter letter = font.Find(character);
                Vector2 size = letter.Sprite.Size;
                if (size.X > 0)
                {
                    batch.Sheet(new Box(pen.X + letter.Offset.X, pen.Y + letter.Offset.Y, size.X, size.Y), letter.Sprite.Uv, color);
                }

                pen.X += letter.Advance;
            }

            return pen.X;
        }
    }
}
