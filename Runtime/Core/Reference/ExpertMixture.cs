using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Adds up the outputs of the chosen experts, in expert order; no token is ever dropped [E].</summary>
    internal static class ExpertMixture
    {
        /// <summary>What one expert computes: <paramref name="output"/> (dim) from <paramref name="input"/> (dim).</summary>
        public delegate void Expert(int expert, ReadOnlySpan<double> input, Span<double> output);

        /// <summary>y = sum over the chosen e, ascending, of weight_e * FFN_e(x).</summary>
        /// <param name="router">(experts, dim).</param>
        /// <param name="x">(dim).</param>
        /// <param name="expert">Runs one expert.</param>
        /// <param name="logits">Scratch, (experts).</param>
        /// <param name="chosen">Scratch, (k); receives the experts.</param>
        /// <param name="weights">Scratch, (k); receives their weights.</param>
        /// <param name="part">Scratch, (dim).</param>
        /// <param name="y">(dim).</param>
        public static void Apply(
            ReadOnlySpan<float> router,
            ReadOnlySpan<double> x,
            Expert expert,
            Span<double> logits,
            Span<int> chosen,
            Span<double> weights,
            Span<double> part,
            Span<double> y)
        {
            MatVec.Multiply(router, x, logits);
            Router.Choose(logits, chosen, weights);
            y.Clear();
            for (int i = 0; i < chosen.Length; i++)
            {
                expert(chosen[i], x, part);
                for (int j = 0; j < y.Length; j++)
                {
                    y[j] += weights[i] * part[j];
                }
            }
        }
    }
}
