using System;
using System.Numerics;
using SkiaSharp;

namespace PrismLM.Tavern.Painting
{
    /// <summary>The warm palette, and arithmetic on it.</summary>
    internal static class Colors
    {
        public static readonly SKColor Ink = SKColor.Parse("#2b180b");
        public static readonly SKColor Parchment = SKColor.Parse("#f8ecd0");
        public static readonly SKColor ParchmentEdge = SKColor.Parse("#8a5a2b");
        public static readonly SKColor Name = SKColor.Parse("#862a10");
        public static readonly SKColor PlayerPaper = SKColor.Parse("#dfe7e6");
        public static readonly SKColor PlayerEdge = SKColor.Parse("#3c5a66");
        public static readonly SKColor PlayerName = SKColor.Parse("#1f4a63");
        public static readonly SKColor Panel = SKColor.Parse("#1d110a");
        public static readonly SKColor PanelText = SKColor.Parse("#f6e7c9");
        public static readonly SKColor PanelDim = SKColor.Parse("#d9bf93");
        public static readonly SKColor Gold = SKColor.Parse("#e8b04a");
        public static readonly SKColor Wood = SKColor.Parse("#8a5a34");
        public static readonly SKColor WoodDark = SKColor.Parse("#4a2c18");
        public static readonly SKColor WoodLight = SKColor.Parse("#b98350");

        /// <summary>Mixes with black (below 0) or white (above 0), -1..1.</summary>
        public static SKColor Shade(this SKColor color, float by)
        {
            float to = by < 0 ? 0 : 255;
            float share = Math.Abs(by);
            return new SKColor(Mix(color.Red, to, share), Mix(color.Green, to, share), Mix(color.Blue, to, share), color.Alpha);
        }

        public static SKColor Fade(this SKColor color, float alpha) => color.WithAlpha((byte)Math.Clamp(alpha * 255, 0, 255));

        public static Vector4 ToVector(this SKColor color, float alpha = 1) => new(color.Red / 255f, color.Green / 255f, color.Blue / 255f, color.Alpha / 255f * alpha);

        private static byte Mix(byte from, float to, float share) => (byte)Math.Clamp(from + (to - from) * share, 0, 255);
    }
}
