using System;
using System.Numerics;

namespace PrismLM.Tavern.Layout
{
    /// <summary>A rectangle in pixels, y downwards.</summary>
    internal readonly record struct Box(float Left, float Top, float Width, float Height)
    {
        public float Right => Left + Width;

        public float Bottom => Top + Height;

        public Vector2 Centre => new(Left + Width / 2, Top + Height / 2);

        public static Box Around(Vector2 centre, Vector2 size) => new(centre.X - size.X / 2, centre.Y - size.Y / 2, size.X, size.Y);

        public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

        public bool Contains(Box other) => other.Left >= Left && other.Top >= Top && other.Right <= Right && other.Bottom <= Bottom;

        public bool Contains(Vector2 point) => point.X >= Left && point.X <= Right && point.Y >= Top && point.Y <= Bottom;

        public Box Grown(float by) => new(Left - by, Top - by, Width + 2 * by, Height + 2 * by);

        public Box Inside(Box outer) => this with { Left = Math.Clamp(Left, outer.Left, outer.Right - Width), Top = Math.Clamp(Top, outer.Top, outer.Bottom - Height) };
    }
}
