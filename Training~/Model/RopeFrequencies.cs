using System;

namespace PrismLM.Training.Model
{
    /// <summary>Rotary frequencies of the two head groups, and the angle tables that trainer, reference and runtime share.</summary>
    public static class RopeFrequencies
    {
        /// <summary>The rotary base of a group: 0 signal, 1 noise.</summary>
        public static double Base(RopeVariant variant, int group)
        {
            var signal = group == 0;
            return variant switch
            {
                RopeVariant.Pi => signal ? 10000.0 * Math.PI : 10000.0 / Math.PI,
                RopeVariant.SwappedBases => signal ? 10000.0 / Math.PI : 10000.0 * Math.PI,
                RopeVariant.Commensurate => Math.Pow(10.0, signal ? 4.5 : 3.5),
                _ => 10000.0,
            };
        }

        /// <summary><c>inv_freq[g][m] = base_g^(-2m/p)</c>, computed in double, rounded once to float32.</summary>
        /// <returns>(2, headDim / 2) row-major.</returns>
        public static float[] InverseFrequencies(RopeVariant variant, int headDim)
        {
            var half = headDim / 2;
            var frequencies = new float[2 * half];
            for (var group = 0; group < 2; group++)
            {
                for (var m = 0; m < half; m++)
                {
                    frequencies[(group * half) + m] = (float)Math.Pow(Base(variant, group), -2.0 * m / headDim);
                }
            }

            return frequencies;
        }

        /// <summary>
        /// cos and sin of position times frequency, in double from the float32 frequencies: a float32 product is wrong by 8e-4 rad at position 4096.
        /// </summary>
        /// <param name="frequencies">(groups, headDim / 2).</param>
        /// <param name="headGroup">The group of each head.</param>
        /// <returns>(positions, heads, headDim / 2, 2): cos, sin.</returns>
        public static float[] AngleTable(float[] frequencies, ReadOnlySpan<byte> headGroup, int headDim, int positions)
        {
            var half = headDim / 2;
            var table = new float[(long)positions * headGroup.Length * half * 2];
            var at = 0;
            for (var position = 0; position < positions; position++)
            {
                foreach (var group in headGroup)
                {
                    for (var m = 0; m < half; m++)
                    {
                        var angle = position * (double)frequencies[(group * half) + m];
                        table[at++] = (float)Math.Cos(angle);
                        table[at++] = (float)Math.Sin(angle);
                    }
                }
            }

            return table;
        }
    }
}
