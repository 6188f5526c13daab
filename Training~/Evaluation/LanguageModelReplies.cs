using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Evaluation
{
    /// <summary>The most probable reply of a model. What two prompts in a row share is computed once.</summary>
    public sealed class LanguageModelReplies : IReplyGenerator
    {
        private readonly ILanguageModel model;
        private readonly DialogueFormat format;
        private readonly int maxReplyTokens;

        public LanguageModelReplies(ILanguageModel model, DialogueFormat format, int maxReplyTokens = 96)
        {
            this.model = model ?? throw new ArgumentNullException(nameof(model));
            this.format = format ?? throw new ArgumentNullException(nameof(format));
            this.maxReplyTokens = maxReplyTokens;
        }

        public IReadOnlyList<DialogueTurn> Reply(IReadOnlyList<DialoguePrompt> prompts, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(prompts);
            using var sequence = model.CreateSequence();
            var budget = new PromptBudget(format, model.Config.Context, maxReplyTokens);
            var held = new List<int>();
            var replies = new List<DialogueTurn>(prompts.Count);
            var logits = new float[model.Config.Vocabulary];
            foreach (var prompt in prompts)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var fitted = budget.Fit(prompt);
                if (!fitted.Fits)
                {
                    throw new ArgumentException($"Persona and last line are {fitted.OverBy} tokens too long for the model's context of {model.Config.Context}.", nameof(prompts));
                }

                // At least the last token is computed again: its logits are needed.
                var shared = 0;
                while (shared < held.Count && shared < fitted.Tokens.Length - 1 && held[shared] == fitted.Tokens[shared])
                {
                    shared++;
                }

                sequence.Truncate(shared);
                held.RemoveRange(shared, held.Count - shared);
                sequence.Append(fitted.Tokens.AsSpan(shared), logits);
                held.AddRange(fitted.Tokens.AsSpan(shared));
                replies.Add(format.ParseReply(Generate(sequence, held, logits)));
                progress?.Report(replies.Count);
            }

            return replies;
        }

        private int[] Generate(ILanguageSequence sequence, List<int> held, float[] logits)
        {
            var reply = new List<int>();
            while (true)
            {
                var token = MostProbable(logits);
                reply.Add(token);
                if (token == format.Special.End || token == format.Special.Eos || reply.Count == maxReplyTokens)
                {
                    return reply.ToArray();
                }

                sequence.Append(new[] { token }, logits);
                held.Add(token);
            }
        }

        private static int MostProbable(float[] logits)
        {
            var best = 0;
            for (var i = 1; i < logits.Length; i++)
            {
                if (logits[i] > logits[best])
                {
                    best = i;
                }
            }

            return best;
        }
    }
}
