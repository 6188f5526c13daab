using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Chooses the experts of a token; read as Prism's, top-k over blocks of one overcomplete dictionary is group sparsity [E].</summary>
    internal static class Router
    {
        /// <summary>The k experts with the largest logits, in ascending expert order, weighted by a softmax over the chosen k.</summary>
        /// <param name="logits">(experts); router logits.</param>
        /// <param name="chosen">(k); receives expert indices. Ties go to the lower index. NaN counts as the smallest value.</param>
        /// <param name="weights">(k); receives the weights, which add up to 1.</param>
        public static void Choose(ReadOnlySpan<double> logits, Span<int> chosen, Span<double> weights)
        {
            int count = 0;
            for (int expert = 0; expert < logits.Length; expert++)
            {
                int better = 0;
                for (int other = 0; other < logits.Length; other++)
                {
                    int difference = Rank(logits[other]).CompareTo(Rank(logits[expert]));
                    if (difference > 0 || (difference == 0 && other < expert))
                    {
                        better++;
                    }
                }

                if (better < chosen.Length)
                {
                    chosen[count] = expert;
                    weights[count] = Rank(logits[expert]);
                    count++;
                }
            }

            Softmax.Apply(weights);
        }

        private static double Rank(double logit) => double.IsNaN(logit) ? -double.MaxValue : logit;
    }
}
