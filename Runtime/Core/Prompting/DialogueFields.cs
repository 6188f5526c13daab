using System.Collections.Generic;

namespace PrismLM.Core.Prompting
{
    /// <summary>What a persona can say about its NPC, in the order in which the prompt says it.</summary>
    public enum DialogueField
    {
        /// <summary>A proper name.</summary>
        Name,

        /// <summary>What the NPC does, without an article: <c>blacksmith</c>.</summary>
        Trade,

        /// <summary>Where the NPC lives; reads after "in": <c>the village of Orrinmoor</c>.</summary>
        Place,

        /// <summary>A relative; reads after "I have": <c>a sister named Marwen</c>.</summary>
        Kin,

        /// <summary>Items for sale with their prices, without articles.</summary>
        Wares,

        /// <summary>A clause that reads after "they say": <c>the miller buried silver under the bridge</c>.</summary>
        Rumour,

        /// <summary>What the NPC wants done; reads after "I need someone to": <c>bring me three wolf pelts</c>.</summary>
        Quest,

        /// <summary>How the NPC feels; reads after "I am": <c>grumpy</c>. Colours every reply.</summary>
        Mood,

        /// <summary>Clauses the NPC knows to be true: <c>the well behind the mill is dry</c>.</summary>
        Facts,

        /// <summary>Names of the actions that the game allows: <c>open_gate</c>.</summary>
        Actions,
    }

    /// <summary>
    /// The one list of persona fields. The prompt grammar, the training data generator and the persona schema all read it: a field that
    /// training never showed would have no effect in a game.
    /// </summary>
    public static class DialogueFields
    {
        private static readonly DialogueFieldInfo[] Fields =
        {
            new DialogueFieldInfo(DialogueField.Name, "name", "Name", false),
            new DialogueFieldInfo(DialogueField.Trade, "trade", "Trade", false),
            new DialogueFieldInfo(DialogueField.Place, "place", "Place", false),
            new DialogueFieldInfo(DialogueField.Kin, "kin", "Kin", false),
            new DialogueFieldInfo(DialogueField.Wares, "wares", "Wares", false),
            new DialogueFieldInfo(DialogueField.Rumour, "rumour", "Rumour", false),
            new DialogueFieldInfo(DialogueField.Quest, "quest", "Quest", false),
            new DialogueFieldInfo(DialogueField.Mood, "mood", "Mood", false),
            new DialogueFieldInfo(DialogueField.Facts, "facts", "Fact", true),
            new DialogueFieldInfo(DialogueField.Actions, "actions", "Actions", false),
        };

        /// <summary>Every field, in prompt order; index = (int)field.</summary>
        public static IReadOnlyList<DialogueFieldInfo> All => Fields;

        public static DialogueFieldInfo Get(DialogueField field) => Fields[(int)field];

        /// <summary>Finds a field by its name in a persona file.</summary>
        public static bool TryGet(string key, out DialogueFieldInfo field)
        {
            foreach (var candidate in Fields)
            {
                if (string.Equals(candidate.Key, key, System.StringComparison.Ordinal))
                {
                    field = candidate;
                    return true;
                }
            }

            field = Fields[0];
            return false;
        }
    }

    /// <summary>One persona field: its name in a file and its label in the prompt.</summary>
    public sealed class DialogueFieldInfo
    {
        internal DialogueFieldInfo(DialogueField field, string key, string label, bool oneLineEach)
        {
            Field = field;
            Key = key;
            Label = label;
            OneLineEach = oneLineEach;
        }

        public DialogueField Field { get; }

        /// <summary>Property name in a persona file: <c>rumour</c>.</summary>
        public string Key { get; }

        /// <summary>What opens the field's line in the prompt: <c>Rumour</c>.</summary>
        public string Label { get; }

        /// <summary>True when each value has a line of its own; otherwise several values share a line, separated by commas.</summary>
        public bool OneLineEach { get; }
    }
}
