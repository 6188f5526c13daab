using System;
using PrismLM.Tavern.Game;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>Where somebody looks.</summary>
    internal enum Facing
    {
        Down,
        Up,
        Right,
        Left,
    }

    /// <summary>The pictures of one person.</summary>
    internal readonly record struct PersonSprites(Sprite Down, Sprite Up, Sprite Right)
    {
        public Sprite For(Facing facing) => facing switch
        {
            Facing.Up => Up,
            Facing.Right => Right,
            Facing.Left => Right.Mirrored,
            _ => Down,
        };
    }

    /// <summary>People with large heads, seen a little from above; the feet are drawn apart because they walk.</summary>
    internal static class PersonPainter
    {
        /// <summary>In scene pixels; the feet stand at the middle of the lower edge.</summary>
        public const int Width = 60;
        public const int Height = 82;

        private const float Scale = 2;
        private const float Middle = 30;
        private static readonly SKColor Line = SKColor.Parse("#2a1609");

        public static PersonSprites Paint(SpriteSheet sheet, Look look) => new(
            Add(sheet, canvas => Person(canvas, look, Facing.Down)), Add(sheet, canvas => Person(canvas, look, Facing.Up)), Add(sheet, canvas => Person(canvas, look, Facing.Right)));

        private static Sprite Add(SpriteSheet sheet, Action<SKCanvas> paint) => sheet.Add((int)(Width * Scale), (int)(Height * Scale), Scale, canvas =>
        {
            canvas.Scale(Scale);
            paint(canvas);
            using var dusk = new SKPaint { Color = SKColor.Parse("#f0cfa8"), BlendMode = SKBlendMode.Modulate };
            canvas.DrawRect(0, 0, Width, Height, dusk);
        });

        private static void Person(SKCanvas canvas, Look look, Facing facing)
        {
            bool side = facing == Facing.Right;
            if (look.LongHair && facing != Facing.Up)
            {
                canvas.Fill(Brush.Rect(side ? 11 : 11, 20, side ? 24 : 38, 34), 13, look.Hair.Shade(-0.1f), look.Hair.Shade(-0.35f));
            }

            Body(canvas, look, facing);
            Head(canvas, look, facing);
            HeadPainter.Paint(canvas, look, facing);
        }

        private static void Body(SKCanvas canvas, Look look, Facing facing)
        {
            bool side = facing == Facing.Right;
            float half = side ? 11 : 14.5f;
            float hem = half + (look.Skirt ? 6 : 1.5f);
            using var torso = new SKPath();
            torso.MoveTo(Middle - half + 3, 44);
            torso.QuadTo(Middle, 40, Middle + half - 3, 44);
            torso.QuadTo(Middle + half + 1, 48, Middle + hem, 75);
            torso.QuadTo(Middle, 80, Middle - hem, 75);
            torso.QuadTo(Middle - half - 1, 48, Middle - half + 3, 44);
            torso.Close();
            canvas.Fill(torso, Brush.Rect(0, 40, 60, 40), look.Cloth.Shade(0.14f), look.Cloth.Shade(-0.24f));
            canvas.Save();
            canvas.ClipPath(torso, antialias: true);
            if (look.Apron && facing != Facing.Up)
            {
                float shift = side ? 5 : 0;
                canvas.Fill(Brush.Rect(Middle - 9 + shift, 50, 18, 27), 3, SKColor.Parse("#efe4ca"), SKColor.Parse("#c5b48d"));
                canvas.Line(Middle - 8 + shift, 50, Middle - 10 + shift, 42, SKColor.Parse("#d9cba8"), 2);
                canvas.Line(Middle + 8 + shift, 50, Middle + 10 + shift, 42, SKColor.Parse("#d9cba8"), 2);
            }

            canvas.Fill(Brush.Rect(0, 60, 60, 4.5f), 0, look.Trim.Shade(-0.1f), look.Trim.Shade(-0.4f));
            if (!side)
            {
                canvas.Fill(Brush.Rect(Middle - 3, 59.5f, 6, 5.5f), 1, SKColor.Parse("#e5c36b"), SKColor.Parse("#97752c"));
            }

            canvas.Line(Middle - hem, 74, Middle + hem, 74, look.Trim.Fade(0.7f), 2);
            canvas.Restore();
            canvas.Stroke(torso, Line, 1.8f);
            Arms(canvas, look, facing, half);
        }

        private static void Arms(SKCanvas canvas, Look look, Facing facing, float half)
        {
            float[] sides = facing == Facing.Right ? new[] { 0.05f } : new[] { -1f, 1f };
            foreach (float side in sides)
            {
                float x = Middle + side * (half + 1.5f);
                using var arm = new SKPath();
                arm.AddRoundRect(Brush.Rect(x - 4.2f, 45, 8.4f, 18), 4.2f, 4.2f);
                canvas.Fill(arm, Brush.Rect(0, 45, 60, 18), look.Cloth.Shade(0.06f), look.Cloth.Shade(-0.2f));
                canvas.Stroke(arm, Line, 1.6f);
                canvas.Ball(x, 64, 3.8f, 3.6f, look.Skin.Shade(0.1f), look.Skin.Shade(-0.15f));
                canvas.OvalOutline(x, 64, 3.8f, 3.6f, Line, 1.3f);
            }
        }

        private static void Head(SKCanvas canvas, Look look, Facing facing)
        {
            canvas.Ball(Middle, 26, 17, 16.5f, look.Skin.Shade(0.12f), look.Skin.Shade(-0.2f));
            canvas.OvalOutline(Middle, 26, 17, 16.5f, Line, 1.8f);
            if (facing == Facing.Up)
            {
                return;
            }

            float look0 = facing == Facing.Right ? 6 : 0;
            float[] eyes = facing == Facing.Right ? new[] { 7.5f } : new[] { -6.5f, 6.5f };
            foreach (float eye in eyes)
            {
                canvas.Oval(Middle + eye + look0 * 0.3f, 28, 2.1f, 3, SKColor.Parse("#22130a"));
                canvas.Oval(Middle + eye + look0 * 0.3f + 0.7f, 26.8f, 0.8f, 0.9f, SKColors.White);
                canvas.Oval(Middle + eye * 1.45f + look0 * 0.1f, 33.2f, 3, 1.8f, SKColor.Parse("#e0705a").Fade(0.4f));
                canvas.Line(Middle + eye - 2.6f + look0 * 0.3f, 23.3f, Middle + eye + 2.4f + look0 * 0.3f, 22.8f, look.Hair.Shade(-0.25f), 1.5f);
            }

            using var mouth = new SKPath();
            float x = Middle + look0 * 1.3f;
            mouth.MoveTo(x - 2.8f, 35.2f);
            mouth.QuadTo(x, 37.4f, x + 2.8f, 35.2f);
            if (look.Beard)
            {
                Beard(canvas, look, facing);
            }

            canvas.Stroke(mouth, SKColor.Parse("#6b2a1c"), 1.5f);
        }

        private static void Beard(SKCanvas canvas, Look look, Facing facing)
        {
            float shift = facing == Facing.Right ? 4 : 0;
            using var beard = new SKPath();
            beard.MoveTo(Middle - 15 + shift, 29);
            beard.QuadTo(Middle - 8 + shift, 34, Middle + shift, 32.5f);
            beard.QuadTo(Middle + 8 + shift, 34, Middle + 15 + shift * 0.3f, 29);
            beard.QuadTo(Middle + 14, 44, Middle + shift, 47);
            beard.QuadTo(Middle - 14, 44, Middle - 15 + shift, 29);
            beard.Close();
            canvas.Fill(beard, Brush.Rect(0, 29, 60, 18), look.Hair.Shade(0.08f), look.Hair.Shade(-0.25f));
            canvas.Stroke(beard, Line.Fade(0.8f), 1.2f);
        }
    }
}
