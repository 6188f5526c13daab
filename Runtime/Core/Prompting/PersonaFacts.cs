using System;
using System.Collections.Generic;

namespace PrismLM.Core.Prompting
{
    /// <summary>
    /// What the model is told about an NPC; <see cref="DialogueField"/> says how each value has to read. A null or empty value is left out
    /// of the prompt, and the NPC then does not know it.
    /// </summary>
    public sealed record PersonaFacts
    {
        public string? Name { get; init; }

        public string? Trade { get; init; }

        public string? Place { get; init; }

        public string? Kin { get; init; }

        public IReadOnlyList<PersonaWare> Wares { get; init; } = Array.Empty<PersonaWare>();

        public string? Rumour { get; init; }

        public string? Quest { get; init; }

        public string? Mood { get; init; }

        public IReadOnlyList<string> Facts { get; init; } = Array.Empty<string>();

        /// <summary>Names of the actions the NPC may take: letters, digits and underscores.</summary>
        public IReadOnlyList<string> Actions { get; init; } = Array.Empty<string>();

        /// <summary>The values of a field as the prompt writes them, one per line of the prompt; empty when the field is left out.</summary>
        public IReadOnlyList<string> Lines(DialogueField field)
        {
            switch (field)
            {
                case DialogueField.Name: return One(Name);
                case DialogueField.Trade: return One(Trade);
                case DialogueField.Place: return One(Place);
                case DialogueField.Kin: return One(Kin);
                case DialogueField.Wares: return Joined(Wares);
                case DialogueField.Rumour: return One(Rumour);
                case DialogueField.Quest: return One(Quest);
                case DialogueField.Mood: return One(Mood);
                case DialogueField.Facts: return Facts;
                case DialogueField.Actions: return Joined(Actions);
                default: throw new ArgumentOutOfRangeException(nameof(field), field, "Not a persona field.");
            }
        }

        private static string[] One(string? value) => string.IsNullOrWhiteSpace(value) ? Array.Empty<string>() : new[] { value! };

        private static string[] Joined<T>(IReadOnlyList<T> values)
            => values.Count == 0 ? Array.Empty<string>() : new[] { string.Join(", ", values) };
    }

    /// <summary>An item for sale.</summary>
    public sealed record PersonaWare
    {
        /// <param name="item">Without an article: <c>iron kettle</c>.</param>
        /// <param name="price">With its coin: <c>4 silver</c>.</param>
        public PersonaWare(string item, string price)
        {
            Item = item ?? throw new ArgumentNullException(nameof(item));
            Price = price ?? throw new ArgumentNullException(nameof(price));
        }

        public string Item { get; init; }

        public string Price { get; init; }

        /// <summary>The prompt's form: <c>iron kettle for 4 silver</c>.</summary>
        public override string ToString() => Item + " for " + Price;
    }
}
