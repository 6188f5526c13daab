using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Draws personas. Fields are left out at random, so that "not in the persona" is as common as "in the persona".</summary>
    internal sealed class PersonaMaker
    {
        private const int MostActions = 5;

        private readonly SeededRandom random;
        private readonly ValuePools pools;

        /// <summary>Validation's NPCs may do three things at least: with "none" one choice in four, so that luck cannot pass for a check of the list.</summary>
        private readonly int fewestActions;

        public PersonaMaker(SeededRandom random, DialogueSplit split)
        {
            this.random = random;
            pools = new ValuePools(random, split);
            fewestActions = split == DialogueSplit.Validation ? 3 : 1;
        }

        public ValuePools Pools => pools;

        public PersonaPlan Make()
        {
            // Rich and sparse personas both occur.
            var presence = 0.45 + (0.1 * random.Next(5));
            bool Has() => random.Chance(presence);

            var plan = new PersonaPlan { Name = random.Chance(0.85) ? pools.Name() : null };
            foreach (var field in DialogueFields.All)
            {
                if (field.Field != DialogueField.Name && Has())
                {
                    plan = Change(plan, field.Field);
                }
            }

            return plan;
        }

        /// <summary>The same persona with a new value in one field.</summary>
        public PersonaPlan Change(PersonaPlan plan, DialogueField field)
        {
            switch (field)
            {
                case DialogueField.Name: return plan with { Name = pools.Name() };
                case DialogueField.Trade: return plan with { Trade = pools.Trade() };
                case DialogueField.Place: return plan with { Place = pools.Place() };
                case DialogueField.Kin: return plan with { Kin = Kin() };
                case DialogueField.Wares: return plan with { Wares = Wares(plan.Wares) };
                case DialogueField.Rumour: return plan with { Rumour = pools.Clause(ClausePatterns.Rumours) };
                case DialogueField.Quest: return plan with { Quest = pools.Clause(ClausePatterns.Quests) };
                case DialogueField.Mood:
                    var style = random.Pick(MoodStyle.All);
                    return plan with { Style = style, Mood = pools.Mood(style) };
                case DialogueField.Facts: return plan with { Facts = Facts(plan.Facts) };
                case DialogueField.Actions: return plan with { Actions = Actions() };
                default: throw new ArgumentOutOfRangeException(nameof(field), field, "Not a persona field.");
            }
        }

        /// <summary>A topic for a free fact: "old bridge" or "miller".</summary>
        public string Topic() => random.Next(10) switch
        {
            < 3 => pools.Person(),
            < 5 => pools.Land(),
            < 7 => pools.Stuff(),
            _ => pools.Building(),
        };

        /// <summary>Something that can be said about a topic.</summary>
        public FactPattern Pattern(string topic) => random.Pick(
            ValueWords.Persons.Contains(topic) ? FactPatterns.People
            : ValueWords.Stuffs.Contains(topic) ? FactPatterns.Stuffs
            : ValueWords.Lands.Any(land => topic.EndsWith(land, StringComparison.Ordinal)) ? FactPatterns.Lands
            : FactPatterns.Buildings);

        private KinValue Kin()
        {
            if (random.Chance(0.15))
            {
                var women = random.Chance(0.5);
                var pair = random.Pick(women ? new[] { "daughters", "sisters", "nieces" } : new[] { "sons", "brothers", "nephews" });
                return new KinValue(pools.Draw((_, _) => $"two {pair} named {pools.ShortName(women)} and {pools.ShortName(women)}"), string.Empty, string.Empty);
            }

            KinValue? kin = null;
            pools.Draw((_, r) =>
            {
                var relation = r.Pick(ValueWords.Relations);
                var name = pools.ShortName(ValueWords.Women.Any(woman => relation.EndsWith(woman, StringComparison.Ordinal)));
                var tail = r.Chance(0.15) ? " in " + pools.Town() : string.Empty;
                var text = $"{EnglishGrammar.WithArticle(relation)} {(r.Chance(0.6) ? "named" : "called")} {name}{tail}";
                kin = new KinValue(text, relation, name);
                return text;
            });
            return kin!;
        }

        /// <summary>New items; a twin keeps the items and changes the prices, so that only the asked thing differs.</summary>
        private WareValue[] Wares(IReadOnlyList<WareValue> old)
        {
            if (old.Count > 0)
            {
                return old.Select(ware => ware with { Price = pools.Price() }).ToArray();
            }

            var wares = new List<WareValue>();
            var count = 1 + random.Next(3);
            while (wares.Count < count)
            {
                var (item, plural) = pools.Item();
                if (!wares.Any(ware => Overlaps(ware.Item, item)))
                {
                    wares.Add(new WareValue(item, pools.Price(), plural));
                }
            }

            return wares.ToArray();
        }

        /// <summary>New facts; a twin keeps the topics.</summary>
        private FactValue[] Facts(IReadOnlyList<FactValue> old)
        {
            if (old.Count > 0)
            {
                return old.Select(fact => Fact(fact.Topic)).ToArray();
            }

            var facts = new List<FactValue>();
            var count = 1 + random.Next(3);
            while (facts.Count < count)
            {
                var topic = Topic();
                if (!facts.Any(fact => Overlaps(fact.Clause, topic)))
                {
                    facts.Add(Fact(topic));
                }
            }

            return facts.ToArray();
        }

        private FactValue Fact(string topic)
        {
            FactPattern pattern = null!;
            var clause = pools.Draw((p, _) =>
            {
                pattern = Pattern(topic);
                return "the " + topic + " " + p.Fill(pattern.Predicate);
            });
            return new FactValue(topic, clause, pattern);
        }

        private ActionValue[] Actions()
        {
            var actions = new List<ActionValue>();
            var count = fewestActions + random.Next(MostActions + 1 - fewestActions);
            while (actions.Count < count)
            {
                var action = ActionPool.Draw(pools);
                if (!actions.Any(other => other.Name == action.Name))
                {
                    actions.Add(action);
                }
            }

            return actions.ToArray();
        }

        /// <summary>True when the last words are the same: two kettles cannot be told apart by a short question.</summary>
        private static bool Overlaps(string first, string second)
            => first.Contains(second.Substring(second.LastIndexOf(' ') + 1), StringComparison.Ordinal);
    }
}
