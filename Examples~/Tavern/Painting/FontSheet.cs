using System;
using System.Collections.Generic;
using System.IO;
using System.Numerics;
using PrismLM.Tavern.Layout;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>Letters of one size, on the sheet. The font is Vollkorn (SIL Open Font License), inside the program.</summary>
    internal sealed class FontSheet : ITextMeasure
    {
        private const char Unknown = '?';

        private readonly Dictionary<char, Letter> letters = new();
        private readonly Letter unknown;

        private FontSheet(SKFont font, SpriteSheet sheet)
        {
            Size = font.Size;
            SKFontMetrics metrics = font.Metrics;
            Ascent = MathF.Ceiling(-metrics.Ascent);
            LineHeight = MathF.Ceiling(font.Size * 1.28f);
            foreach (char letter in Alphabet())
            {
                if (font.ContainsGlyph(letter))
                {
                    letters[letter] = Paint(font, sheet, letter);
                }
            }

            unknown = letters[Unknown];
        }

        public float Size { get; }

        public float LineHeight { get; }

        /// <summary>From the top of a line to its base line.</summary>
        public float Ascent { get; }

        public float Advance(char letter) => Find(letter).Advance;

        public Letter Find(char letter) => letters.TryGetValue(letter, out Letter found) ? found : unknown;

        public static SKTypeface LoadTypeface()
        {
            using Stream stream = typeof(FontSheet).Assembly.GetManifestResourceStream("Vollkorn-Medium.ttf") ?? throw new TavernException("The program lacks its font.");
            using SKData data = SKData.Create(stream);
            return SKTypeface.FromData(data) ?? throw new TavernException("The font cannot be read.");
        }

        public static FontSheet Paint(SKTypeface typeface, float size, bool bold, SpriteSheet sheet)
        {
            using var font = new SKFont(typeface, size) { Edging = SKFontEdging.Antialias, Hinting = SKFontHinting.Slight, Embolden = bold };
            return new FontSheet(font, sheet);
        }

        private static Letter Paint(SKFont font, SpriteSheet sheet, char letter)
        {
            string text = letter.ToString();
            float advance = MathF.Round(font.MeasureText(text, out SKRect bounds));
            if (bounds.Width <= 0)
            {
                return new Letter(default, default, advance);
            }

            int left = (int)MathF.Floor(bounds.Left) - 1;
            int top = (int)MathF.Floor(bounds.Top) - 1;
            int width = (int)MathF.Ceiling(bounds.Right) + 1 - left;
            int height = (int)MathF.Ceiling(bounds.Bottom) + 1 - top;
            Sprite sprite = sheet.Add(width, height, 1, canvas =>
            {
                using var paint = new SKPaint { Color = SKColors.White, IsAntialias = true };
                canvas.DrawText(text, -left, -top, font, paint);
            });
            return new Letter(sprite, new Vector2(left, top), advance);
        }

        private static IEnumerable<char> Alphabet()
        {
            foreach ((char first, char last) in new[] { (' ', '~'), ('\u00a0', '\u017f'), ('\u0400', '\u045f'), ('\u2010', '\u2026'), ('\u20ac', '\u20ac') })
            {
                for (char letter = first; letter <= last; letter++)
                {
                    yield return letter;
                }
            }
        }
    }

    /// <summary>A letter on the sheet.</summary>
    /// <param name="Sprite">Its picture; without size for a space.</param>
    /// <param name="Offset">Of the picture from the pen on the base line.</param>
    /// <param name="Advance">Of the pen.</param>
    internal readonly record struct Letter(Sprite Sprite, Vector2 Offset, float Advance);
}
