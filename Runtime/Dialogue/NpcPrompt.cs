using System;
using System.Collections.Generic;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// The prompt of a reply, cut to its budget: whole oldest exchanges go first, then the oldest facts that the game added, then the end of
    /// the line. The persona always stays.
    /// </summary>
    internal sealed class NpcPrompt
    {
        private const int MaxAttempts = 8;

        private NpcPrompt(FittedPrompt fitted, DialogueTurn line, int droppedTurns, int droppedFacts)
        {
            Fitted = fitted;
            Line = line;
            DroppedTurns = droppedTurns;
            DroppedFacts = droppedFacts;
        }

        public FittedPrompt Fitted { get; }

        /// <summary>The line as the prompt has it.</summary>
        public DialogueTurn Line { get; }

        /// <summary>How many of the oldest turns of the memory were left out.</summary>
        public int DroppedTurns { get; }

        /// <summary>How many of the oldest facts of the memory were left out.</summary>
        public int DroppedFacts { get; }

        public static NpcPrompt Build(DialogueFormat format, int contextTokens, int replyTokens, NpcPersona persona, NpcMemory memory, DialogueTurn line)
        {
            var budget = new PromptBudget(format, contextTokens, replyTokens);
            var turns = new List<DialogueTurn>(memory.History) { line };
            FittedPrompt fitted = budget.Fit(new DialoguePrompt(Knowing(persona.Facts, memory.Facts, 0), turns));
            if (fitted.Fits)
            {
                return new NpcPrompt(fitted, line, fitted.DroppedTurns, 0);
            }

            // No exchange is left by now.
            DialogueTurn last = line;
            int facts = 0;
            int shortened = 0;
            while (!fitted.Fits && shortened < MaxAttempts)
            {
                if (facts < memory.Facts.Count)
                {
                    facts++;
                }
                else if (TryShorten(format.Tokenizer, fitted.OverBy, ref last))
                {
                    shortened++;
                }
                else
                {
                    break;
                }

                fitted = budget.Fit(new DialoguePrompt(Knowing(persona.Facts, memory.Facts, facts), new[] { last }));
            }

            return new NpcPrompt(fitted, last, memory.History.Count, facts);
        }

        private static PersonaFacts Knowing(PersonaFacts persona, IReadOnlyList<string> facts, int dropped)
        {
            if (facts.Count == dropped)
            {
                return persona;
            }

            var all = new List<string>(persona.Facts);
            for (int i = dropped; i < facts.Count; i++)
            {
                if (!all.Contains(facts[i]))
                {
                    all.Add(facts[i]);
                }
            }

            return persona with { Facts = all };
        }

        /// <summary>Takes tokens off the end of a line; false when it has not so many.</summary>
        private static bool TryShorten(BpeTokenizer tokenizer, int tokens, ref DialogueTurn line)
        {
            int[] words = tokenizer.Encode(line.Text);
            if (words.Length < tokens || words.Length == 0)
            {
                return false;
            }

            // Half a character at the cut decodes to one U+FFFD.
            string kept = tokenizer.Decode(words.AsSpan(0, words.Length - tokens));
            line = line with { Text = (kept.EndsWith('\uFFFD') ? kept.Substring(0, kept.Length - 1) : kept).TrimEnd() };
            return true;
        }
    }
}
