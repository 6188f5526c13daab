using System;

namespace PrismLM.Core.Reference
{
    /// <summary>The tanh form of GELU, as GPT-2 uses it.</summary>
    internal static class Gelu
    {
        private const double Sqrt2OverPi = 0.79788456080286535588;

        /// <summary>x[i] = x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), in place.</summary>
        public static void Apply(Span<double> x)
        {
            for (int i = 0; i < x.Length; i++)
            {
                double v = x[i];
                x[i] = 0.5 * v * (1.0 + Math.Tanh(Sqrt2OverPi * (v + (0.044715 * v * v * v))));
            }
        }
    }
}
