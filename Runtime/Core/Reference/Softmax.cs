using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Softmax with the maximum subtracted.</summary>
    internal static class Softmax
    {
        /// <summary>x[i] = exp(x[i]) / sum_j exp(x[j]), in place.</summary>
        public static void Apply(Span<double> x)
        {
            double max = double.NegativeInfinity;
            for (int i = 0; i < x.Length; i++)
            {
                max = Math.Max(max, x[i]);
            }

            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = Math.Exp(x[i] - max);
                sum += x[i];
            }

            for (int i = 0; i < x.Length; i++)
            {
                x[i] /= sum;
            }
        }
    }
}
