using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;
using Draws = PrismLM.Training.Data.Dialogue.SeededRandom;

namespace PrismLM.Training.Data
{
    /// <summary>
    /// A drill for "mine" and "yours": the player says his name, home, trade or what he looks for, and then asks for it and for the NPC's own
    /// in turn. What he has not told, and what the persona lacks, is asked as well.
    /// </summary>
    public sealed class ToldDrillSource : DrillSource
    {
        private const int Questions = 11;
        private static readonly string[] MineAsks = { "My {0}?", "What is my {0}?", "Say my {0}.", "And my {0}?", "{0}: mine, I mean." };
        private static readonly string[] YourAsks = { "Your {0}?", "What is your {0}?", "Say your {0}.", "And your {0}?", "{0}: yours, I mean." };

        /// <summary>What both have: words for it in bare questions, and the sections of the wordings.</summary>
        private static readonly (string Label, string Kind, DialogueIntent Ask)[] Shared =
        {
            ("name", "Name", DialogueIntent.AskName), ("home", "Origin", DialogueIntent.AskPlace), ("trade", "Trade", DialogueIntent.AskTrade),
        };

        private static readonly string[] Kinds = { "Name", "Origin", "Trade", "Search" };
        private readonly DialogueGenerator _generator;
        private readonly ulong _seed;

        public ToldDrillSource(DialogueFormat format, ulong seed, int maxTokens)
            : base("told-drill", format, maxTokens)
        {
            _generator = new DialogueGenerator(seed, DialogueSplit.Training);
            _seed = seed;
        }

        internal override DialoguePrompt? Make(long index)
        {
            var random = new Draws(_seed, (ulong)index);
            var pools = new ValuePools(random, DialogueSplit.Training);
            var persona = _generator.Generate(index).Dialogue.Persona;
            if (random.Chance(0.6))
            {
                // Fewer lines leave room for more questions.
                persona = new PersonaFacts { Name = persona.Name, Trade = persona.Trade, Place = persona.Place };
            }

            var told = new Dictionary<string, string>(StringComparer.Ordinal);
            var turns = new List<DialogueTurn>();
            for (var i = 0; i < Questions; i++)
            {
                if (told.Count < Kinds.Length && random.Chance(told.Count == 0 ? 0.8 : 0.25))
                {
                    var kind = random.Pick(Kinds.Where(each => !told.ContainsKey(each)).ToArray());
                    told[kind] = Value(pools, random, kind);
                    Say(turns, Wording(random, PlayerWordings.Book, "Tell" + kind), Wording(random, ReplyWordings.Book, "Tell" + kind), told[kind]);
                }
                else if (random.Chance(0.6))
                {
                    AskMine(turns, random, told);
                }
                else
                {
                    AskYours(turns, random, persona);
                }
            }

            return new DialoguePrompt(persona, turns);
        }

        private static void AskMine(List<DialogueTurn> turns, Draws random, Dictionary<string, string> told)
        {
            var kind = told.Count > 0 && random.Chance(0.7) ? random.Pick(told.Keys.ToArray()) : random.Pick(Kinds);
            var label = Array.Find(Shared, each => each.Kind == kind).Label;
            var ask = label is not null && random.Chance(0.4) ? random.Pick(MineAsks).Replace("{0}", label) : Wording(random, PlayerWordings.Book, "Recall" + kind);
            var known = told.TryGetValue(kind, out var value);
            Say(turns, ask, Wording(random, ReplyWordings.Book, "Recall" + kind + (known ? string.Empty : ".Unknown")), value ?? string.Empty);
        }

        private static void AskYours(List<DialogueTurn> turns, Draws random, PersonaFacts persona)
        {
            var (label, _, intent) = random.Pick(Shared);
            var field = ExchangeMaker.FieldOf(intent);
            var ask = random.Chance(0.4) ? random.Pick(YourAsks).Replace("{0}", label) : Wording(random, PlayerWordings.Book, intent.ToString());
            var values = persona.Lines(field);
            var reply = Wording(random, ReplyWordings.Book, intent + (values.Count > 0 ? string.Empty : ".Unknown"));
            if (values.Count > 0)
            {
                var slot = field.ToString().ToLowerInvariant();
                reply = reply.Replace("{" + slot + "}", values[0]).Replace("{cap:" + slot + "}", EnglishGrammar.CapitalFirst(values[0]))
                    .Replace("{a" + slot + "}", EnglishGrammar.WithArticle(values[0])).Replace("{cap:a" + slot + "}", EnglishGrammar.CapitalFirst(EnglishGrammar.WithArticle(values[0])));
            }

            Say(turns, ask, reply, string.Empty);
        }

        private static void Say(List<DialogueTurn> turns, string line, string reply, string told)
        {
            turns.Add(DialogueTurn.Player(Fill(line, told)));
            turns.Add(DialogueTurn.Npc(Fill(reply, told)));
        }

        private static string Fill(string form, string told) => EnglishGrammar.CapitalFirst(
            form.Replace("{told}", told).Replace("{atold}", told).Replace("{cap:told}", EnglishGrammar.CapitalFirst(told)).Replace("{cap:atold}", EnglishGrammar.CapitalFirst(told)));

        private static string Wording(Draws random, WordingBook book, string section) =>
            random.Pick(book.Get(section, DialogueSplit.Training)).Expand(random).Replace("  ", " ").Replace(" ?", "?").Trim();

        private static string Value(ValuePools pools, Draws random, string kind)
        {
            switch (kind)
            {
                case "Name": return pools.Name();
                case "Origin": return random.Chance(0.2) ? pools.Draw((own, _) => "the village of " + own.Town()) : pools.Town();
                case "Trade": return EnglishGrammar.WithArticle(pools.Trade());
                default:
                    var (item, plural) = pools.Item();
                    return plural ? item : EnglishGrammar.WithArticle(item);
            }
        }
    }
}
