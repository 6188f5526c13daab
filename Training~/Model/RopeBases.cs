using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;

namespace PrismLM.Training.Model
{
    /// <summary>Rotary frequencies of a variant, and the angle tables laid out for the trainer's kernels.</summary>
    internal static class RopeBases
    {
        /// <summary>(2, headDim / 2): signal, noise.</summary>
        public static float[] Frequencies(RopeVariant variant, int headDim)
        {
            var (signal, noise) = variant switch
            {
                RopeVariant.Pi => (RopeFrequencies.SignalBase, RopeFrequencies.NoiseBase),
                RopeVariant.SwappedBases => (RopeFrequencies.NoiseBase, RopeFrequencies.SignalBase),
                RopeVariant.Commensurate => (Math.Pow(10.0, 4.5), Math.Pow(10.0, 3.5)),
                _ => (10000.0, 10000.0),
            };
            return RopeFrequencies.Table(headDim, signal, noise);
        }

        /// <summary>The shared tables, one row a head.</summary>
        /// <param name="headGroup">The group of each head.</param>
        /// <returns>(positions, heads, headDim / 2, 2): cos, sin.</returns>
        public static float[] AngleTable(float[] frequencies, ReadOnlySpan<byte> headGroup, int positions)
        {
            var shared = new RopeTable(frequencies, 2, positions);
            var table = new float[positions * headGroup.Length * shared.Pairs * 2];
            var at = 0;
            for (var position = 0; position < positions; position++)
            {
                foreach (var group in headGroup)
                {
                    var cos = shared.Cos(position, group);
                    var sin = shared.Sin(position, group);
                    for (var m = 0; m < shared.Pairs; m++)
                    {
                        table[at++] = cos[m];
                        table[at++] = sin[m];
                    }
                }
            }

            return table;
        }
    }
}
