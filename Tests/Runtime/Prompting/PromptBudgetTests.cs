using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Tests.Tokenization;

namespace PrismLM.Tests.Prompting
{
    public sealed class PromptBudgetTests
    {
        private static readonly PersonaFacts Persona = new PersonaFacts { Name = "Bram" };
        private readonly DialogueFormat format;

        public PromptBudgetTests()
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create(DialogueFormat.SpecialTokenNames.ToArray());
            format = new DialogueFormat(tokenizer, DialogueFormat.FindSpecialTokens(tokenizer));
        }

        [Test]
        public void AShortConversationStaysWhole()
        {
            var prompt = new DialoguePrompt(Persona, Talk(3));
            FittedPrompt fitted = new PromptBudget(format, 4096, 64).Fit(prompt);
            Assert.That(fitted.Tokens, Is.EqualTo(format.BuildPrompt(prompt)));
            Assert.That(fitted.DroppedTurns, Is.Zero);
            Assert.That(fitted.DroppedTokens, Is.Zero);
            Assert.That(fitted.Fits, Is.True);
        }

        [Test]
        public void WholeOldestExchangesGoFirst()
        {
            IReadOnlyList<DialogueTurn> turns = Talk(6);
            int whole = format.BuildPrompt(new DialoguePrompt(Persona, turns)).Length;
            for (int room = whole; room > 1; room--)
            {
                FittedPrompt fitted = new PromptBudget(format, room + 8, 8).Fit(new DialoguePrompt(Persona, turns));
                Assert.That(fitted.DroppedTurns % 2, Is.Zero, "an answer never stays without its question");
                Assert.That(fitted.Tokens, Is.EqualTo(format.BuildPrompt(new DialoguePrompt(Persona, turns.Skip(fitted.DroppedTurns).ToArray()))));
                Assert.That(fitted.DroppedTokens, Is.EqualTo(whole - fitted.Tokens.Length));
                Assert.That(fitted.OverBy, Is.EqualTo(Math.Max(0, fitted.Tokens.Length - room)));
                Assert.That(fitted.Fits || fitted.DroppedTurns == turns.Count - 1, Is.True, "all that may go has gone");
            }
        }

        [Test]
        public void DropsNoMoreThanNeeded()
        {
            IReadOnlyList<DialogueTurn> turns = Talk(6);
            int whole = format.BuildPrompt(new DialoguePrompt(Persona, turns)).Length;
            Assert.That(new PromptBudget(format, whole + 7, 8).Fit(new DialoguePrompt(Persona, turns)).DroppedTurns, Is.EqualTo(2));
        }

        [Test]
        public void PersonaAndLastLineStayEvenWhenTheyDoNotFit()
        {
            FittedPrompt fitted = new PromptBudget(format, 12, 8).Fit(new DialoguePrompt(Persona, Talk(4)));
            Assert.That(fitted.Fits, Is.False);
            Assert.That(fitted.Tokens, Is.EqualTo(format.BuildPrompt(new DialoguePrompt(Persona, Talk(4).Skip(6).ToArray()))));
        }

        [Test]
        public void AReplyThatFillsTheContextIsRefused()
        {
            Assert.That(() => new PromptBudget(format, 64, 64), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new PromptBudget(format, 64, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        /// <summary>Lines of the player with answers between them.</summary>
        private static IReadOnlyList<DialogueTurn> Talk(int lines)
        {
            var turns = new List<DialogueTurn>();
            for (int i = 0; i < lines; i++)
            {
                turns.Add(DialogueTurn.Player("Question " + new string('q', i)));
                if (i < lines - 1)
                {
                    turns.Add(DialogueTurn.Npc("Answer " + new string('a', 3 * i)));
                }
            }

            return turns;
        }
    }
}
