using System;
using System.Collections.Generic;
using System.Globalization;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Generated conversations as training documents. Only what the NPC says (its closing and action tokens included) counts in the loss.</summary>
    public sealed class DialogueDocumentSource : IDocumentSource
    {
        private const string StatePrefix = "dialogue 1 ";

        private readonly DialogueGenerator generator;
        private readonly DialogueFormat format;
        private readonly int maxTokens;
        private readonly float playerWeight;
        private long next;

        /// <param name="generator">Decides the conversations.</param>
        /// <param name="format">Decides their tokens.</param>
        /// <param name="maxTokens">Longest document; the last exchanges of a longer conversation are left out.</param>
        /// <param name="playerWeight">Weight of the player's words and of cues in the loss.</param>
        public DialogueDocumentSource(DialogueGenerator generator, DialogueFormat format, int maxTokens = 512, float playerWeight = 0f)
        {
            this.generator = generator ?? throw new ArgumentNullException(nameof(generator));
            this.format = format ?? throw new ArgumentNullException(nameof(format));
            this.maxTokens = maxTokens;
            this.playerWeight = playerWeight;
        }

        public string Name => "dialogue";

        public TokenDocument Next()
        {
            TokenDocument? document;
            do
            {
                document = Tokenize(format, generator.Generate(next++).Dialogue, maxTokens, playerWeight);
            }
            while (document == null);
            return document;
        }

        public string SaveState() => StatePrefix + next.ToString(CultureInfo.InvariantCulture);

        public void LoadState(string state)
        {
            if (state == null || !state.StartsWith(StatePrefix, StringComparison.Ordinal)
                || !long.TryParse(state.AsSpan(StatePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                throw new ArgumentException($"'{state}' is not a state of the dialogue source; expected '{StatePrefix}INDEX'.", nameof(state));
            }

            next = index;
        }

        /// <summary>One conversation as a document; null when not even its first exchange fits.</summary>
        public static TokenDocument? Tokenize(DialogueFormat format, DialoguePrompt dialogue, int maxTokens, float playerWeight)
        {
            var tokens = new List<int>();
            format.AppendPersona(dialogue.Persona, tokens);
            var weights = new List<float>();
            weights.AddRange(new float[tokens.Count]);
            var whole = 0;
            foreach (var turn in dialogue.Turns)
            {
                var start = tokens.Count;
                format.AppendTurn(turn, tokens);
                if (tokens.Count > maxTokens)
                {
                    break;
                }

                // The token that opens a section is the prompt's work, never the model's.
                weights.Add(0f);
                for (var i = start + 1; i < tokens.Count; i++)
                {
                    weights.Add(turn.Kind == TurnKind.Npc ? 1f : playerWeight);
                }

                whole = turn.Kind == TurnKind.Npc ? tokens.Count : whole;
            }

            return whole == 0 ? null : new TokenDocument(tokens.GetRange(0, whole).ToArray(), weights.GetRange(0, whole).ToArray());
        }
    }
}
