using System;
using System.Collections.Generic;
using System.Globalization;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;

namespace PrismLM.Training.Data
{
    /// <summary>
    /// A drill for the one skill that conversations need and stories do not teach: finding a field of the persona and copying its value, or
    /// seeing that it is not there. The personas are those of the dialogue generator; the talk is bare ("Trade?" - "It is miller."), so nearly
    /// every token in the loss is a copied one. In small models copying appears suddenly, and with conversations alone it had not appeared after
    /// 5 million tokens [M].
    /// </summary>
    public sealed class LookupDrillSource : IDocumentSource
    {
        private const string StatePrefix = "drill 1 ";
        private const int Questions = 14;

        /// <summary>One question in this many asks for a field that the persona lacks.</summary>
        private const int AbsentEvery = 4;
        private static readonly string[] Asks = { "{0}?", "Your {0}?", "Say your {0}.", "What is your {0}?", "Tell me your {0}." };
        private static readonly string[] Answers = { "It is {0}.", "{1}: {0}.", "That would be {0}.", "You ask my {1}. It is {0}." };
        private static readonly string[] AbsentAnswers = { "I have no {0}.", "There is no {0} that I know of.", "I can't say." };
        private readonly DialogueGenerator _generator;
        private readonly DialogueFormat _format;
        private readonly ulong _seed;
        private readonly int _maxTokens;
        private long _next;

        public LookupDrillSource(DialogueFormat format, ulong seed, int maxTokens)
        {
            _generator = new DialogueGenerator(seed, DialogueSplit.Training);
            _format = format;
            _seed = seed;
            _maxTokens = maxTokens;
        }

        public string Name => "drill";

        public TokenDocument Next()
        {
            while (true)
            {
                var document = Make(_next++);
                if (document is not null)
                {
                    return document;
                }
            }
        }

        public string SaveState() => StatePrefix + _next.ToString(CultureInfo.InvariantCulture);

        public void LoadState(string state)
        {
            if (!state.StartsWith(StatePrefix, StringComparison.Ordinal)
                || !long.TryParse(state.AsSpan(StatePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var next))
            {
                throw new ArgumentException($"'{state}' is not a state of the drill source; expected '{StatePrefix}INDEX'.", nameof(state));
            }

            _next = next;
        }

        private TokenDocument? Make(long index)
        {
            var random = new SeededRandom(_seed + (0x9E3779B97F4A7C15UL * (ulong)(index + 1)));
            var persona = _generator.Generate(index).Dialogue.Persona;
            var lines = new List<(string Label, string Value)>();
            var absent = new List<string>();
            foreach (var field in DialogueFields.All)
            {
                var values = persona.Lines(field.Field);
                if (field.Field != DialogueField.Actions && values.Count == 1)
                {
                    lines.Add((field.Label, values[0]));
                }
                else if (field.Field != DialogueField.Actions && values.Count == 0)
                {
                    absent.Add(field.Label);
                }
            }

            if (lines.Count == 0)
            {
                return null;
            }

            var turns = new List<DialogueTurn>();
            for (var i = 0; i < Questions; i++)
            {
                var isAbsent = absent.Count > 0 && random.Next(AbsentEvery) == 0;
                var (label, value) = isAbsent ? (absent[random.Next(absent.Count)], string.Empty) : lines[random.Next(lines.Count)];
                var ask = random.Next(Asks.Length);
                var lower = label.ToLowerInvariant();
                turns.Add(DialogueTurn.Player(string.Format(CultureInfo.InvariantCulture, Asks[ask], ask == 0 ? label : lower)));
                turns.Add(DialogueTurn.Npc(isAbsent
                    ? string.Format(CultureInfo.InvariantCulture, AbsentAnswers[random.Next(AbsentAnswers.Length)], lower)
                    : string.Format(CultureInfo.InvariantCulture, Answers[random.Next(Answers.Length)], value, lower)));
            }

            return DialogueDocumentSource.Tokenize(_format, new DialoguePrompt(persona, turns), _maxTokens, 0f);
        }
    }
}
