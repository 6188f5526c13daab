using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PrismLM.Core.Tokenization;

namespace PrismLM.Training.Tokenization
{
    /// <summary>Learns a byte-level BPE vocabulary: again and again the most frequent pair of neighbouring tokens becomes a token.</summary>
    /// <remarks>
    /// Words (of the GPT-2 pre-tokenizer) are counted first and then merged once each, with pair counts kept up to date, so the time depends on the number
    /// of distinct words. Deterministic: of equally frequent pairs the one with the lexicographically greater bytes goes first, first part before second.
    /// </remarks>
    public static class BpeTrainer
    {
        /// <summary>Trains a vocabulary of an exact size: the 256 bytes, the merges, and the special tokens at its end.</summary>
        /// <param name="documents">Plain text; no merge crosses a document's end.</param>
        /// <param name="vocabularySize">All tokens, special ones included.</param>
        /// <param name="specialTokens">Names; they get the last ids in this order.</param>
        /// <param name="progress">Fraction of merges made, 0 while words are counted.</param>
        /// <param name="cancellationToken">Ends the training between two merges or documents.</param>
        /// <exception cref="ArgumentOutOfRangeException">The size leaves no room for the bytes, or is above the tokenizer's limit.</exception>
        /// <exception cref="InvalidOperationException">The text is too small for so many tokens.</exception>
        public static BpeTokenizer Train(
            IEnumerable<string> documents,
            int vocabularySize,
            IReadOnlyList<string> specialTokens,
            IProgress<double>? progress = null,
            CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(documents);
            ArgumentNullException.ThrowIfNull(specialTokens);
            int target = vocabularySize - specialTokens.Count;
            if (target < 256 || vocabularySize > BpeTokenizer.MaxVocabularySize)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(vocabularySize),
                    vocabularySize,
                    FormattableString.Invariant($"A vocabulary has {256 + specialTokens.Count} to {BpeTokenizer.MaxVocabularySize} tokens here: 256 bytes and the special tokens are always in it."));
            }
            if (specialTokens.Any(string.IsNullOrEmpty) || specialTokens.Distinct(StringComparer.Ordinal).Count() != specialTokens.Count)
            {
                throw new ArgumentException("Special tokens need names, each its own.", nameof(specialTokens));
            }

            progress?.Report(0);
            var learner = new BpeLearner(WordCounts.Count(documents, cancellationToken));
            while (learner.TokenCount < target)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!learner.MergeBestPair())
                {
                    throw new InvalidOperationException(FormattableString.Invariant(
                        $"The text is exhausted after {learner.TokenCount} of {target} tokens: give more text or ask for a smaller vocabulary."));
                }
                progress?.Report((learner.TokenCount - 256) / (double)(target - 256));
            }
            progress?.Report(1);
            return Build(learner, specialTokens);
        }

        private static BpeTokenizer Build(BpeLearner learner, IReadOnlyList<string> specialTokens)
        {
            var tokens = new List<byte[]>(learner.Tokens);
            var specials = new List<SpecialToken>();
            foreach (string name in specialTokens)
            {
                specials.Add(new SpecialToken(name, tokens.Count));
                tokens.Add(Array.Empty<byte>());
            }
            return new BpeTokenizer(new TokenTable(tokens, specials), learner.Merges.ToArray(), learner.ByteIds);
        }
    }
}
