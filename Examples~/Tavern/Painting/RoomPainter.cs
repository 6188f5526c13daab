using System;
using PrismLM.Tavern.Game;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>The room: floor, rugs, walls and light. Painted once.</summary>
    internal static class RoomPainter
    {
        private const int Plank = 34;

        public static void Paint(SKCanvas canvas)
        {
            var random = new Random(7);
            Floor(canvas, random);
            Rugs(canvas);
            WallPainter.Paint(canvas, random);
            Contacts(canvas);
            Light(canvas);
        }

        private static void Floor(SKCanvas canvas, Random random)
        {
            canvas.Clear(Colors.WoodDark.Shade(-0.3f));
            for (int row = 0; row * Plank < SceneSize.Height; row++)
            {
                float y = row * Plank;
                float x = -random.Next(200);
                while (x < SceneSize.Width)
                {
                    float length = 150 + random.Next(150);
                    float tone = (float)random.NextDouble() * 0.22f - 0.13f;
                    SKColor wood = SKColor.Parse("#96633a").Shade(tone);
                    var board = Brush.Rect(x, y, length - 1.5f, Plank - 1.5f);
                    canvas.Fill(board, 1.5f, wood.Shade(0.05f), wood.Shade(-0.1f));
                    Grain(canvas, random, board, wood);
                    canvas.Line(x + 1, y + 0.8f, x + length - 3, y + 0.8f, wood.Shade(0.22f).Fade(0.5f), 1);
                    canvas.Oval(x + 6, y + 8, 1.4f, 1.4f, Colors.WoodDark.Shade(-0.4f).Fade(0.7f));
                    canvas.Oval(x + 6, y + Plank - 9, 1.4f, 1.4f, Colors.WoodDark.Shade(-0.4f).Fade(0.7f));
                    x += length;
                }
            }
        }

        private static void Grain(SKCanvas canvas, Random random, SKRect board, SKColor wood)
        {
            canvas.Save();
            canvas.ClipRect(board);
            for (int i = 0; i < 5; i++)
            {
                float y = board.Top + 3 + (float)random.NextDouble() * (board.Height - 6);
                using var path = new SKPath();
                path.MoveTo(board.Left, y);
                path.CubicTo(board.Left + board.Width * 0.3f, y + random.Next(-4, 5), board.Left + board.Width * 0.7f, y + random.Next(-4, 5), board.Right, y + random.Next(-2, 3));
                canvas.Stroke(path, wood.Shade(-0.3f).Fade(0.28f), 0.9f);
            }

            if (random.Next(4) == 0)
            {
                float x = board.Left + 20 + (float)random.NextDouble() * Math.Max(1, board.Width - 40);
                float y = board.MidY + random.Next(-5, 6);
                canvas.OvalOutline(x, y, 7, 3.6f, wood.Shade(-0.35f).Fade(0.4f), 1);
                canvas.Oval(x, y, 3.4f, 1.8f, wood.Shade(-0.45f).Fade(0.5f));
            }

            canvas.Restore();
        }

        private static void Rugs(SKCanvas canvas)
        {
            // Before the hearth, round.
            canvas.SoftOval(620, 306, 176, 92, 6, new SKColor(15, 6, 0, 120));
            SKColor[] rings = { SKColor.Parse("#6d1f22"), SKColor.Parse("#c99a4b"), SKColor.Parse("#7d2a26"), SKColor.Parse("#2e4a4a"), SKColor.Parse("#c99a4b"), SKColor.Parse("#8f3429") };
            float[] sizes = { 1f, 0.93f, 0.9f, 0.66f, 0.6f, 0.56f };
            for (int i = 0; i < rings.Length; i++)
            {
                canvas.Ball(620, 302, 172 * sizes[i], 88 * sizes[i], rings[i].Shade(0.06f), rings[i].Shade(-0.16f));
            }

            for (int i = 0; i < 24; i++)
            {
                float angle = i * MathF.Tau / 24;
                canvas.Oval(620 + 134 * MathF.Cos(angle), 302 + 68.5f * MathF.Sin(angle), 5, 4, SKColor.Parse("#e0b866").Fade(0.9f));
            }

            for (int i = 0; i < 8; i++)
            {
                float angle = (i + 0.5f) * MathF.Tau / 8;
                canvas.Oval(620 + 54 * MathF.Cos(angle), 302 + 27 * MathF.Sin(angle), 9, 6, SKColor.Parse("#d9ad5c").Fade(0.85f));
            }

            canvas.Oval(620, 302, 18, 10, SKColor.Parse("#2e4a4a"));
            Runner(canvas, Brush.Rect(556, 628, 168, 78));
            Carpet(canvas, Brush.Rect(902, 396, 226, 170), SKColor.Parse("#3b4f3a"));
        }

        private static void Runner(SKCanvas canvas, SKRect area) => Carpet(canvas, area, SKColor.Parse("#7b2d27"));

        private static void Carpet(SKCanvas canvas, SKRect area, SKColor color)
        {
            canvas.SoftShadow(Brush.Rect(area.Left, area.Top + 3, area.Width, area.Height), 6, 5, 0.45f);
            for (float y = area.Top + 4; y < area.Bottom - 3; y += 5)
            {
                canvas.Line(area.Left - 6, y, area.Left, y, SKColor.Parse("#d8bd86"), 1.6f);
                canvas.Line(area.Right, y, area.Right + 6, y, SKColor.Parse("#d8bd86"), 1.6f);
            }

            canvas.Fill(area, 3, color.Shade(0.05f), color.Shade(-0.18f));
            SKRect inner = area;
            inner.Inflate(-8, -8);
            canvas.Outline(inner, 2, SKColor.Parse("#d0a553").Fade(0.9f), 3);
            inner.Inflate(-8, -8);
            canvas.Outline(inner, 2, color.Shade(-0.4f), 2);
            for (float x = inner.Left + 14; x < inner.Right - 8; x += 26)
            {
                for (float y = inner.Top + 14; y < inner.Bottom - 8; y += 22)
                {
                    using var diamond = new SKPath();
                    diamond.MoveTo(x, y - 6);
                    diamond.LineTo(x + 7, y);
                    diamond.LineTo(x, y + 6);
                    diamond.LineTo(x - 7, y);
                    diamond.Close();
                    canvas.Fill(diamond, SKColor.Parse("#cfa658").Fade(0.55f));
                }
            }
        }

        /// <summary>Shadows where things touch the floor.</summary>
        private static void Contacts(SKCanvas canvas)
        {
            foreach (Prop prop in FloorPlan.Props)
            {
                float grow = prop.Kind switch { PropKind.RoundTable => 16, PropKind.LongTable => 14, PropKind.Counter => 10, _ => 5 };
                float middle = prop.Blocks.Top + prop.Blocks.Height / 2 + 8;
                if (prop.Kind is PropKind.LongTable or PropKind.Counter or PropKind.Crate)
                {
                    canvas.SoftShadow(Brush.Rect(prop.Blocks.Left - grow / 2, prop.Blocks.Top + 6, prop.Blocks.Width + grow, prop.Blocks.Height + 10), 12, 9, 0.55f);
                }
                else
                {
                    canvas.SoftOval(prop.Foot.X, middle, prop.Blocks.Width / 2 + grow, prop.Blocks.Height / 2 + grow * 0.6f, 7, new SKColor(12, 5, 0, 150));
                }
            }
        }

        private static void Light(SKCanvas canvas)
        {
            // Dusk over everything, then what the fire and the candles give back.
            using (var dusk = new SKPaint { Color = SKColor.Parse("#b98a68"), BlendMode = SKBlendMode.Multiply })
            {
                canvas.DrawRect(0, 0, SceneSize.Width, SceneSize.Height, dusk);
            }

            canvas.Glow(FloorPlan.Fire.X, FloorPlan.Fire.Y + 60, 560, new SKColor(132, 80, 34, 105), 0.75f);
            canvas.Glow(FloorPlan.Fire.X, FloorPlan.Fire.Y + 20, 230, new SKColor(180, 104, 40, 105), 0.8f);
            canvas.Glow(1010, 220, 330, new SKColor(150, 92, 38, 95), 0.7f);
            foreach (Prop prop in FloorPlan.Props)
            {
                if (prop.Kind is PropKind.RoundTable or PropKind.LongTable)
                {
                    canvas.Glow(prop.Foot.X, prop.Foot.Y - 40, 190, new SKColor(150, 92, 36, 80), 0.8f);
                }
            }

            // The moon through the windows, on the boards.
            foreach (float x in new[] { 376f, 758f })
            {
                using var beam = new SKPath();
                beam.MoveTo(x - 14, 136);
                beam.LineTo(x + 66, 136);
                beam.LineTo(x + 44, 236);
                beam.LineTo(x - 62, 236);
                beam.Close();
                using SKMaskFilter soft = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 9);
                using var moon = new SKPaint { IsAntialias = true, Color = new SKColor(70, 92, 140, 70), BlendMode = SKBlendMode.Plus, MaskFilter = soft };
                canvas.DrawPath(beam, moon);
            }

            using SKShader shader = SKShader.CreateRadialGradient(
                new SKPoint(640, 350), 830, new[] { SKColors.Transparent, SKColors.Transparent, new SKColor(10, 4, 6, 120), new SKColor(6, 3, 8, 228) }, new[] { 0f, 0.5f, 0.8f, 1f }, SKShaderTileMode.Clamp);
            using var vignette = new SKPaint { Shader = shader };
            canvas.DrawRect(0, 0, SceneSize.Width, SceneSize.Height, vignette);
        }
    }
}
