using System;
using System.Collections.Generic;
using System.Numerics;
using PrismLM.Tavern.Game;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>Tables, stools, barrels: painted at twice their size, drawn between the people by their feet.</summary>
    internal static class PropPainter
    {
        private const float Scale = 2;

        public static Dictionary<PropKind, Sprite> Paint(SpriteSheet sheet) => new()
        {
            [PropKind.RoundTable] = Add(sheet, 132, 112, RoundTable),
            [PropKind.LongTable] = Add(sheet, 240, 122, LongTable),
            [PropKind.Stool] = Add(sheet, 34, 36, Stool),
            [PropKind.Barrel] = Add(sheet, 52, 66, Barrel),
            [PropKind.Crate] = Add(sheet, 62, 58, Crate),
            [PropKind.Counter] = Add(sheet, 376, 96, Counter),
            [PropKind.Plant] = Add(sheet, 56, 74, Plant),
        };

        private static Sprite Add(SpriteSheet sheet, int width, int height, Action<SKCanvas> paint) =>
            sheet.Add((int)(width * Scale), (int)(height * Scale), Scale, canvas =>
            {
                canvas.Scale(Scale);
                paint(canvas);
                Dim(canvas, width, height);
            });

        /// <summary>The room's dusk, over what was painted alone.</summary>
        private static void Dim(SKCanvas canvas, float width, float height)
        {
            using var dusk = new SKPaint { Color = SKColor.Parse("#e0ab7e"), BlendMode = SKBlendMode.Modulate };
            canvas.DrawRect(0, 0, width, height, dusk);
        }

        private static void RoundTable(SKCanvas canvas)
        {
            canvas.Fill(Brush.Rect(54, 60, 24, 44), 6, Colors.WoodDark.Shade(0.1f), Colors.WoodDark.Shade(-0.4f));
            canvas.Oval(66, 103, 26, 8, Colors.WoodDark.Shade(-0.3f));
            canvas.Oval(66, 59, 60, 38, Colors.WoodDark.Shade(-0.2f));
            canvas.Ball(66, 50, 60, 38, Colors.WoodLight.Shade(0.08f), Colors.Wood.Shade(-0.2f));
            canvas.Save();
            using (var clip = new SKPath())
            {
                clip.AddOval(new SKRect(6, 12, 126, 88));
                canvas.ClipPath(clip, antialias: true);
                for (int i = 1; i < 6; i++)
                {
                    canvas.Line(0, 12 + i * 13, 132, 12 + i * 13, Colors.WoodDark.Fade(0.35f), 1);
                }
            }

            canvas.Restore();
            canvas.OvalOutline(66, 50, 59, 37, Colors.WoodLight.Shade(0.25f).Fade(0.45f), 1.4f);
            Plate(canvas, 36, 52, true);
            Plate(canvas, 97, 46, false);
            Tankard(canvas, 50, 66);
            Tankard(canvas, 84, 66);
            Candle(canvas, 66, 46);
        }

        private static void LongTable(SKCanvas canvas)
        {
            foreach (float x in new[] { 18f, 202f })
            {
                canvas.Fill(Brush.Rect(x, 70, 18, 46), 3, Colors.WoodDark.Shade(0.1f), Colors.WoodDark.Shade(-0.4f));
            }

            canvas.Fill(Brush.Rect(4, 26, 232, 68), 9, Colors.WoodDark, Colors.WoodDark.Shade(-0.35f));
            canvas.Fill(Brush.Rect(4, 14, 232, 68), 9, Colors.WoodLight.Shade(0.05f), Colors.Wood.Shade(-0.12f));
            for (int i = 1; i < 4; i++)
            {
                canvas.Line(8, 14 + i * 17, 232, 14 + i * 17, Colors.WoodDark.Fade(0.45f), 1.2f);
            }

            canvas.Outline(Brush.Rect(5, 15, 230, 66), 8, Colors.WoodLight.Shade(0.3f).Fade(0.45f), 1.4f);
            canvas.Fill(Brush.Rect(84, 15, 72, 66), 0, SKColor.Parse("#9c3a2c"), SKColor.Parse("#7a281f"));
            canvas.Line(90, 15, 90, 81, SKColor.Parse("#dcb364"), 2);
            canvas.Line(150, 15, 150, 81, SKColor.Parse("#dcb364"), 2);
            Plate(canvas, 40, 46, true);
            Plate(canvas, 200, 48, false);
            Tankard(canvas, 64, 68);
            Tankard(canvas, 178, 40);
            Tankard(canvas, 218, 70);
            Bread(canvas, 120, 60);
            Candle(canvas, 104, 40);
            Candle(canvas, 136, 40);
        }

        private static void Counter(SKCanvas canvas)
        {
            canvas.Fill(Brush.Rect(4, 34, 368, 60), 4, Colors.Wood.Shade(-0.2f), Colors.WoodDark.Shade(-0.35f));
            for (int x = 14; x < 360; x += 44)
            {
                canvas.Fill(Brush.Rect(x, 46, 36, 40), 3, Colors.Wood.Shade(-0.08f), Colors.WoodDark.Shade(-0.1f));
                canvas.Outline(Brush.Rect(x + 3, 49, 30, 34), 2, Colors.WoodDark.Shade(-0.4f).Fade(0.7f), 1.4f);
            }

            canvas.Fill(Brush.Rect(0, 12, 376, 28), 6, Colors.WoodLight.Shade(0.12f), Colors.Wood.Shade(-0.05f));
            canvas.Line(6, 38, 370, 38, Colors.WoodDark.Shade(-0.3f), 2.5f);
            canvas.Line(6, 14.5f, 370, 14.5f, Colors.WoodLight.Shade(0.4f).Fade(0.6f), 1.2f);
            Keg(canvas, 318, 4);
            Tankard(canvas, 60, 30);
            Tankard(canvas, 82, 33);
            Tankard(canvas, 250, 31);
            Candle(canvas, 28, 30);
            Candle(canvas, 216, 30);
            Plate(canvas, 140, 26, true);
        }

        private static void Keg(SKCanvas canvas, float x, float y)
        {
            canvas.Fill(Brush.Rect(x, y, 46, 28), 9, SKColor.Parse("#a9713d"), SKColor.Parse("#5d3819"));
            foreach (float dx in new[] { 8f, 36f })
            {
                canvas.Line(x + dx, y + 1, x + dx, y + 27, SKColor.Parse("#4b4640"), 3);
            }

            canvas.Fill(Brush.Rect(x + 19, y + 18, 8, 10), 2, SKColor.Parse("#d8b45a"), SKColor.Parse("#8b6a25"));
        }

        private static void Stool(SKCanvas canvas)
        {
            canvas.Line(8, 18, 6, 33, Colors.WoodDark.Shade(-0.2f), 4);
            canvas.Line(26, 18, 28, 33, Colors.WoodDark.Shade(-0.2f), 4);
            canvas.Oval(17, 16, 15, 10, Colors.WoodDark.Shade(-0.1f));
            canvas.Ball(17, 12, 15, 10, Colors.WoodLight.Shade(0.1f), Colors.Wood.Shade(-0.15f));
            canvas.OvalOutline(17, 12, 9, 5.6f, Colors.WoodDark.Fade(0.4f), 1);
        }

        private static void Barrel(SKCanvas canvas)
        {
            using var body = new SKPath();
            body.MoveTo(6, 14);
            body.QuadTo(-2, 38, 7, 60);
            body.QuadTo(26, 70, 45, 60);
            body.QuadTo(54, 38, 46, 14);
            body.Close();
            canvas.Fill(body, Brush.Rect(0, 10, 52, 54), SKColor.Parse("#9a6634"), SKColor.Parse("#533116"));
            for (int i = 1; i < 5; i++)
            {
                canvas.Line(6 + i * 8.2f, 18, 5 + i * 8.6f, 62, Colors.WoodDark.Shade(-0.3f).Fade(0.6f), 1.2f);
            }

            using var hoops = new SKPath();
            foreach (float y in new[] { 28f, 50f })
            {
                hoops.MoveTo(2.5f, y);
                hoops.QuadTo(26, y + 9, 49.5f, y);
            }

            canvas.Stroke(hoops, SKColor.Parse("#58534d"), 4);
            canvas.Oval(26, 14, 21, 9, SKColor.Parse("#5d3819"));
            canvas.Ball(26, 13, 19, 7.5f, SKColor.Parse("#bd8347"), SKColor.Parse("#7f5227"));
        }

        private static void Crate(SKCanvas canvas)
        {
            canvas.Fill(Brush.Rect(2, 22, 58, 34), 2, Colors.Wood.Shade(-0.05f), Colors.WoodDark);
            canvas.Fill(Brush.Rect(2, 4, 58, 22), 2, Colors.WoodLight, Colors.Wood);
            for (int i = 1; i < 3; i++)
            {
                canvas.Line(4, 4 + i * 7, 58, 4 + i * 7, Colors.WoodDark.Fade(0.5f), 1);
                canvas.Line(4, 24 + i * 11, 58, 24 + i * 11, Colors.WoodDark.Shade(-0.3f).Fade(0.7f), 1.2f);
            }

            canvas.Outline(Brush.Rect(4, 27, 54, 28), 1, Colors.WoodDark.Shade(-0.15f), 4);
            canvas.Line(6, 29, 56, 53, Colors.WoodDark.Shade(-0.15f), 4);
        }

        private static void Plant(SKCanvas canvas)
        {
            canvas.Fill(Brush.Rect(15, 48, 26, 24), 6, SKColor.Parse("#b0613a"), SKColor.Parse("#6b3319"));
            canvas.Fill(Brush.Rect(12, 44, 32, 8), 3, SKColor.Parse("#c4733f"), SKColor.Parse("#8a4a28"));
            for (int i = 0; i < 11; i++)
            {
                float angle = -MathF.PI / 2 + (i - 5) * 0.27f;
                float length = 30 + (i * 7 % 12);
                using var leaf = new SKPath();
                float tipX = 28 + MathF.Cos(angle) * length;
                float tipY = 46 + MathF.Sin(angle) * length;
                leaf.MoveTo(28, 46);
                leaf.QuadTo(28 + MathF.Cos(angle - 0.4f) * length * 0.6f, 46 + MathF.Sin(angle - 0.4f) * length * 0.6f, tipX, tipY);
                leaf.QuadTo(28 + MathF.Cos(angle + 0.4f) * length * 0.6f, 46 + MathF.Sin(angle + 0.4f) * length * 0.6f, 28, 46);
                canvas.Fill(leaf, SKColor.Parse(i % 2 == 0 ? "#5f8a3c" : "#47702f"));
            }
        }

        private static void Plate(SKCanvas canvas, float x, float y, bool full)
        {
            canvas.Oval(x, y + 2, 15, 9, SKColors.Black.Fade(0.3f));
            canvas.Ball(x, y, 15, 9, SKColor.Parse("#e8dcc2"), SKColor.Parse("#b7a684"));
            canvas.OvalOutline(x, y, 10, 6, SKColor.Parse("#a8946b").Fade(0.8f), 1);
            if (full)
            {
                canvas.Ball(x - 3, y - 2, 6, 4, SKColor.Parse("#c4803f"), SKColor.Parse("#7b451c"));
                canvas.Ball(x + 5, y, 3.4f, 2.6f, SKColor.Parse("#83a04a"), SKColor.Parse("#4d6a26"));
            }
        }

        private static void Bread(SKCanvas canvas, float x, float y)
        {
            canvas.Oval(x, y + 4, 19, 9, SKColors.Black.Fade(0.3f));
            canvas.Ball(x, y, 19, 10, SKColor.Parse("#dca560"), SKColor.Parse("#93592a"));
            for (int i = -1; i < 2; i++)
            {
                canvas.Line(x + i * 9 - 3, y - 6, x + i * 9 + 2, y + 3, SKColor.Parse("#f0cf95"), 2);
            }
        }

        private static void Tankard(SKCanvas canvas, float x, float y)
        {
            canvas.Oval(x + 1, y + 2, 8, 3.5f, SKColors.Black.Fade(0.3f));
            canvas.OvalOutline(x + 8, y - 6, 4, 4.5f, SKColor.Parse("#8d5d2e"), 2.2f);
            canvas.Fill(Brush.Rect(x - 6.5f, y - 14, 13, 16), 3, SKColor.Parse("#b77b41"), SKColor.Parse("#6b4220"));
            canvas.Line(x - 6, y - 3, x + 6, y - 3, SKColor.Parse("#55504a"), 1.8f);
            canvas.Oval(x, y - 14, 6.6f, 3.4f, SKColor.Parse("#fbf1d6"));
        }

        private static void Candle(SKCanvas canvas, float x, float y)
        {
            canvas.Glow(x, y - 16, 16, new SKColor(160, 100, 30, 120));
            canvas.Oval(x, y + 1, 8, 4, SKColor.Parse("#8f6a2a"));
            canvas.Oval(x, y, 8, 4, SKColor.Parse("#d3a550"));
            canvas.Fill(Brush.Rect(x - 3, y - 13, 6, 14), 2, SKColor.Parse("#f7ecd0"), SKColor.Parse("#d4c08f"));
            canvas.Oval(x, y - 17, 2.2f, 4.6f, SKColor.Parse("#ffb23e"));
            canvas.Oval(x, y - 16, 1.2f, 2.8f, SKColor.Parse("#fff3b8"));
        }

        public static IEnumerable<Vector2> Flames()
        {
            foreach (Prop prop in FloorPlan.Props)
            {
                switch (prop.Kind)
                {
                    case PropKind.RoundTable:
                        yield return prop.Foot + new Vector2(0, -77);
                        break;
                    case PropKind.LongTable:
                        yield return prop.Foot + new Vector2(-16, -97);
                        yield return prop.Foot + new Vector2(16, -97);
                        break;
                    case PropKind.Counter:
                        yield return prop.Foot + new Vector2(-160, -82);
                        yield return prop.Foot + new Vector2(28, -82);
                        break;
                }
            }

            yield return new Vector2(524, 23);
            yield return new Vector2(708, 23);
        }
    }
}
