using System;
using System.Collections.Generic;

namespace PrismLM.Core.Prompting
{
    /// <summary>
    /// Cuts a conversation to the context. The persona and the last line always stay; whole exchanges go, the oldest first, so the model
    /// never sees an answer without its question.
    /// </summary>
    public sealed class PromptBudget
    {
        private readonly DialogueFormat format;

        /// <param name="format">The grammar the prompt is written in.</param>
        /// <param name="contextLength">Tokens the model can hold, prompt and reply together.</param>
        /// <param name="replyTokens">Tokens kept free for the reply.</param>
        /// <exception cref="ArgumentOutOfRangeException">No room is left for a prompt.</exception>
        public PromptBudget(DialogueFormat format, int contextLength, int replyTokens)
        {
            this.format = format ?? throw new ArgumentNullException(nameof(format));
            if (replyTokens < 1 || replyTokens >= contextLength)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(replyTokens), replyTokens, FormattableString.Invariant($"A reply of {replyTokens} tokens leaves no prompt in a context of {contextLength}."));
            }

            PromptTokens = contextLength - replyTokens;
        }

        /// <summary>Most tokens a prompt may have.</summary>
        public int PromptTokens { get; }

        /// <summary>Builds the prompt and says what was dropped.</summary>
        public FittedPrompt Fit(DialoguePrompt prompt)
        {
            if (prompt == null)
            {
                throw new ArgumentNullException(nameof(prompt));
            }

            var tokens = new List<int>();
            format.AppendPersona(prompt.Persona, tokens);
            var personaTokens = tokens.Count;

            var starts = new List<int>(prompt.Turns.Count + 1);
            foreach (var turn in prompt.Turns)
            {
                starts.Add(tokens.Count);
                format.AppendKnownTurn(turn, tokens);
            }

            format.AppendReplyStart(tokens);

            var kept = 0;
            var dropped = 0;
            while (tokens.Count - dropped > PromptTokens)
            {
                var next = NextExchange(prompt.Turns, kept);
                if (next < 0)
                {
                    break;
                }

                kept = next;
                dropped = starts[kept] - personaTokens;
            }

            tokens.RemoveRange(personaTokens, dropped);
            return new FittedPrompt(tokens.ToArray(), personaTokens, kept, dropped, Math.Max(0, tokens.Count - PromptTokens));
        }

        /// <summary>The turn that opens the exchange after the one at <paramref name="from"/>; -1 when that is the last.</summary>
        private static int NextExchange(IReadOnlyList<DialogueTurn> turns, int from)
        {
            var last = turns.Count - 1;
            for (var i = from + 1; i <= last; i++)
            {
                var opens = turns[i].Kind != TurnKind.Npc && turns[i - 1].Kind == TurnKind.Npc;
                if (opens || i == last)
                {
                    return i;
                }
            }

            return -1;
        }
    }

    /// <summary>A prompt cut to its budget, with an account of it.</summary>
    public sealed class FittedPrompt
    {
        internal FittedPrompt(int[] tokens, int personaTokens, int droppedTurns, int droppedTokens, int overBy)
        {
            Tokens = tokens;
            PersonaTokens = personaTokens;
            DroppedTurns = droppedTurns;
            DroppedTokens = droppedTokens;
            OverBy = overBy;
        }

        public int[] Tokens { get; }

        /// <summary>Tokens of bos and persona, at the front of <see cref="Tokens"/>.</summary>
        public int PersonaTokens { get; }

        /// <summary>How many of the oldest turns were left out.</summary>
        public int DroppedTurns { get; }

        public int DroppedTokens { get; }

        /// <summary>Tokens that persona and last line alone exceed the budget by; 0 when the prompt fits.</summary>
        public int OverBy { get; }

        public bool Fits => OverBy == 0;
    }
}
