using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;

namespace PrismLM.Training.Evaluation
{
    /// <summary>One reply to score: everything said before it, and what it has to do.</summary>
    public sealed class DialogueCase
    {
        internal DialogueCase(int conversation, bool twin, DialoguePrompt prompt, ReplyExpectation expected, DialogueTurn reference)
        {
            Conversation = conversation;
            IsTwin = twin;
            Prompt = prompt;
            Expected = expected;
            Reference = reference;
        }

        public int Conversation { get; }

        /// <summary>True when one fact of the persona was changed, and this line asks for it.</summary>
        public bool IsTwin { get; }

        public DialoguePrompt Prompt { get; }

        public ReplyExpectation Expected { get; }

        /// <summary>The generator's own reply.</summary>
        public DialogueTurn Reference { get; }
    }

    /// <summary>
    /// The validation conversations: names, values and player wordings that training never shows. Earlier turns are the generator's, so each reply is
    /// judged alone.
    /// </summary>
    public sealed class DialogueTestSet
    {
        /// <summary>The seed of the published figures.</summary>
        public const ulong DefaultSeed = 2026;

        private DialogueTestSet(int conversations, IReadOnlyList<DialogueCase> cases)
        {
            Conversations = conversations;
            Cases = cases;
        }

        public int Conversations { get; }

        /// <summary>Cases of one conversation stand together, each a continuation of the one before; its twin follows.</summary>
        public IReadOnlyList<DialogueCase> Cases { get; }

        /// <param name="conversations">How many conversations, counterfactual twins not counted.</param>
        /// <param name="seed">Decides which.</param>
        public static DialogueTestSet Build(int conversations = 500, ulong seed = DefaultSeed)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(conversations, 1);
            var generator = new DialogueGenerator(seed, DialogueSplit.Validation);
            var cases = new List<DialogueCase>();
            for (var i = 0; i < conversations; i++)
            {
                // Even indices only: an odd one may itself be a twin of its neighbour.
                var index = 2L * i;
                Add(cases, i, generator.Generate(index), null);
                if (generator.TryTwin(index, out var twin, out var field))
                {
                    Add(cases, i, twin, field);
                }
            }

            return new DialogueTestSet(conversations, cases);
        }

        private static void Add(List<DialogueCase> cases, int number, DialogueConversation conversation, DialogueField? changed)
        {
            var turns = conversation.Dialogue.Turns;
            for (var i = 0; i < conversation.Expectations.Count; i++)
            {
                var expected = conversation.Expectations[i];
                if (changed != null && (expected.Field != changed || expected.Kind != ReplyKind.Known || expected.Intent == DialogueIntent.AskWares))
                {
                    continue;
                }

                var prompt = new DialoguePrompt(conversation.Dialogue.Persona, turns.Take((2 * i) + 1).ToArray());
                cases.Add(new DialogueCase(number, changed != null, prompt, expected, turns[(2 * i) + 1]));
                if (changed != null)
                {
                    break;
                }
            }
        }
    }
}
