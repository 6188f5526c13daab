using System;
using System.Linq;
using System.Numerics;
using PrismLM.Tavern.Game;
using PrismLM.Tavern.Layout;
using PrismLM.Tavern.Painting;
using PrismLM.Tavern.Rendering;

namespace PrismLM.Tavern.Scene
{
    /// <summary>The fire in the hearth and the flames of the candles, which are never still.</summary>
    internal sealed class LightDrawer
    {
        private static readonly Vector4[] Fire = { new(0.85f, 0.22f, 0.04f, 0.75f), new(0.96f, 0.48f, 0.09f, 0.8f), new(1f, 0.78f, 0.26f, 0.85f), new(1f, 0.95f, 0.7f, 0.9f) };

        private readonly Vector2[] candles = PropPainter.Flames().ToArray();

        /// <summary>Flames in the hearth: behind everybody.</summary>
        public static void Hearth(QuadBatch batch, double time)
        {
            float t = (float)time;
            for (int layer = 0; layer < Fire.Length; layer++)
            {
                float size = 1 - layer * 0.22f;
                for (int i = -2; i <= 2; i++)
                {
                    float sway = MathF.Sin(t * (5.3f + i) + i * 1.7f + layer) * 3;
                    float height = (46 - MathF.Abs(i) * 9 + MathF.Sin(t * (8.1f + i * 1.3f) + layer * 2 + i) * 6) * size;
                    var centre = new Vector2(FloorPlan.Fire.X + i * 13 * size + sway * size, FloorPlan.Fire.Y + 20 - height / 2);
                    batch.Shape(Box.Around(centre, new Vector2(17 * size, height)), Fire[layer], 9 * size, 3.5f, sway * 0.03f);
                }
            }

            float flicker = Flicker(t);
            batch.Glow(FloorPlan.Fire + new Vector2(0, 4), new Vector2(96, 70), new Vector3(0.42f, 0.2f, 0.06f) * flicker);
        }

        /// <summary>What the flames throw on the room: over everybody.</summary>
        public void Light(QuadBatch batch, double time)
        {
            float t = (float)time;
            batch.Glow(FloorPlan.Fire + new Vector2(0, 96), new Vector2(330, 200), new Vector3(0.12f, 0.056f, 0.014f) * Flicker(t));
            for (int i = 0; i < candles.Length; i++)
            {
                float flicker = 0.8f + 0.2f * MathF.Sin(t * (6 + i % 3) + i * 2.1f) * MathF.Sin(t * 3.7f + i);
                batch.Glow(candles[i], new Vector2(34, 30), new Vector3(0.34f, 0.19f, 0.06f) * flicker);
                batch.Glow(candles[i], new Vector2(6, 9), new Vector3(0.5f, 0.4f, 0.2f) * flicker);
            }
        }

        private static float Flicker(float t) => 0.86f + 0.09f * MathF.Sin(t * 7.3f) + 0.07f * MathF.Sin(t * 11.9f + 1.3f);
    }
}
