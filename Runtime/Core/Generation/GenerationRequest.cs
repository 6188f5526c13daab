using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Generation
{
    /// <summary>What to generate: a prompt in tokens, how to sample, when to stop.</summary>
    public sealed class GenerationRequest
    {
        public GenerationRequest(int[] prompt)
        {
            Prompt = prompt ?? throw new ArgumentNullException(nameof(prompt));
        }

        /// <summary>At least one id, and fewer than the engine's context.</summary>
        public int[] Prompt { get; }

        public SamplingOptions Sampling { get; set; } = new SamplingOptions();

        /// <summary>Most tokens to generate, at least 1.</summary>
        public int MaxTokens { get; set; } = 256;

        /// <summary>At most 8 ids that end the reply and have no text; null for the model's end and eos tokens.</summary>
        public int[]? StopTokens { get; set; }

        /// <summary>Texts that end the reply; neither they nor any part of them is ever shown.</summary>
        public IReadOnlyList<string> StopSequences { get; set; } = Array.Empty<string>();

        /// <summary>Random numbers this NPC has drawn before; <see cref="GenerationResult.DrawCounter"/> of its last reply.</summary>
        public uint DrawCounter { get; set; }

        /// <summary>Index in the prompt from which on its tokens are the reply's own, said before it was cut short; -1 when the reply begins after the prompt.
        /// The repetition penalty looks at the reply alone: what a prompt states may be repeated.</summary>
        public int ReplyStart { get; set; } = -1;

        /// <summary>Distinguishes NPCs that share a seed.</summary>
        public uint Npc { get; set; }

        /// <summary>Factors on the head gains, (layers, heads) row-major; empty for 1 everywhere.</summary>
        public float[] HeadDials { get; set; } = Array.Empty<float>();

        /// <summary>A <see cref="TokenMask"/> of the tokens that may be generated; empty allows all.</summary>
        public uint[] AllowedTokens { get; set; } = Array.Empty<uint>();

        /// <summary>What the reply may say, token by token; null for anything. Built once and shared. Not together with <see cref="AllowedTokens"/>, and for
        /// a choice not with <see cref="StopSequences"/>.</summary>
        public TokenConstraint? Constraint { get; set; }

        /// <summary>Where the constraint stands before the first token: its start, or <see cref="TokenConstraint.StateAfter"/> of what was said already.</summary>
        public int ConstraintState { get; set; }

        /// <summary>Numbers added to logits, at most 32, a token at most once.</summary>
        public TokenBias[] Bias { get; set; } = Array.Empty<TokenBias>();

        /// <summary>Who comes first when not everyone can: importance, or how near the player is. Higher first, 0 for ordinary; finite. Those who wait gain on the
        /// others, so nobody waits for ever.</summary>
        public float Priority { get; set; }

        /// <summary>Milliseconds of the host's time, counted by the ticks from the submission on, after which the reply ends as <see cref="FinishReason.Expired"/>
        /// if it has not ended otherwise; 0 for none.</summary>
        public double DeadlineMilliseconds { get; set; }

        /// <summary>The stop tokens of a model: its end and eos tokens, as far as the vocabulary has them.</summary>
        public static int[] StopTokensOf(ModelConfig config)
        {
            var tokens = new List<int>(2);
            if (config.Special.End >= 0)
            {
                tokens.Add(config.Special.End);
            }

            if (config.Special.Eos >= 0)
            {
                tokens.Add(config.Special.Eos);
            }

            return tokens.ToArray();
        }
    }
}
