using System;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>The frequencies of pi-RoPE: <c>inv_freq[m] = base^(-2m/p)</c>, computed in double, stored as float32.</summary>
    public static class RopeFrequencies
    {
        /// <summary>10000 * pi, the signal heads' base [P2].</summary>
        public const double SignalBase = 31415.926535897932;

        /// <summary>10000 / pi, the noise heads' base [P2].</summary>
        public const double NoiseBase = 3183.0988618379067;

        /// <summary>One row a base: (bases, headDim / 2), row-major.</summary>
        public static float[] Table(int headDim, params double[] bases)
        {
            int pairs = headDim / 2;
            var table = new float[bases.Length * pairs];
            for (int group = 0; group < bases.Length; group++)
            {
                for (int m = 0; m < pairs; m++)
                {
                    table[group * pairs + m] = (float)Math.Pow(bases[group], -2.0 * m / headDim);
                }
            }

            return table;
        }
    }
}
