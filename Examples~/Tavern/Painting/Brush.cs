using System;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>Short words for what the painters do all the time.</summary>
    internal static class Brush
    {
        public static void Fill(this SKCanvas canvas, SKRect area, float radius, SKColor color)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = color };
            canvas.DrawRoundRect(area, radius, radius, paint);
        }

        /// <summary>From the upper colour to the lower.</summary>
        public static void Fill(this SKCanvas canvas, SKRect area, float radius, SKColor top, SKColor bottom)
        {
            using SKShader shader = SKShader.CreateLinearGradient(new SKPoint(0, area.Top), new SKPoint(0, area.Bottom), new[] { top, bottom }, SKShaderTileMode.Clamp);
            using var paint = new SKPaint { IsAntialias = true, Shader = shader };
            canvas.DrawRoundRect(area, radius, radius, paint);
        }

        public static void Fill(this SKCanvas canvas, SKPath path, SKRect area, SKColor top, SKColor bottom)
        {
            using SKShader shader = SKShader.CreateLinearGradient(new SKPoint(0, area.Top), new SKPoint(0, area.Bottom), new[] { top, bottom }, SKShaderTileMode.Clamp);
            using var paint = new SKPaint { IsAntialias = true, Shader = shader };
            canvas.DrawPath(path, paint);
        }

        public static void Fill(this SKCanvas canvas, SKPath path, SKColor color)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = color };
            canvas.DrawPath(path, paint);
        }

        public static void Stroke(this SKCanvas canvas, SKPath path, SKColor color, float width)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = width, StrokeJoin = SKStrokeJoin.Round, StrokeCap = SKStrokeCap.Round };
            canvas.DrawPath(path, paint);
        }

        public static void Outline(this SKCanvas canvas, SKRect area, float radius, SKColor color, float width)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = width };
            canvas.DrawRoundRect(area, radius, radius, paint);
        }

        public static void Line(this SKCanvas canvas, float x0, float y0, float x1, float y1, SKColor color, float width)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = color, StrokeWidth = width, StrokeCap = SKStrokeCap.Round };
            canvas.DrawLine(x0, y0, x1, y1, paint);
        }

        public static void Oval(this SKCanvas canvas, float x, float y, float radiusX, float radiusY, SKColor color)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = color };
            canvas.DrawOval(x, y, radiusX, radiusY, paint);
        }

        /// <summary>Lit from a point inside.</summary>
        public static void Ball(this SKCanvas canvas, float x, float y, float radiusX, float radiusY, SKColor light, SKColor dark)
        {
            using SKShader shader = SKShader.CreateRadialGradient(
                new SKPoint(x - radiusX * 0.25f, y - radiusY * 0.35f), Math.Max(radiusX, radiusY) * 1.25f, new[] { light, dark }, SKShaderTileMode.Clamp);
            using var paint = new SKPaint { IsAntialias = true, Shader = shader };
            canvas.DrawOval(x, y, radiusX, radiusY, paint);
        }

        public static void OvalOutline(this SKCanvas canvas, float x, float y, float radiusX, float radiusY, SKColor color, float width)
        {
            using var paint = new SKPaint { IsAntialias = true, Color = color, Style = SKPaintStyle.Stroke, StrokeWidth = width };
            canvas.DrawOval(x, y, radiusX, radiusY, paint);
        }

        public static void SoftShadow(this SKCanvas canvas, SKRect area, float radius, float blur, float alpha)
        {
            using SKMaskFilter filter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blur);
            using var paint = new SKPaint { IsAntialias = true, Color = new SKColor(12, 5, 0, (byte)(alpha * 255)), MaskFilter = filter };
            canvas.DrawRoundRect(area, radius, radius, paint);
        }

        public static void SoftOval(this SKCanvas canvas, float x, float y, float radiusX, float radiusY, float blur, SKColor color)
        {
            using SKMaskFilter filter = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blur);
            using var paint = new SKPaint { IsAntialias = true, Color = color, MaskFilter = filter };
            canvas.DrawOval(x, y, radiusX, radiusY, paint);
        }

        /// <summary>Light that adds to what is there.</summary>
        public static void Glow(this SKCanvas canvas, float x, float y, float radius, SKColor color, float squash = 1)
        {
            canvas.Save();
            canvas.Translate(x, y);
            canvas.Scale(1, squash);
            using SKShader shader = SKShader.CreateRadialGradient(
                new SKPoint(0, 0), radius, new[] { color, color.Fade(color.Alpha / 255f * 0.45f), color.WithAlpha(0) }, new[] { 0f, 0.4f, 1f }, SKShaderTileMode.Clamp);
            using var paint = new SKPaint { Shader = shader, BlendMode = SKBlendMode.Plus };
            canvas.DrawCircle(0, 0, radius, paint);
            canvas.Restore();
        }

        public static SKRect Rect(float left, float top, float width, float height) => new(left, top, left + width, top + height);
    }
}
