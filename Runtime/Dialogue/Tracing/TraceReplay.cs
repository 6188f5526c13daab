using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>A trace as the request that it came from.</summary>
    internal static class TraceReplay
    {
        /// <summary>Asks for the tokens after those that were restored, exactly as they were asked for.</summary>
        /// <exception cref="ArgumentException">The vocabulary is not the trace's: the constraint cannot have said what was said.</exception>
        public static GenerationRequest Request(ReplyTrace trace, DialogueFormat format)
        {
            var prompt = new List<int>();
            foreach (TraceSection section in trace.Prompt)
            {
                prompt.AddRange(section.Tokens);
            }

            int start = prompt.Count;
            var restored = new int[trace.RestoredTokens];
            for (int i = 0; i < restored.Length; i++)
            {
                restored[i] = trace.Tokens[i];
            }

            prompt.AddRange(restored);
            TraceRules rules = trace.Rules;
            TokenConstraint constraint = rules.IsChoice
                ? TokenConstraint.Choice(format.Tokenizer, format.Special.End, rules.Lines)
                : TokenConstraint.SpeechWithAction(format.Tokenizer, format.Special.End, format.Special.Action, rules.Lines, rules.Banned);
            int state = constraint.StateAfter(restored);
            if (state < 0)
            {
                throw new ArgumentException("The tokens that were said before the reply was restored are not what its rules allow: the trace is of another vocabulary.");
            }

            return new GenerationRequest(prompt.ToArray())
            {
                ReplyStart = start,
                Sampling = rules.Sampling,
                MaxTokens = rules.Limit,
                DrawCounter = rules.Draws,
                Npc = rules.Npc,
                HeadDials = rules.HeadDials,
                Constraint = constraint,
                ConstraintState = state,
            };
        }

        /// <exception cref="ArgumentException">The model cannot read it: its vocabulary, its context or its heads are others.</exception>
        public static void Check(ReplyTrace trace, ModelConfig config)
        {
            int length = trace.RestoredTokens + trace.MaxTokens;
            foreach (TraceSection section in trace.Prompt)
            {
                length += section.Tokens.Count;
                Check(section.Tokens, config.Vocabulary);
            }

            Check(trace.Tokens, config.Vocabulary);
            int heads = config.Layers * config.Heads;
            if (length > config.Context || (trace.Rules.HeadDials.Length != 0 && trace.Rules.HeadDials.Length != heads))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The trace has {length} tokens at most and {trace.Rules.HeadDials.Length} head dials; this model holds {config.Context} tokens and has {heads} heads. Use the model that it was made with."));
            }
        }

        private static void Check(IReadOnlyList<int> tokens, int vocabulary)
        {
            foreach (int token in tokens)
            {
                if (token >= vocabulary)
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"The trace has the token {token}; this model's vocabulary has {vocabulary}. Use the model that it was made with."));
                }
            }
        }
    }
}
