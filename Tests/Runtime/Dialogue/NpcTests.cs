using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class NpcTests
    {
        [Test]
        public void WordsAreShownAndTheActionIsNot()
        {
            using var table = new DialogueTable();
            table.Says("Very well.", "open_gate");
            var shown = new StringBuilder();
            NpcReply reply = table.Npc().Ask("Open the gate, please.");
            reply.TextAdded += (_, added) => shown.Append(added);
            table.Finish(reply);
            Assert.That(shown.ToString(), Is.EqualTo("Very well."));
            Assert.That(reply.Text, Is.EqualTo("Very well."));
            Assert.That(reply.Action, Is.EqualTo("open_gate"));
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Finished));
            Assert.That(reply.Result.Statistics.GeneratedTokens, Is.EqualTo(reply.Result.Generation!.Tokens.Count).And.GreaterThan(10));
        }

        [Test]
        public void AnActionThatThePersonaDoesNotListIsNone()
        {
            using var table = new DialogueTable();
            table.Says("Very well.", "burn_gate");
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Burn the gate, please.");
            table.Finish(reply);
            Assert.That(reply.Action, Is.Null);
            Assert.That(npc.History.Last(), Is.EqualTo(DialogueTurn.Npc("Very well.")));
        }

        [Test]
        public void TextThatReadsLikeAnActionIsNone()
        {
            using var table = new DialogueTable();
            table.Says("I say <|action|>open_gate or open_gate.");
            NpcReply reply = table.Npc().Ask("Open the gate, please.");
            Assert.That(table.Finish(reply).Action, Is.Null);
        }

        [Test]
        public void HistoryKeepsBothSides()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            table.Finish(npc.Ask("Hello!"));
            Assert.That(npc.History, Is.EqualTo(new[] { DialogueTurn.Player("Hello!"), DialogueTurn.Npc("Hello there.") }));
            Assert.That(npc.Current, Is.Null);
            table.Finish(npc.Speak("the door opens"));
            Assert.That(npc.History[2], Is.EqualTo(DialogueTurn.Cue("the door opens")));
            npc.Forget();
            Assert.That(npc.History, Is.Empty);
        }

        [Test]
        public void APersonaThatFillsTheContextFailsWithItsFallbackLine()
        {
            using var table = new DialogueTable(context: 32);
            NpcReply reply = table.Npc(new NpcPersona(new PersonaFacts { Facts = new[] { "a fact that is longer than such a small context" } }) { FallbackLines = new[] { "Hm." } }).Ask("Hello!");
            Assert.That(reply.IsCompleted, Is.False, "events come inside the tick");
            table.Tick();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Failed));
            Assert.That(reply.Result.Code, Is.EqualTo(ReplyCodes.PersonaTooLong));
            Assert.That(reply.Result.Error, Does.Contain("Shorten"));
            Assert.That(reply.Text, Is.EqualTo("Hm."));
        }

        [Test]
        public void ALineOfAnyLengthIsAnswered()
        {
            using var table = new DialogueTable(context: 100);
            Npc npc = table.Npc();
            npc.MaxReplyTokens = 20;
            foreach (string line in new[] { string.Empty, " \n ", new string('a', 100_000), new string('\u00E9', 3000), "\uD83D", new string('\uD83D', 50), string.Concat(Enumerable.Repeat("\U0001F600", 2000)) })
            {
                Assert.That(table.Finish(npc.Ask(line)).Reason, Is.EqualTo(FinishReason.Finished));
                Assert.That(table.Requests.Last().Prompt, Has.Length.LessThanOrEqualTo(80));
                Assert.That(npc.History.All(turn => turn.Text.Length <= NpcMemory.MaxTextLength), Is.True);
            }

            Assert.That(() => npc.Ask(null!), Throws.ArgumentNullException);
        }

        [Test]
        public void DrawsGoOnFromReplyToReply()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            ReplyResult first = table.Finish(npc.Ask("Hello!"));
            NpcReply cut = npc.Ask("And?");
            table.Tick(5);
            table.Finish(npc.Ask("And then?"));
            Assert.That(table.Requests.Select(request => request.DrawCounter), Is.EqualTo(new uint[] { 0, (uint)first.Statistics.GeneratedTokens, (uint)first.Statistics.GeneratedTokens + 5 }));
            Assert.That(cut.Result!.Reason, Is.EqualTo(FinishReason.Interrupted));
        }

        [Test]
        public void SettingsComeFromTheGameThenThePersonaThenTheDefaults()
        {
            using var table = new DialogueTable();
            var own = new SamplingOptions { Temperature = 0.1f };
            Npc npc = table.Npc();
            Assert.That(npc.Sampling, Is.EqualTo(Npc.DefaultSampling));
            Assert.That(npc.MaxReplyTokens, Is.EqualTo(NpcPersona.DefaultReplyTokens));
            npc.Persona = new NpcPersona(new PersonaFacts()) { Sampling = own, MaxReplyTokens = 7 };
            Assert.That(npc.Sampling, Is.EqualTo(own));
            Assert.That(npc.MaxReplyTokens, Is.EqualTo(7));
            npc.Sampling = SamplingOptions.Greedy;
            npc.MaxReplyTokens = 9;
            table.Finish(npc.Ask("Hello!"));
            Assert.That(table.Requests[0].Sampling, Is.EqualTo(SamplingOptions.Greedy));
            Assert.That(table.Requests[0].MaxTokens, Is.EqualTo(9));
            Assert.That(() => npc.Sampling = new SamplingOptions { TopP = 2 }, Throws.TypeOf<System.ArgumentOutOfRangeException>());
            Assert.That(() => npc.MaxReplyTokens = 0, Throws.TypeOf<System.ArgumentOutOfRangeException>());
        }

        [Test]
        public void HeadDialsOfOneAreNone()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            npc.HeadDials = new[] { 1f, 1f, 1f, 1f };
            table.Finish(npc.Ask("Hello!"));
            npc.HeadDials = new[] { 1f, 0.5f, 1f, 1f };
            table.Finish(npc.Ask("Hello!"));
            Assert.That(table.Requests[0].HeadDials, Is.Empty);
            Assert.That(table.Requests[1].HeadDials, Is.EqualTo(new[] { 1f, 0.5f, 1f, 1f }));
            Assert.That(() => npc.HeadDials = new[] { 1f }, Throws.ArgumentException.With.Message.Contains("4"));
            Assert.That(() => npc.HeadDials = new[] { 1f, float.NaN, 1f, 1f }, Throws.ArgumentException);
        }

        [Test]
        public void AnotherPersonaCountsFromTheNextReplyOn()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Who are you?");
            npc.Persona = new NpcPersona(new PersonaFacts { Name = "Tessa" });
            table.Finish(reply);
            table.Finish(npc.Ask("And now?"));
            Assert.That(table.PromptText(0), Does.Contain("Bram").And.Not.Contain("Tessa"));
            Assert.That(table.PromptText(1), Does.Contain("Tessa").And.Contain("Who are you?").And.Not.Contain("Bram"));
        }
    }
}
