using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Tokens to logits: the seam of the oracle, of evaluation and of tests. Games, chat and benchmarks use <see cref="ITokenEngine"/>.
    /// </summary>
    public interface ILanguageModel : IDisposable
    {
        ModelConfig Config { get; }

        /// <summary>Starts an empty sequence.</summary>
        /// <param name="headDials">Factors on the head gains, (layers, heads) row-major; empty for 1 everywhere.</param>
        ILanguageSequence CreateSequence(ReadOnlySpan<float> headDials = default);
    }

    /// <summary>One sequence with its key/value cache.</summary>
    public interface ILanguageSequence : IDisposable
    {
        /// <summary>Tokens seen so far; the next token stands at this position.</summary>
        int Position { get; }

        /// <summary>Appends tokens and writes logits.</summary>
        /// <param name="tokens">Ids in [0, vocabulary).</param>
        /// <param name="logits">(vocabulary) for the last token alone, or (tokens, vocabulary) for all of them.</param>
        /// <exception cref="ArgumentException">The length of <paramref name="logits"/> is neither; an id is out of range; the context would overflow.</exception>
        void Append(ReadOnlySpan<int> tokens, Span<float> logits);

        /// <summary>Forgets every position at or after <paramref name="length"/>.</summary>
        void Truncate(int length);
    }
}
