using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue;
using PrismLM.Tests.Generation;
using PrismLM.Tests.Tokenization;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>NPCs whose model is replaced while they talk.</summary>
    public sealed class NpcSwitchTests
    {
        private readonly BpeTokenizer _tokenizer = TinyTokenizer.Create(DialogueFormat.SpecialTokenNames.ToArray());

        [Test]
        public void TheOldModelEndsItsLineAndTheNewOneAnswersTheNext()
        {
            SpecialTokens special = DialogueFormat.FindSpecialTokens(_tokenizer);
            Scheduler old = Create("Good day to you.", special), fresh = Create("Well met.", special);
            bool switches = false;
            using var stage = new NpcStage(old, new DialogueFormat(_tokenizer, special), () => { });
            stage.Switching = () =>
            {
                if (switches)
                {
                    switches = false;
                    stage.Switch(fresh, new DialogueFormat(_tokenizer, special));
                }
            };
            Npc bram = stage.CreateNpc(new NpcPersona(new PersonaFacts { Name = "Bram" })), ana = stage.CreateNpc(new NpcPersona(new PersonaFacts { Name = "Ana" }));
            NpcReply begun = bram.Ask("Hello!");
            while (begun.Text.Length < 5)
            {
                stage.Tick(2, 16);
            }

            switches = true;
            stage.Tick(2, 16);
            Assert.That(stage.Scheduler, Is.SameAs(fresh));
            Assert.That(stage.Retiring, Is.SameAs(old));
            NpcReply next = ana.Ask("Hello!");
            for (int tick = 0; stage.Tick(2, 16); tick++)
            {
                Assert.That(tick, Is.LessThan(500));
            }

            Assert.That(begun.Text, Is.EqualTo("Good day to you."));
            Assert.That(next.Text, Is.EqualTo("Well met."));
            Assert.That(stage.Retiring, Is.Null);
            NpcReply again = bram.Ask("And now?");
            for (int tick = 0; stage.Tick(2, 16); tick++)
            {
                Assert.That(tick, Is.LessThan(500));
            }

            Assert.That(again.Text, Is.EqualTo("Well met."));
            Assert.That(bram.History.Select(turn => turn.Text), Is.EqualTo(new[] { "Hello!", "Good day to you.", "And now?", "Well met." }));
        }

        private Scheduler Create(string text, SpecialTokens special)
        {
            var engine = new ScriptedEngine(2, _tokenizer.VocabularySize) { Config = new ModelConfig { Vocabulary = _tokenizer.VocabularySize, Context = 200, Special = special } };
            IEnumerable<int> tokens = _tokenizer.Encode(text).Append(special.End);
            for (int i = 0; i <= special.Bos; i++)
            {
                engine.Script(tokens.ToArray());
            }

            return new Scheduler(engine, _tokenizer);
        }
    }
}
