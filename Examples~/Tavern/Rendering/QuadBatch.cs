using System;
using System.Numerics;
using PrismLM.Tavern.Layout;

namespace PrismLM.Tavern.Rendering
{
    /// <summary>What a frame draws, in order. Its array is kept from frame to frame.</summary>
    internal sealed class QuadBatch
    {
        public const int Capacity = 16384;

        private const float KindShape = 0;
        private const float KindSheet = 1;
        private const float KindGlow = 2;

        private readonly Quad[] quads = new Quad[Capacity];

        public int Count { get; private set; }

        public ReadOnlySpan<Quad> Quads => quads.AsSpan(0, Count);

        public void Clear() => Count = 0;

        /// <summary>A rounded rectangle.</summary>
        /// <param name="area">In pixels.</param>
        /// <param name="color">Straight alpha.</param>
        /// <param name="radius">Of the corners, in pixels.</param>
        /// <param name="softness">Width of the edge, in pixels; large for shadows.</param>
        /// <param name="rotation">Around the centre, in radians.</param>
        public void Shape(Box area, Vector4 color, float radius, float softness = 0.7f, float rotation = 0)
            => Add(area, default, color, new Vector4(radius, softness, KindShape, rotation));

        /// <summary>A piece of the sheet.</summary>
        /// <param name="area">In pixels.</param>
        /// <param name="uv">Left, top, right, bottom, 0..1.</param>
        /// <param name="tint">Multiplies.</param>
        /// <param name="rotation">Around the centre, in radians.</param>
        public void Sheet(Box area, Vector4 uv, Vector4 tint, float rotation = 0) => Add(area, uv, tint, new Vector4(0, 0, KindSheet, rotation));

        /// <summary>Adds light that fades to the rim.</summary>
        public void Glow(Vector2 centre, Vector2 radius, Vector3 light)
            => Add(Box.Around(centre, radius * 2), default, new Vector4(light, 0), new Vector4(0, 0, KindGlow, 0));

        private void Add(Box area, Vector4 uv, Vector4 color, Vector4 shape)
        {
            if (Count == Capacity)
            {
                throw new TavernException($"A frame of more than {Capacity} quads.");
            }

            quads[Count++] = new Quad { Rect = new Vector4(area.Centre, area.Width / 2, area.Height / 2), Uv = uv, Color = color, Shape = shape };
        }
    }
}
