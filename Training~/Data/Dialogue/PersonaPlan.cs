using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>An item for sale, with what grammar needs.</summary>
    internal sealed record WareValue(string Item, string Price, bool Plural);

    /// <summary>A free fact: the clause, the words that name its topic, and the pattern whose questions it answers.</summary>
    internal sealed record FactValue(string Topic, string Clause, FactPattern Pattern);

    /// <summary>A relative.</summary>
    internal sealed record KinValue(string Text, string Relation, string RelativeName);

    /// <summary>A persona with the structure behind its values.</summary>
    internal sealed record PersonaPlan
    {
        public string? Name { get; init; }
        public string? Trade { get; init; }
        public string? Place { get; init; }
        public KinValue? Kin { get; init; }
        public IReadOnlyList<WareValue> Wares { get; init; } = Array.Empty<WareValue>();
        public string? Rumour { get; init; }
        public string? Quest { get; init; }
        public string? Mood { get; init; }
        public MoodStyle Style { get; init; } = MoodStyle.Neutral;
        public IReadOnlyList<FactValue> Facts { get; init; } = Array.Empty<FactValue>();
        public IReadOnlyList<ActionValue> Actions { get; init; } = Array.Empty<ActionValue>();

        public PersonaFacts ToFacts() => new()
        {
            Name = Name,
            Trade = Trade,
            Place = Place,
            Kin = Kin?.Text,
            Wares = Wares.Select(ware => new PersonaWare(ware.Item, ware.Price)).ToArray(),
            Rumour = Rumour,
            Quest = Quest,
            Mood = Mood,
            Facts = Facts.Select(fact => fact.Clause).ToArray(),
            Actions = Actions.Select(action => action.Name).ToArray(),
        };

        /// <summary>Every value drawn for the persona.</summary>
        public IEnumerable<string> Values()
        {
            var single = new[] { Name, Trade, Place, Kin?.Text, Kin?.RelativeName, Rumour, Quest, Mood };
            return single.Where(value => !string.IsNullOrEmpty(value)).Select(value => value!)
                .Concat(Wares.SelectMany(ware => new[] { ware.Item, ware.Price }))
                .Concat(Facts.Select(fact => fact.Clause))
                .Concat(Actions.Select(action => action.Name));
        }
    }
}
