using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Root-mean-square normalisation without bias [E].</summary>
    internal static class RmsNorm
    {
        /// <summary>y = x / sqrt(mean(x^2) + epsilon) * gain; all (dim). <paramref name="y"/> may be <paramref name="x"/>.</summary>
        public static void Apply(ReadOnlySpan<double> x, ReadOnlySpan<float> gain, double epsilon, Span<double> y)
        {
            double inverse = InverseRms(x, epsilon);
            for (int i = 0; i < x.Length; i++)
            {
                y[i] = x[i] * inverse * gain[i];
            }
        }

        /// <summary>1 / sqrt(mean(x^2) + epsilon).</summary>
        public static double InverseRms(ReadOnlySpan<double> x, double epsilon)
        {
            double sum = 0;
            for (int i = 0; i < x.Length; i++)
            {
                sum += x[i] * x[i];
            }

            return 1.0 / Math.Sqrt((sum / x.Length) + epsilon);
        }
    }
}
