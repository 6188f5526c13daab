using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Evaluation
{
    /// <summary>The most probable replies of an engine, as many at once as it has slots.</summary>
    public sealed class TokenEngineReplies : IReplyGenerator
    {
        private readonly ITokenEngine engine;
        private readonly DialogueFormat format;
        private readonly bool isConstrained;
        private readonly int maxReplyTokens;
        private readonly Dictionary<string, TokenConstraint> constraints = new(StringComparer.Ordinal);

        /// <param name="engine">Makes the tokens.</param>
        /// <param name="format">The model's prompt grammar.</param>
        /// <param name="isConstrained">Allow speech with at most one of the persona's actions, as in a game; false lets the model write any tokens.</param>
        /// <param name="maxReplyTokens">Of each reply.</param>
        public TokenEngineReplies(ITokenEngine engine, DialogueFormat format, bool isConstrained = true, int maxReplyTokens = 96)
        {
            this.isConstrained = isConstrained;
            this.engine = engine ?? throw new ArgumentNullException(nameof(engine));
            this.format = format ?? throw new ArgumentNullException(nameof(format));
            this.maxReplyTokens = maxReplyTokens;
        }

        public IReadOnlyList<DialogueTurn> Reply(IReadOnlyList<DialoguePrompt> prompts, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
        {
            ArgumentNullException.ThrowIfNull(prompts);
            var budget = new PromptBudget(format, engine.ContextLength, maxReplyTokens);
            var fitted = prompts.Select(budget.Fit).ToArray();
            if (Array.Find(fitted, each => !each.Fits) is { } tooLong)
            {
                throw new ArgumentException(FormattableString.Invariant($"Persona and last line are {tooLong.OverBy} tokens too long for the model's context of {engine.ContextLength}."), nameof(prompts));
            }

            var replies = new DialogueTurn[prompts.Count];
            var running = new Dictionary<SequenceHandle, (int Index, List<int> Tokens)>();
            var events = new TokenEvent[256];
            var next = 0;
            var done = 0;
            try
            {
                while (done < prompts.Count)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    while (next < prompts.Count && engine.TryAdmit(Request(prompts[next].Persona, fitted[next].Tokens), out var admitted))
                    {
                        running.Add(admitted, (next++, new List<int>()));
                    }

                    if (running.Count == 0)
                    {
                        throw new InvalidOperationException("The engine takes no sequence in though none of these is running: other callers hold its slots.");
                    }

                    engine.Advance(double.PositiveInfinity);
                    engine.Wait(1000);
                    done += Collect(engine.Drain(events), events, running, replies);
                    progress?.Report(done);
                }
            }
            finally
            {
                foreach (var handle in running.Keys)
                {
                    engine.Release(handle);
                }
            }

            return replies;
        }

        private int Collect(int count, TokenEvent[] events, Dictionary<SequenceHandle, (int Index, List<int> Tokens)> running, DialogueTurn[] replies)
        {
            var ended = 0;
            for (var i = 0; i < count; i++)
            {
                var item = events[i];
                if (item.End == SequenceEnd.Failed)
                {
                    throw new InvalidOperationException("The device failed while it made a reply.");
                }

                var (index, tokens) = running[item.Sequence];
                tokens.Add(item.Token);
                if (item.End != SequenceEnd.None)
                {
                    replies[index] = format.ParseReply(tokens.ToArray());
                    running.Remove(item.Sequence);
                    engine.Release(item.Sequence);
                    ended++;
                }
            }

            return ended;
        }

        private TokenConstraint Constraint(IReadOnlyList<string> actions)
        {
            var key = string.Join(',', actions);
            if (!constraints.TryGetValue(key, out var constraint))
            {
                constraint = TokenConstraint.SpeechWithAction(format.Tokenizer, format.Special.End, format.Special.Action, actions);
                constraints.Add(key, constraint);
            }

            return constraint;
        }

        private SequenceRequest Request(PersonaFacts persona, int[] prompt) => new(prompt, SamplingOptions.Greedy)
        {
            Constraint = isConstrained ? Constraint(persona.Actions) : null,
            MaxTokens = maxReplyTokens,
            StopTokens = format.Special.Eos >= 0 ? new[] { format.Special.End, format.Special.Eos } : new[] { format.Special.End },
        };
    }
}
