using System;
using PrismLM.Tavern.Game;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>The back wall with hearth, windows and shelves, and the beams around the room.</summary>
    internal static class WallPainter
    {
        private static readonly SKColor Plaster = SKColor.Parse("#b08a5c");

        public static void Paint(SKCanvas canvas, Random random)
        {
            float bottom = FloorPlan.WallBottom;
            canvas.SoftShadow(Brush.Rect(0, 0, SceneSize.Width, bottom + 12), 0, 12, 0.8f);
            canvas.Fill(Brush.Rect(0, 0, SceneSize.Width, bottom), 0, Plaster.Shade(-0.32f), Plaster.Shade(-0.08f));
            for (int i = 0; i < 260; i++)
            {
                canvas.Oval(random.Next(SceneSize.Width), random.Next((int)bottom), 2 + random.Next(16), 1 + random.Next(4), Plaster.Shade(random.Next(2) == 0 ? -0.4f : 0.15f).Fade(0.08f));
            }

            Wainscot(canvas, bottom);
            for (int x = 4; x < SceneSize.Width; x += 212)
            {
                Beam(canvas, Brush.Rect(x, 0, 22, bottom), true);
            }

            Beam(canvas, Brush.Rect(0, 0, SceneSize.Width, 20), false);
            Window(canvas, 376);
            Window(canvas, 758);
            Shelves(canvas, random);
            Hearth(canvas, random);
            Frame(canvas);
        }

        private static void Wainscot(SKCanvas canvas, float bottom)
        {
            for (int x = 0; x < SceneSize.Width; x += 26)
            {
                canvas.Fill(Brush.Rect(x, bottom - 44, 25, 44), 0, Colors.Wood.Shade(-0.22f), Colors.Wood.Shade(-0.42f));
                canvas.Line(x + 1, bottom - 43, x + 1, bottom, Colors.Wood.Shade(0.1f).Fade(0.5f), 1);
            }

            canvas.Fill(Brush.Rect(0, bottom - 50, SceneSize.Width, 8), 1, Colors.WoodLight.Shade(-0.1f), Colors.WoodDark);
            canvas.Fill(Brush.Rect(0, bottom - 7, SceneSize.Width, 9), 1, Colors.Wood.Shade(-0.2f), Colors.WoodDark.Shade(-0.4f));
        }

        private static void Beam(SKCanvas canvas, SKRect area, bool upright)
        {
            canvas.SoftShadow(area, 0, 4, 0.5f);
            canvas.Fill(area, 1, Colors.WoodDark.Shade(0.12f), Colors.WoodDark.Shade(-0.25f));
            for (int i = 1; i < 4; i++)
            {
                float at = i / 4f;
                if (upright)
                {
                    canvas.Line(area.Left + area.Width * at, area.Top, area.Left + area.Width * at, area.Bottom, Colors.WoodDark.Shade(-0.5f).Fade(0.4f), 1);
                }
                else
                {
                    canvas.Line(area.Left, area.Top + area.Height * at, area.Right, area.Top + area.Height * at, Colors.WoodDark.Shade(-0.5f).Fade(0.4f), 1);
                }
            }
        }

        private static void Window(SKCanvas canvas, float x)
        {
            SKRect hole = Brush.Rect(x, 26, 76, 48);
            canvas.Fill(Brush.Rect(x - 6, 20, 88, 60), 4, Colors.WoodDark.Shade(0.2f), Colors.WoodDark.Shade(-0.3f));
            canvas.Fill(hole, 2, SKColor.Parse("#17233f"), SKColor.Parse("#3f4a63"));
            canvas.Oval(x + 56, 40, 7, 7, SKColor.Parse("#e9e2c6"));
            canvas.Oval(x + 52.5f, 38.5f, 6.2f, 6.2f, SKColor.Parse("#1b2743"));
            foreach ((float dx, float dy) in new[] { (12f, 36f), (24f, 44f), (33f, 33f), (46f, 60f), (66f, 62f) })
            {
                canvas.Oval(x + dx, dy, 0.9f, 0.9f, new SKColor(240, 236, 210, 210));
            }

            canvas.Line(x + 25, 26, x + 25, 74, Colors.WoodDark, 3);
            canvas.Line(x + 51, 26, x + 51, 74, Colors.WoodDark, 3);
            canvas.Line(x, 50, x + 76, 50, Colors.WoodDark, 3);
            canvas.Fill(Brush.Rect(x - 9, 78, 94, 7), 2, Colors.WoodLight, Colors.WoodDark);
        }

        private static void Shelves(SKCanvas canvas, Random random)
        {
            SKRect back = Brush.Rect(862, 24, 300, 92);
            canvas.SoftShadow(back, 3, 5, 0.6f);
            canvas.Fill(back, 3, SKColor.Parse("#3a2212"), SKColor.Parse("#27160b"));
            SKColor[] glass = { SKColor.Parse("#5f7d3c"), SKColor.Parse("#8f3b22"), SKColor.Parse("#b98a2e"), SKColor.Parse("#35606b"), SKColor.Parse("#a9642a"), SKColor.Parse("#6a3a5c") };
            for (int shelf = 0; shelf < 2; shelf++)
            {
                float y = 64 + shelf * 44;
                canvas.Fill(Brush.Rect(866, y, 292, 6), 1, Colors.WoodLight.Shade(-0.1f), Colors.WoodDark);
                for (float x = 874; x < 1140;)
                {
                    if (random.Next(5) == 0)
                    {
                        Mug(canvas, x, y);
                        x += 22;
                        continue;
                    }

                    float height = 18 + random.Next(12);
                    float width = 9 + random.Next(5);
                    SKColor color = glass[random.Next(glass.Length)];
                    canvas.Fill(Brush.Rect(x + width * 0.32f, y - height, width * 0.36f, 9), 1, color.Shade(0.1f));
                    canvas.Fill(Brush.Rect(x, y - height + 7, width, height - 7), 3, color.Shade(0.2f), color.Shade(-0.35f));
                    canvas.Line(x + 2.2f, y - height + 11, x + 2.2f, y - 4, SKColors.White.Fade(0.4f), 1.3f);
                    x += width + 4 + random.Next(5);
                }
            }

            canvas.Outline(back, 3, Colors.WoodDark.Shade(0.25f), 4);
        }

        private static void Mug(SKCanvas canvas, float x, float y)
        {
            canvas.OvalOutline(x + 14, y - 7, 4, 4, SKColor.Parse("#9a9488"), 2);
            canvas.Fill(Brush.Rect(x, y - 14, 14, 14), 2, SKColor.Parse("#c9c2b2"), SKColor.Parse("#7d776b"));
        }

        private static void Hearth(SKCanvas canvas, Random random)
        {
            SKRect body = Brush.Rect(FloorPlan.Hearth.Left, 8, FloorPlan.Hearth.Width, 144);
            canvas.SoftShadow(Brush.Rect(body.Left - 4, body.Top, body.Width + 8, body.Height + 8), 6, 9, 0.8f);
            canvas.Fill(body, 4, SKColor.Parse("#5d554c"), SKColor.Parse("#463f38"));
            for (int row = 0; row < 7; row++)
            {
                float x = body.Left + (row % 2 == 0 ? 0 : -14);
                while (x < body.Right)
                {
                    float width = 26 + random.Next(12);
                    float left = Math.Max(x, body.Left) + 1;
                    float right = Math.Min(x + width, body.Right) - 1;
                    if (right - left > 5)
                    {
                        SKColor stone = SKColor.Parse("#8b8073").Shade((float)random.NextDouble() * 0.3f - 0.22f);
                        canvas.Fill(new SKRect(left, body.Top + row * 20.5f + 1, right, body.Top + row * 20.5f + 19.5f), 4, stone.Shade(0.1f), stone.Shade(-0.18f));
                    }

                    x += width;
                }
            }

            using var mouth = new SKPath();
            mouth.MoveTo(562, 152);
            mouth.LineTo(562, 96);
            mouth.QuadTo(562, 66, 620, 62);
            mouth.QuadTo(678, 66, 678, 96);
            mouth.LineTo(678, 152);
            mouth.Close();
            canvas.Fill(mouth, Brush.Rect(562, 62, 116, 90), SKColor.Parse("#0f0805"), SKColor.Parse("#3a1608"));
            canvas.Stroke(mouth, SKColor.Parse("#2c2722"), 5);
            canvas.Fill(Brush.Rect(506, 44, 228, 15), 3, Colors.WoodLight, Colors.WoodDark);
            foreach (float x in new[] { 524f, 708f })
            {
                Candle(canvas, x, 44);
            }

            canvas.Fill(Brush.Rect(586, 28, 22, 16), 3, SKColor.Parse("#a5552c"), SKColor.Parse("#6c3016"));
            canvas.Fill(Brush.Rect(640, 22, 16, 22), 6, SKColor.Parse("#55707a"), SKColor.Parse("#2c434d"));
            for (int i = 0; i < 3; i++)
            {
                canvas.Fill(Brush.Rect(584 + i * 22, 136 - i % 2 * 7, 46, 11), 5, SKColor.Parse("#6f4526"), SKColor.Parse("#2a150a"));
                canvas.Oval(584 + i * 22 + 5, 141.5f - i % 2 * 7, 4, 5, SKColor.Parse("#c58b52"));
            }

            canvas.Fill(Brush.Rect(548, 150, 144, 12), 3, SKColor.Parse("#8b8073"), SKColor.Parse("#57504a"));
        }

        private static void Candle(SKCanvas canvas, float x, float y)
        {
            canvas.Fill(Brush.Rect(x - 7, y - 4, 14, 4), 2, SKColor.Parse("#c79a45"), SKColor.Parse("#7d5a21"));
            canvas.Fill(Brush.Rect(x - 3, y - 17, 6, 14), 2, SKColor.Parse("#f3e6c4"), SKColor.Parse("#cdb98a"));
            canvas.Oval(x, y - 21, 2, 4.5f, SKColor.Parse("#ffd76a"));
        }

        private static void Frame(SKCanvas canvas)
        {
            Beam(canvas, Brush.Rect(0, 0, 22, SceneSize.Height), true);
            Beam(canvas, Brush.Rect(SceneSize.Width - 22, 0, 22, SceneSize.Height), true);
            Beam(canvas, Brush.Rect(0, SceneSize.Height - 16, 556, 16), false);
            Beam(canvas, Brush.Rect(724, SceneSize.Height - 16, SceneSize.Width - 724, 16), false);
        }
    }
}
