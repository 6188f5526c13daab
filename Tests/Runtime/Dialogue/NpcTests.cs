using System.Collections.Generic;
using System.Linq;
using System.Text;
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
    public sealed class NpcTests
    {
        private readonly BpeTokenizer _tokenizer = TinyTokenizer.Create(DialogueFormat.SpecialTokenNames.ToArray());
        private SpecialTokens _special = new SpecialTokens();
        private ScriptedEngine _engine = null!;
        private NpcStage _stage = null!;
        private Npc _npc = null!;

        [TearDown]
        public void Dispose() => _stage.Dispose();

        [Test]
        public void WordsAreShownAndTheActionIsNot()
        {
            Start(Words("Very well.").Append(_special.Action).Concat(Words("open_gate")).Append(_special.End));
            var shown = new StringBuilder();
            NpcReply reply = _npc.Ask("Open the gate, please.");
            reply.TextAdded += (_, added) => shown.Append(added);
            Finish();
            Assert.That(shown.ToString(), Is.EqualTo("Very well."));
            Assert.That(reply.Text, Is.EqualTo("Very well."));
            Assert.That(reply.Action, Is.EqualTo("open_gate"));
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Finished));
        }

        [Test]
        public void AnActionThatThePersonaDoesNotListIsNone()
        {
            Start(Words("Very well.").Append(_special.Action).Concat(Words("burn_gate")).Append(_special.End));
            NpcReply reply = _npc.Ask("Burn the gate, please.");
            Finish();
            Assert.That(reply.Action, Is.Null);
            Assert.That(_npc.History.Last(), Is.EqualTo(DialogueTurn.Npc("Very well.")));
        }

        [Test]
        public void HistoryKeepsBothSides()
        {
            Start(Words("Hello.").Append(_special.End));
            _npc.Ask("Hello!");
            Finish();
            Assert.That(_npc.History, Is.EqualTo(new[] { DialogueTurn.Player("Hello!"), DialogueTurn.Npc("Hello.") }));
            _npc.Forget();
            Assert.That(_npc.History, Is.Empty);
        }

        [Test]
        public void AnInterruptedReplyKeepsWhatWasShown()
        {
            Start(Words("Hello there.").Append(_special.End));
            NpcReply reply = _npc.Ask("Hello!");
            while (reply.Text.Length < 5)
            {
                _stage.Tick(double.PositiveInfinity);
            }

            reply.Cancel();
            string shown = reply.Text;
            Finish();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
            Assert.That(_npc.History.Last(), Is.EqualTo(DialogueTurn.Npc(shown)));
        }

        [Test]
        public void OldLinesGoWhenTheContextIsFull()
        {
            Start(Words("Hello.").Append(_special.End), context: 80);
            _npc.MaxReplyTokens = 16;
            int dropped = 0;
            for (int i = 0; i < 6; i++)
            {
                NpcReply reply = _npc.Ask("Hello there, friend.");
                Finish();
                Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Finished));
                dropped = reply.DroppedTurns;
            }

            Assert.That(dropped, Is.GreaterThan(0));
            Assert.That(_npc.History, Has.Count.EqualTo(12), "all of it is kept");
        }

        private IEnumerable<int> Words(string text)
        {
            _special = DialogueFormat.FindSpecialTokens(_tokenizer);
            return _tokenizer.Encode(text);
        }

        private void Start(IEnumerable<int> reply, int context = 200)
        {
            _special = DialogueFormat.FindSpecialTokens(_tokenizer);
            int[] tokens = reply.ToArray();
            _engine = new ScriptedEngine(2, _tokenizer.VocabularySize) { Config = new ModelConfig { Vocabulary = _tokenizer.VocabularySize, Context = context, Special = _special } };

            // The engine picks its script by the first token of the prompt, which is always bos.
            for (int i = 0; i <= _special.Bos; i++)
            {
                _engine.Script(tokens);
            }

            var scheduler = new Scheduler(_engine, _tokenizer);
            _stage = new NpcStage(scheduler, new DialogueFormat(_tokenizer, _special), scheduler.Dispose);
            _npc = _stage.CreateNpc(new NpcPersona(new PersonaFacts { Name = "Bram", Actions = new[] { "open_gate" } }));
        }

        private void Finish()
        {
            int ticks = 0;
            while (_stage.Tick(double.PositiveInfinity) && ticks++ < 1000)
            {
            }

            Assert.That(ticks, Is.LessThan(1000));
        }
    }
}
