using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Reference;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue;
using PrismLM.Tests.Tokenization;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>NPCs on a model of random weights, which would write anything: what they say is what their persona and the game allow.</summary>
    public sealed class NpcConstraintTests
    {
        private enum Answer
        {
            No,
            Perhaps,
            Yes,
        }

        private static readonly BpeTokenizer Tokenizer = TinyTokenizer.Create(DialogueFormat.SpecialTokenNames.ToArray());
        private static readonly SpecialTokens Special = DialogueFormat.FindSpecialTokens(Tokenizer);
        private static readonly PersonaFacts Facts = new PersonaFacts { Name = "Bram", Actions = new[] { "open_gate", "sit" } };
        private static readonly SamplingOptions Wild = new SamplingOptions { Temperature = 2f, TopK = 0, TopP = 1f };

        private NpcStage _stage = null!;

        [SetUp]
        public void Start()
        {
            ModelConfig config = TestModels.Small with { Vocabulary = Tokenizer.VocabularySize, Context = 200, Special = Special, DialogueFormat = DialogueFormat.Version };
            var scheduler = new Scheduler(new LanguageModelEngine(new ReferenceModel(TestModels.Random(config, 12)), 4), Tokenizer);
            _stage = new NpcStage(scheduler, new DialogueFormat(Tokenizer, Special), scheduler.Dispose);
        }

        [TearDown]
        public void Dispose() => _stage.Dispose();

        [Test]
        public void SpeechTakesNoOtherActionThanThePersonas()
        {
            Npc npc = Create(new NpcPersona(Facts));
            int acted = 0;
            for (int i = 0; i < 30; i++)
            {
                NpcReply reply = npc.Ask("Well?");
                Finish();
                int[] tokens = reply.Result!.Generation!.Tokens.ToArray();
                Assert.That(tokens.Last(), Is.EqualTo(Special.End), "every reply ends");
                Assert.That(tokens.Count(token => Tokenizer.IsSpecial(token) && token != Special.End), Is.LessThanOrEqualTo(1));
                Assert.That(tokens.Contains(Special.Action), Is.EqualTo(reply.Action != null), "an action that was begun is one of the persona's");
                acted += reply.Action != null ? 1 : 0;
                npc.Forget();
            }

            TestContext.Progress.WriteLine("{0} of 30 replies acted", acted);
        }

        [Test]
        public void BannedCharactersAreNeverSaid()
        {
            string banned = new string(Enumerable.Range(33, 60).Select(c => (char)c).ToArray());
            Npc npc = Create(new NpcPersona(Facts) { Banned = banned });
            for (int i = 0; i < 10; i++)
            {
                NpcReply reply = npc.Ask("Well?");
                Finish();
                byte[] bytes = reply.Result!.Generation!.Tokens.TakeWhile(token => token != Special.Action && token != Special.End)
                    .SelectMany(token => Tokenizer.TokenBytes(token).ToArray()).ToArray();
                string said = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
                Assert.That(said.IndexOfAny(banned.ToCharArray()), Is.EqualTo(-1));
                npc.Forget();
            }
        }

        [Test]
        public void AChoiceIsOneOfTheLines()
        {
            Npc npc = Create(new NpcPersona(Facts));
            string[] lines = { "hello", "the end", "hello there" };
            for (int i = 0; i < 10; i++)
            {
                NpcChoice<int> choice = npc.Choose("Well?", lines);
                Assert.That(choice.Value, Is.Null);
                Finish();
                Assert.That(choice.Reply.Text, Is.EqualTo(lines[choice.Value!.Value]));
                Assert.That(npc.History.Last(), Is.EqualTo(DialogueTurn.Npc(choice.Reply.Text)));
            }

            Assert.That(_stage.Grammars(new DialogueFormat(Tokenizer, Special)).Count, Is.EqualTo(1), "built once");
        }

        [Test]
        public void AnEnumerationIsAThought()
        {
            Npc npc = Create(new NpcPersona(Facts));
            var found = new List<Answer?>();
            async void Ask() => found.Add(await npc.Choose<Answer>("Will you help?"));
            Ask();
            uint before = npc.Draws;
            Finish();
            Assert.That(found, Has.Count.EqualTo(1));
            Assert.That(Enum.IsDefined(typeof(Answer), found[0]!.Value));
            Assert.That(npc.History, Is.Empty);
            Assert.That(npc.Draws, Is.GreaterThan(before), "its random numbers are not drawn again");
        }

        [Test]
        public void ACancelledChoiceIsNone()
        {
            Npc npc = Create(new NpcPersona(Facts));
            NpcChoice<int> choice = npc.Choose("Well?", new[] { "hello", "the end" });
            choice.Reply.Cancel();
            Finish();
            Assert.That(choice.IsCompleted);
            Assert.That(choice.Value, Is.Null);
        }

        [Test]
        public void WrongChoicesThrowAndChangeNothing()
        {
            Npc npc = Create(new NpcPersona(Facts));
            NpcReply speaking = npc.Ask("Well?");
            Assert.That(() => npc.Choose("Well?", Array.Empty<string>()), Throws.ArgumentException);
            Assert.That(() => npc.Choose("Well?", new[] { "a", "a" }), Throws.ArgumentException);
            Assert.That(() => npc.Choose("Well?", null!), Throws.ArgumentNullException);
            Assert.That(() => npc.Choose("Well?", new[] { new string('a', 1000) + "b" }), Throws.ArgumentException.With.Message.Contains("half the context"));
            Assert.That(npc.Current, Is.SameAs(speaking), "it was not interrupted");
        }

        [Test]
        public void AnActionTooLongForTheReplyIsLeftOut()
        {
            var grammars = new ReplyGrammars(new DialogueFormat(Tokenizer, Special));
            var persona = new NpcPersona(new PersonaFacts { Actions = new[] { "sit", "open_the_gate", "sit", string.Empty } });
            Assert.That(grammars.Speech(persona, 96).Lines, Is.EqualTo(new[] { "sit", "open_the_gate" }));
            Assert.That(grammars.Speech(persona, 5).Lines, Is.EqualTo(new[] { "sit" }));
            Assert.That(grammars.Speech(persona, 1).Lines, Is.Empty);
        }

        [Test]
        public void ThePersonaFileSaysWhatIsBanned()
        {
            Assert.That(Load("{ \"name\": \"Bram\", \"banned\": \"*<[\u201C\" }").Banned, Is.EqualTo("*<[\u201C"));
            Assert.That(Load("{ \"name\": \"Bram\" }").Banned, Is.Empty);
            var error = Assert.Throws<PrismFileException>(() => Load("{ \"banned\": \"" + new string('x', 65) + "\" }"))!;
            Assert.That(error.Code, Is.EqualTo("PN005"));
            Assert.That(error.Message, Does.Contain("banned").And.Contain("64"));
            Assert.That(() => new NpcPersona(Facts) { Banned = "\uD800" }, Throws.ArgumentException);
        }

        private static NpcPersona Load(string json) => NpcPersona.Load(new MemoryStream(Encoding.UTF8.GetBytes(json)), "bram.json");

        private Npc Create(NpcPersona persona)
        {
            Npc npc = _stage.CreateNpc(persona);
            npc.Sampling = Wild;
            npc.MaxReplyTokens = 24;
            return npc;
        }

        private void Finish()
        {
            int ticks = 0;
            while (_stage.Tick(double.PositiveInfinity) && ticks++ < 5000)
            {
            }

            Assert.That(ticks, Is.LessThan(5000));
        }
    }
}
