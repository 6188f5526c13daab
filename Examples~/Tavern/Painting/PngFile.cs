using System.IO;
using PrismLM.Tavern.Rendering;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    internal static class PngFile
    {
        public static unsafe void Save(Picture picture, string path)
        {
            // Opaque, whatever the window keeps in its fourth channel.
            var info = new SKImageInfo(picture.Width, picture.Height, picture.BlueFirst ? SKColorType.Bgra8888 : SKColorType.Rgba8888, SKAlphaType.Opaque);
            fixed (byte* first = picture.Pixels)
            {
                using SKImage image = SKImage.FromPixelCopy(info, (nint)first, info.RowBytes);
                using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                using FileStream file = File.Create(path);
                data.SaveTo(file);
            }
        }
    }
}
