using System;

namespace PrismLM.Training.Data
{
    /// <summary>One document as token ids, with the weight that each token has in the loss.</summary>
    public sealed class TokenDocument
    {
        /// <param name="tokens">Ids, the first one bos; at least 2.</param>
        /// <param name="lossWeights">
        /// As long as <paramref name="tokens"/>; entry i is the weight of predicting token i from the tokens before it, so entry 0 is never used.
        /// 0 leaves the token out of the loss (the trainer then computes no logits for it).
        /// </param>
        public TokenDocument(int[] tokens, float[] lossWeights)
        {
            Tokens = tokens ?? throw new ArgumentNullException(nameof(tokens));
            LossWeights = lossWeights ?? throw new ArgumentNullException(nameof(lossWeights));
            if (tokens.Length < 2 || tokens.Length != lossWeights.Length)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"A document has {tokens.Length} tokens and {lossWeights.Length} loss weights; expected equal lengths of at least 2."));
            }
        }

        public int[] Tokens { get; }

        public float[] LossWeights { get; }
    }
}
