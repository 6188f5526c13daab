using System;
using PrismLM.Training.Data;

namespace PrismLM.Training.Model
{
    /// <summary>
    /// Normal numbers from a seed (SplitMix64 and Box-Muller): the same start of training on every device and library version.
    /// </summary>
    internal sealed class SeededNormal
    {
        private readonly SeededRandom _random;

        public SeededNormal(ulong seed) => _random = new SeededRandom(seed);

        public void Fill(Span<float> values, double deviation)
        {
            for (var i = 0; i < values.Length; i += 2)
            {
                var radius = deviation * Math.Sqrt(-2.0 * Math.Log(1.0 - _random.NextUnit()));
                var angle = 2.0 * Math.PI * _random.NextUnit();
                values[i] = (float)(radius * Math.Cos(angle));
                if (i + 1 < values.Length)
                {
                    values[i + 1] = (float)(radius * Math.Sin(angle));
                }
            }
        }
    }
}
