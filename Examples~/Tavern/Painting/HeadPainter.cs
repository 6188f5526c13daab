using PrismLM.Tavern.Game;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>Hair and hats.</summary>
    internal static class HeadPainter
    {
        private const float Middle = 30;
        private static readonly SKColor Line = SKColor.Parse("#2a1609");

        public static void Paint(SKCanvas canvas, Look look, Facing facing)
        {
            Hair(canvas, look, facing);
            switch (look.Head)
            {
                case Headwear.Helmet:
                    Helmet(canvas, look, facing);
                    break;
                case Headwear.Hood:
                    Hood(canvas, look, facing);
                    break;
                case Headwear.Cap:
                    Cap(canvas, look, facing);
                    break;
                case Headwear.Kerchief:
                    Kerchief(canvas, look, facing);
                    break;
                case Headwear.WideHat:
                    WideHat(canvas, look);
                    break;
            }
        }

        private static void Hair(SKCanvas canvas, Look look, Facing facing)
        {
            using var hair = new SKPath();
            if (facing == Facing.Up)
            {
                hair.AddOval(new SKRect(Middle - 17.5f, 8, Middle + 17.5f, look.LongHair ? 50 : 41));
            }
            else
            {
                float back = facing == Facing.Right ? 40 : 27;
                hair.MoveTo(Middle - 17.6f, back);
                hair.QuadTo(Middle - 20, 8, Middle, 7.6f);
                hair.QuadTo(Middle + 20, 8, Middle + 17.6f, facing == Facing.Right ? 22 : 27);
                hair.QuadTo(Middle + 13, 15, Middle + 4, 17);
                hair.QuadTo(Middle - 6, 20, Middle - (facing == Facing.Right ? 4 : 13), facing == Facing.Right ? 27 : 19);
                hair.QuadTo(Middle - (facing == Facing.Right ? 6 : 16), facing == Facing.Right ? 36 : 22, Middle - 17.6f, back);
                hair.Close();
            }

            canvas.Fill(hair, Brush.Rect(0, 8, 60, 34), look.Hair.Shade(0.16f), look.Hair.Shade(-0.22f));
            canvas.Stroke(hair, Line, 1.6f);
            using var shine = new SKPath();
            shine.MoveTo(Middle - 9, 13);
            shine.QuadTo(Middle - 2, 9.6f, Middle + 7, 11.6f);
            canvas.Stroke(shine, SKColors.White.Fade(0.22f), 2);
        }

        private static void Helmet(SKCanvas canvas, Look look, Facing facing)
        {
            using var dome = new SKPath();
            dome.MoveTo(Middle - 18.5f, 23);
            dome.QuadTo(Middle - 19, 4, Middle, 3);
            dome.QuadTo(Middle + 19, 4, Middle + 18.5f, 23);
            dome.QuadTo(Middle, 17.5f, Middle - 18.5f, 23);
            dome.Close();
            canvas.Fill(dome, Brush.Rect(0, 3, 60, 20), look.HeadColor.Shade(0.35f), look.HeadColor.Shade(-0.35f));
            canvas.Stroke(dome, Line, 1.8f);
            if (facing != Facing.Right)
            {
                canvas.Line(Middle, 4, Middle, facing == Facing.Up ? 20 : 26, look.HeadColor.Shade(-0.4f), 3);
            }

            canvas.Oval(Middle, 3.4f, 3, 2.6f, SKColor.Parse("#c7402f"));
        }

        private static void Hood(SKCanvas canvas, Look look, Facing facing)
        {
            using var hood = new SKPath();
            hood.FillType = SKPathFillType.EvenOdd;
            hood.AddOval(new SKRect(Middle - 20.5f, 4, Middle + 20.5f, 47));
            if (facing == Facing.Down)
            {
                hood.AddOval(new SKRect(Middle - 13.5f, 15, Middle + 13.5f, 42));
            }
            else if (facing == Facing.Right)
            {
                hood.AddOval(new SKRect(Middle - 3, 15, Middle + 22, 42));
            }

            canvas.Fill(hood, Brush.Rect(0, 4, 60, 43), look.HeadColor.Shade(0.2f), look.HeadColor.Shade(-0.3f));
            canvas.Stroke(hood, Line, 1.6f);
        }

        private static void Cap(SKCanvas canvas, Look look, Facing facing)
        {
            using var cap = new SKPath();
            cap.MoveTo(Middle - 18, 19);
            cap.QuadTo(Middle - 21, 4, Middle - 2, 3.4f);
            cap.QuadTo(Middle + 22, 2, Middle + 18, 19);
            cap.QuadTo(Middle, 14, Middle - 18, 19);
            cap.Close();
            canvas.Fill(cap, Brush.Rect(0, 3, 60, 16), look.HeadColor.Shade(0.15f), look.HeadColor.Shade(-0.3f));
            canvas.Stroke(cap, Line, 1.7f);
            using var feather = new SKPath();
            float x = facing == Facing.Right ? Middle - 10 : Middle + 12;
            feather.MoveTo(x, 13);
            feather.QuadTo(x + 9, 2, x + 4, -2);
            feather.QuadTo(x - 2, 2, x, 13);
            canvas.Fill(feather, look.Trim);
            canvas.Stroke(feather, Line, 1);
        }

        private static void Kerchief(SKCanvas canvas, Look look, Facing facing)
        {
            using var cloth = new SKPath();
            cloth.MoveTo(Middle - 18.5f, 22);
            cloth.QuadTo(Middle - 19, 5, Middle, 5);
            cloth.QuadTo(Middle + 19, 5, Middle + 18.5f, 22);
            cloth.QuadTo(Middle, facing == Facing.Up ? 34 : 11, Middle - 18.5f, 22);
            cloth.Close();
            canvas.Fill(cloth, Brush.Rect(0, 5, 60, 20), look.HeadColor.Shade(0.12f), look.HeadColor.Shade(-0.22f));
            canvas.Stroke(cloth, Line, 1.7f);
            foreach ((float dx, float y) in new[] { (-9f, 12f), (0f, 8.4f), (9f, 12f) })
            {
                canvas.Oval(Middle + dx, y, 1.5f, 1.4f, SKColor.Parse("#f6e6c4").Fade(0.9f));
            }
        }

        private static void WideHat(SKCanvas canvas, Look look)
        {
            canvas.Oval(Middle, 17.5f, 26, 8, Line);
            canvas.Ball(Middle, 16.5f, 25, 7, look.HeadColor.Shade(0.22f), look.HeadColor.Shade(-0.2f));
            using var crown = new SKPath();
            crown.MoveTo(Middle - 14, 16);
            crown.QuadTo(Middle - 13, 1, Middle, 1.6f);
            crown.QuadTo(Middle + 13, 1, Middle + 14, 16);
            crown.QuadTo(Middle, 20, Middle - 14, 16);
            crown.Close();
            canvas.Fill(crown, Brush.Rect(0, 1, 60, 18), look.HeadColor.Shade(0.25f), look.HeadColor.Shade(-0.25f));
            canvas.Stroke(crown, Line, 1.5f);
            using var band = new SKPath();
            band.MoveTo(Middle - 14, 14);
            band.QuadTo(Middle, 18.4f, Middle + 14, 14);
            canvas.Stroke(band, look.Trim, 3);
        }
    }
}
