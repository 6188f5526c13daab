using System;

namespace PrismLM.Core.Generation
{
    /// <summary>How a token is chosen from logits. The order is: penalties, temperature, top-k, top-p on what remains, min-p, draw.</summary>
    public sealed record SamplingOptions
    {
        /// <summary>The most probable token, always.</summary>
        public static SamplingOptions Greedy { get; } = new SamplingOptions { Temperature = 0f };

        /// <summary>0 chooses the most probable token, ties to the lower id.</summary>
        public float Temperature { get; init; } = 0.8f;

        /// <summary>Keep the k most probable tokens; 0 keeps all.</summary>
        public int TopK { get; init; } = 40;

        /// <summary>Keep the smallest set whose probability reaches p, of what top-k left; 1 keeps all.</summary>
        public float TopP { get; init; } = 0.95f;

        /// <summary>Keep tokens at least this fraction as probable as the best; 0 keeps all.</summary>
        public float MinP { get; init; }

        /// <summary>Logits of tokens in the recent window are divided by this when positive and multiplied when negative; 1 is off.</summary>
        public float RepetitionPenalty { get; init; } = 1f;

        /// <summary>Tokens of the reply that the penalty looks back on, at most 64. The prompt is not among them: its facts may be repeated.</summary>
        public int RepetitionWindow { get; init; } = 64;

        public uint Seed { get; init; }

        /// <summary>Throws when a value is outside its range.</summary>
        /// <exception cref="ArgumentOutOfRangeException">Names the option, the value found and the allowed range.</exception>
        public void Validate()
        {
            Check(Temperature >= 0f && Temperature <= 10f, nameof(Temperature), Temperature, "0 to 10");
            Check(TopK >= 0, nameof(TopK), TopK, "0 (off) or more");
            Check(TopP > 0f && TopP <= 1f, nameof(TopP), TopP, "above 0 to 1");
            Check(MinP >= 0f && MinP <= 1f, nameof(MinP), MinP, "0 to 1");
            Check(RepetitionPenalty >= 1f && RepetitionPenalty <= 10f, nameof(RepetitionPenalty), RepetitionPenalty, "1 to 10");
            Check(RepetitionWindow >= 0 && RepetitionWindow <= 64, nameof(RepetitionWindow), RepetitionWindow, "0 to 64");
        }

        private static void Check(bool holds, string option, object found, string allowed)
        {
            if (!holds)
            {
                throw new ArgumentOutOfRangeException(option, found, FormattableString.Invariant($"{option} is {found}; allowed: {allowed}."));
            }
        }
    }
}
