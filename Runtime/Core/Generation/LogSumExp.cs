using System;

namespace PrismLM.Core.Generation
{
    /// <summary>What makes probabilities of logits: ln p(token) = logit(token) - ln sum exp(logits).</summary>
    public static class LogSumExp
    {
        /// <summary>ln sum exp(logits), in double precision; the largest is taken out first, so that nothing overflows.</summary>
        /// <param name="logits">(vocabulary).</param>
        public static double Of(ReadOnlySpan<float> logits)
        {
            double largest = double.NegativeInfinity;
            foreach (float logit in logits)
            {
                largest = Math.Max(largest, logit);
            }

            double sum = 0;
            foreach (float logit in logits)
            {
                sum += Math.Exp(logit - largest);
            }

            return Math.Log(sum) + largest;
        }
    }
}
