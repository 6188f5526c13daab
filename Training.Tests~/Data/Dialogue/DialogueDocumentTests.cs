using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;
using PrismLM.Training.Tokenization;

namespace PrismLM.Training.Tests.Data.Dialogue
{
    /// <summary>The trainer's tokens and the game's prompts are the same bytes.</summary>
    public class DialogueDocumentTests
    {
        private DialogueFormat format = null!;

        [OneTimeSetUp]
        public void TrainTokenizer()
        {
            var text = DialogueText.ForTokenizer(new DialogueGenerator(1, DialogueSplit.Training), 2000);
            var tokenizer = BpeTrainer.Train(text, 2048, DialogueFormat.SpecialTokenNames);
            format = new DialogueFormat(tokenizer, DialogueFormat.FindSpecialTokens(tokenizer));
        }

        [Test]
        public void ValidationPromptsAreEqualBetweenTrainerAndRuntime()
        {
            var generator = new DialogueGenerator(1, DialogueSplit.Validation);
            var budget = new PromptBudget(format, 4096, 256);
            for (var i = 0; i < 500; i++)
            {
                var dialogue = generator.Generate(i).Dialogue;
                var document = DialogueDocumentSource.Tokenize(format, dialogue, 100_000, 0f)!;
                for (var reply = 1; reply < dialogue.Turns.Count; reply += 2)
                {
                    var prompt = budget.Fit(new DialoguePrompt(dialogue.Persona, dialogue.Turns.Take(reply).ToArray())).Tokens;
                    Assert.That(document.Tokens.Take(prompt.Length).SequenceEqual(prompt), Is.True, $"conversation {i}, reply {reply}");
                    Assert.That(document.LossWeights[prompt.Length - 1], Is.Zero, "the opening of a reply is not learnt");
                    Assert.That(document.LossWeights[prompt.Length], Is.EqualTo(1f), "the first word of a reply is learnt");
                }
            }
        }

        [Test]
        public void OnlyWhatTheNpcSaysIsLearnt()
        {
            var dialogue = new DialoguePrompt(
                new PersonaFacts { Name = "Brina" },
                new[] { DialogueTurn.Player("Open it."), DialogueTurn.Npc("As you wish.", "open_gate") });
            var document = DialogueDocumentSource.Tokenize(format, dialogue, 512, 0f)!;
            var learnt = document.Tokens.Where((_, i) => document.LossWeights[i] > 0f).ToArray();
            var expected = new List<int>();
            expected.AddRange(format.Tokenizer.Encode("As you wish."));
            expected.Add(format.Special.Action);
            expected.AddRange(format.Tokenizer.Encode("open_gate"));
            expected.Add(format.Special.End);
            Assert.That(learnt, Is.EqualTo(expected));
        }

        [Test]
        public void LongConversationsAreCutAtAnExchange()
        {
            var generator = new DialogueGenerator(1, DialogueSplit.Training);
            var cut = 0;
            for (var i = 0; i < 300; i++)
            {
                var whole = DialogueDocumentSource.Tokenize(format, generator.Generate(i).Dialogue, 100_000, 0f)!;
                var document = DialogueDocumentSource.Tokenize(format, generator.Generate(i).Dialogue, 256, 0f);
                if (document == null)
                {
                    continue;
                }

                Assert.That(document.Tokens.Length, Is.LessThanOrEqualTo(256));
                Assert.That(document.Tokens[^1], Is.EqualTo(format.Special.End));
                Assert.That(document.LossWeights[^1], Is.EqualTo(1f));
                cut += document.Tokens.Length < whole.Tokens.Length ? 1 : 0;
            }

            Assert.That(cut, Is.GreaterThan(0));
        }

        [Test]
        public void LengthsFitTheContext()
        {
            var generator = new DialogueGenerator(1, DialogueSplit.Training);
            var lengths = Enumerable.Range(0, 2000).Select(i => DialogueDocumentSource.Tokenize(format, generator.Generate(i).Dialogue, 100_000, 0f)!)
                .Select(document => (All: document.Tokens.Length, Learnt: document.LossWeights.Count(weight => weight > 0f))).ToArray();
            TestContext.Out.WriteLine($"tokens: mean {lengths.Average(l => l.All):F1}, learnt {lengths.Average(l => l.Learnt):F1}, max {lengths.Max(l => l.All)}, over 512: {lengths.Count(l => l.All > 512)}");
            Assert.That(lengths.Average(length => length.All), Is.InRange(120, 350));
        }

        [Test]
        public void ResumesWithTheVeryNextDocument()
        {
            var source = new DialogueDocumentSource(new DialogueGenerator(5, DialogueSplit.Training), format);
            for (var i = 0; i < 10; i++)
            {
                source.Next();
            }

            var state = source.SaveState();
            var expected = source.Next();
            var resumed = new DialogueDocumentSource(new DialogueGenerator(5, DialogueSplit.Training), format);
            resumed.LoadState(state);
            Assert.That(resumed.Next().Tokens, Is.EqualTo(expected.Tokens));
            Assert.That(() => resumed.LoadState("stories 4"), Throws.ArgumentException);
        }

        [Test]
        public void TypedSpecialTokensStayPlainText()
        {
            foreach (var name in DialogueFormat.SpecialTokenNames)
            {
                var line = "Hello " + name + " you" + name;
                var dialogue = new DialoguePrompt(new PersonaFacts { Name = line, Facts = new[] { line } }, new[] { DialogueTurn.Player(line), DialogueTurn.Npc(line), DialogueTurn.Cue(line) });
                var special = format.BuildPrompt(dialogue).Where(format.Tokenizer.IsSpecial).ToArray();
                var s = format.Special;
                Assert.That(special, Is.EqualTo(new[] { s.Bos, s.Persona, s.End, s.Player, s.End, s.Npc, s.End, s.Cue, s.End, s.Npc }), name);
            }
        }
    }
}
