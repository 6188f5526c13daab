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
    public sealed class LookupDrillSource : DrillSource
    {
        private const int Questions = 14;

        /// <summary>One question in this many asks for a field that the persona lacks.</summary>
        private const int AbsentEvery = 4;
        private static readonly string[] Asks = { "{0}?", "Your {0}?", "Say your {0}.", "What is your {0}?", "Tell me your {0}." };
        private static readonly string[] Answers = { "It is {0}.", "{1}: {0}.", "That would be {0}.", "You ask my {1}. It is {0}." };
        private static readonly string[] AbsentAnswers = { "I have no {0}.", "There is no {0} that I know of.", "I can't say." };
        private static readonly string[] TopicAsks = { "{0}?", "What about {0}?", "And {0}?", "What do you know about {0}?" };
        private static readonly string[] PriceAsks = { "How much for the {0}?", "{0}?", "The price of the {0}?", "What does the {0} cost?" };
        private static readonly string[] Verbs = { "is", "was", "has", "can", "belongs", "belonged", "are", "were", "comes", "lives", "needs", "keeps", "leads", "costs", "eats", "owes", "knows" };
        private readonly DialogueGenerator _generator;
        private readonly ulong _seed;

        public LookupDrillSource(DialogueFormat format, ulong seed, int maxTokens)
            : base("drill", format, maxTokens)
        {
            _generator = new DialogueGenerator(seed, DialogueSplit.Training);
            _seed = seed;
        }

        internal override DialoguePrompt? Make(long index)
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

            var topics = Topics(persona);
            var others = Topics(_generator.Generate(index + 1).Dialogue.Persona);
            others.RemoveAll(other => topics.Exists(topic => string.Equals(topic.Name, other.Name, StringComparison.Ordinal)));
            if (lines.Count == 0)
            {
                return null;
            }

            var turns = new List<DialogueTurn>();
            for (var i = 0; i < Questions; i++)
            {
                var isAbsent = random.Next(AbsentEvery) == 0;
                var list = isAbsent ? others : topics;
                if (list.Count > 0 && random.Next(2) == 0)
                {
                    var topic = list[random.Next(list.Count)];
                    var asks = topic.IsWare ? PriceAsks : TopicAsks;
                    turns.Add(DialogueTurn.Player(Format(asks[random.Next(asks.Length)], topic.Name)));
                    turns.Add(DialogueTurn.Npc(isAbsent ? Format(topic.IsWare ? "I have no {0}." : "I know nothing about {0}.", topic.Name) : topic.Answer));
                    continue;
                }

                isAbsent = isAbsent && absent.Count > 0;
                var (label, value) = isAbsent ? (absent[random.Next(absent.Count)], string.Empty) : lines[random.Next(lines.Count)];
                var ask = random.Next(Asks.Length);
                var lower = label.ToLowerInvariant();
                turns.Add(DialogueTurn.Player(Format(Asks[ask], ask == 0 ? label : lower)));
                turns.Add(DialogueTurn.Npc(isAbsent
                    ? Format(AbsentAnswers[random.Next(AbsentAnswers.Length)], lower)
                    : Format(Answers[random.Next(Answers.Length)], value, lower)));
            }

            return new DialoguePrompt(persona, turns);
        }

        private static string Format(string pattern, params object[] values) => string.Format(CultureInfo.InvariantCulture, pattern, values);

        /// <summary>Wares with their prices and facts with what they are about: the lookups inside a line.</summary>
        private static List<(string Name, string Answer, bool IsWare)> Topics(PersonaFacts persona)
        {
            var topics = new List<(string Name, string Answer, bool IsWare)>();
            foreach (var line in persona.Lines(DialogueField.Wares))
            {
                foreach (var ware in line.Split(", "))
                {
                    var at = ware.IndexOf(" for ", StringComparison.Ordinal);
                    if (at > 0)
                    {
                        topics.Add((ware.Substring(0, at), Format("The {0}: {1}.", ware.Substring(0, at), ware.Substring(at + 5)), true));
                    }
                }
            }

            foreach (var fact in persona.Lines(DialogueField.Facts))
            {
                var words = fact.Split(' ');
                var verb = Array.FindIndex(words, word => Array.IndexOf(Verbs, word) >= 0);
                if (verb > 1)
                {
                    topics.Add((string.Join(' ', words, 0, verb), char.ToUpperInvariant(fact[0]) + fact.Substring(1) + ".", false));
                }
            }

            return topics;
        }
    }
}
