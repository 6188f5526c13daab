using System;

namespace PrismLM.Training.Evaluation
{
    /// <summary>How well a model predicts a text.</summary>
    /// <param name="Nats">Sum over the tokens of -ln p.</param>
    /// <param name="Tokens">Tokens predicted.</param>
    /// <param name="Bytes">UTF-8 bytes of those tokens' text.</param>
    public sealed record TextScore(double Nats, long Tokens, long Bytes)
    {
        /// <summary>Nats per token.</summary>
        public double Loss => Nats / Tokens;

        public double Perplexity => Math.Exp(Loss);

        /// <summary>Comparable between tokenizers.</summary>
        public double BitsPerByte => Nats / Math.Log(2.0) / Bytes;
    }
}
