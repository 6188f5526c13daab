using System.Collections.Generic;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// Conversations by number: each is a pure function of seed, split and index. About one in eight is the counterfactual twin of the one before it:
    /// the same talk with one asked fact changed in the persona.
    /// </summary>
    public sealed class DialogueGenerator
    {
        private const double TwinChance = 0.25;

        private readonly ulong seed;
        private readonly DialogueSplit split;

        public DialogueGenerator(ulong seed, DialogueSplit split)
        {
            this.seed = split == DialogueSplit.Training ? seed : ~seed;
            this.split = split;
        }

        public DialogueConversation Generate(long index)
        {
            if (index % 2 == 1 && Stream(index, 3).Chance(TwinChance) && TryTwin(index - 1, out var twin, out _))
            {
                return twin;
            }

            return Write(Persona(index), index);
        }

        /// <summary>The conversation with one asked field changed in the persona; false when it asks for no field that can change.</summary>
        /// <param name="index">The conversation to change.</param>
        /// <param name="twin">The changed conversation.</param>
        /// <param name="field">What was changed.</param>
        public bool TryTwin(long index, out DialogueConversation twin, out DialogueField field)
        {
            var plan = Persona(index);
            var original = Write(plan, index);
            var random = Stream(index, 2);
            var fields = new List<DialogueField>();
            foreach (var expected in original.Expectations)
            {
                if (expected.Kind == ReplyKind.Known && expected.Field is { } asked && asked != DialogueField.Mood && expected.Intent != DialogueIntent.AskWares)
                {
                    fields.Add(asked);
                }
            }

            twin = original;
            field = default;
            if (fields.Count == 0)
            {
                return false;
            }

            field = random.Pick(fields);
            twin = Write(new PersonaMaker(random, split).Change(plan, field), index);
            return true;
        }

        private PersonaPlan Persona(long index) => new PersonaMaker(Stream(index, 0), split).Make();

        private DialogueConversation Write(PersonaPlan plan, long index) => new ConversationPlanner(Stream(index, 1), plan, split).Plan();

        private SeededRandom Stream(long index, ulong purpose) => new(seed, ((ulong)index * 4) + purpose);
    }
}
