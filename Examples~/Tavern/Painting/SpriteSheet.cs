using System;
using System.Numerics;
using PrismLM.Tavern.Rendering;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>A part of the sheet.</summary>
    /// <param name="Uv">Left, top, right, bottom, 0..1.</param>
    /// <param name="Size">In scene pixels.</param>
    internal readonly record struct Sprite(Vector4 Uv, Vector2 Size)
    {
        /// <summary>Mirrored left to right.</summary>
        public Sprite Mirrored => this with { Uv = new Vector4(Uv.Z, Uv.Y, Uv.X, Uv.W) };
    }

    /// <summary>One picture that holds every sprite and every letter, filled shelf by shelf.</summary>
    internal sealed class SpriteSheet : IDisposable
    {
        public const int Size = 2048;
        private const int Gap = 2;

        private readonly SKBitmap bitmap;
        private readonly SKCanvas canvas;
        private int x = Gap;
        private int y = Gap;
        private int shelf;

        public SpriteSheet()
        {
            bitmap = new SKBitmap(new SKImageInfo(Size, Size, SKColorType.Rgba8888, SKAlphaType.Premul));
            canvas = new SKCanvas(bitmap);
            canvas.Clear(SKColors.Transparent);
        }

        /// <summary>Finds room and lets somebody paint there, from (0, 0).</summary>
        /// <param name="width">In texels.</param>
        /// <param name="height">In texels.</param>
        /// <param name="texelsPerPixel">2 paints at twice the size that is drawn.</param>
        /// <param name="paint">Receives a canvas that is clipped to the room.</param>
        public Sprite Add(int width, int height, float texelsPerPixel, Action<SKCanvas> paint)
        {
            if (x + width + Gap > Size)
            {
                x = Gap;
                y += shelf + Gap;
                shelf = 0;
            }

            if (y + height + Gap > Size)
            {
                throw new TavernException("The sprite sheet is full.");
            }

            canvas.Save();
            canvas.Translate(x, y);
            canvas.ClipRect(new SKRect(0, 0, width, height));
            paint(canvas);
            canvas.Restore();
            var uv = new Vector4(x, y, x + width, y + height) / Size;
            x += width + Gap;
            shelf = Math.Max(shelf, height);
            return new Sprite(uv, new Vector2(width, height) / texelsPerPixel);
        }

        public Picture ToPicture(bool blueFirst) => Copy(bitmap, blueFirst);

        public static Picture Copy(SKBitmap source, bool blueFirst)
        {
            byte[] pixels = source.GetPixelSpan().ToArray();
            if (blueFirst)
            {
                for (int i = 0; i < pixels.Length; i += 4)
                {
                    (pixels[i], pixels[i + 2]) = (pixels[i + 2], pixels[i]);
                }
            }

            return new Picture(pixels, source.Width, source.Height, blueFirst);
        }

        public void Dispose()
        {
            canvas.Dispose();
            bitmap.Dispose();
        }
    }
}
