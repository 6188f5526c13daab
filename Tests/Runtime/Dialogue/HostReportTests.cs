using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>What users of other tools report, as far as it is dialogue; HostReportTable in the tests of Hosting says which test answers which report.</summary>
    public sealed class HostReportTests
    {
        [Test]
        public void DisposeReturnsAtOnceAtEveryStep()
        {
            for (int steps = 0; steps < 20; steps++)
            {
                var table = new DialogueTable(slots: 2);
                int events = 0;
                for (int i = 0; i < 4; i++)
                {
                    NpcReply reply = table.Npc().Ask("Hello!");
                    reply.TextAdded += (_, _) => events++;
                    reply.Completed += _ => events++;
                }

                table.Tick(steps);
                int before = events;
                table.Dispose();
                table.Dispose();
                Assert.That(table.Releases, Is.EqualTo(1));
                Assert.That(table.Engine.IsDisposed, Is.True);
                Assert.That(events, Is.EqualTo(before), "after Dispose nothing");
                Assert.That(() => table.Tick(), Throws.TypeOf<ObjectDisposedException>());
            }
        }

        [Test]
        public void ManyLivesLeaveNothingBehind()
        {
            long settled = 0;
            for (int life = 0; life < 250; life++)
            {
                using (var table = new DialogueTable(slots: 2))
                {
                    table.Npc().Ask("Hello!");
                    table.Tick(life % 15);
                }

                settled = life == 50 ? GC.GetTotalMemory(true) : settled;
            }

            Assert.That(GC.GetTotalMemory(true) - settled, Is.LessThan(2 << 20));
        }

        [Test]
        public void EveryCharacterHasItsOwnContext()
        {
            using var table = new DialogueTable();
            Npc[] npcs = { table.Npc(), table.Npc() };
            table.Finish(npcs[0].Ask("My name is Una."));
            table.Finish(npcs[1].Ask("My name is Dorn."));
            npcs[0].Memory.Remember("the bridge is gone");
            table.Finish(npcs[0].Ask("Who am I?"));
            table.Finish(npcs[1].Ask("Who am I?"));
            Assert.That(table.PromptText(2), Does.Contain("Una").And.Contain("bridge").And.Not.Contain("Dorn"));
            Assert.That(table.PromptText(3), Does.Contain("Dorn").And.Not.Contain("Una").And.Not.Contain("bridge"));
            Assert.That(table.Requests.Select(request => request.Npc).Distinct().Count(), Is.EqualTo(2), "random numbers of their own");
        }

        [Test]
        public void AFailureIsAReasonAndTheNextReplyIsNormal()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            table.Engine.FailsNow = true;
            Assert.That(table.Finish(npc.Ask("Hello!")).Code, Is.EqualTo(ReplyCodes.EngineFailed));
            table.Engine.FailsNow = false;
            Assert.That(table.Finish(npc.Ask("Hello!")).Text, Is.EqualTo("Hello there."));
        }

        /// <summary>Eight thousand cuts of text into single bytes and runs of them: each piece is whole characters, and together they are the text.</summary>
        [TestCase("Пиво \U0001F37A, \uD55C\uAD6D\uC5B4 \u1112\u1161\u11AB!")]
        [TestCase("e\u0301a\u0308 \U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 \u0E19\u0E49\u0E33 \u4F60\u597D")]
        public void RandomCutsOfBytesGiveWholeCharacters(string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            var random = new TestRandom(9);
            var characters = new char[Utf8StreamDecoder.MaxCharCount(bytes.Length)];
            for (int run = 0; run < 4000; run++)
            {
                var decoder = new Utf8StreamDecoder();
                var whole = new StringBuilder();
                for (int at = 0; at < bytes.Length;)
                {
                    int length = Math.Min(bytes.Length - at, 1 + random.Below(run % 7 + 1));
                    var piece = new string(characters, 0, decoder.Decode(bytes.AsSpan(at, length), characters));
                    if (piece.Length > 0)
                    {
                        Assert.That(char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[piece.Length - 1]) || piece.IndexOf('\uFFFD') >= 0, Is.False, "run {0}, byte {1}", run, at);
                    }

                    whole.Append(piece);
                    at += length;
                }

                Assert.That(whole.ToString(), Is.EqualTo(text));
            }
        }

        [Test]
        public void ALineTokenizesItselfAndWhatWasSaidBeforeIt()
        {
            using var table = new DialogueTable(context: 4000);
            Npc npc = table.Npc();
            for (int turn = 0; turn < 60; turn++)
            {
                int before = table.Stage.Format!.TokenizedTurns;
                table.Finish(npc.Ask("Line " + turn));
                Assert.That(table.Stage.Format.TokenizedTurns - before, Is.EqualTo(turn == 0 ? 1 : 2), "exchange {0}", turn);
            }

            Assert.That(table.Requests.Last().Prompt, Is.EqualTo(table.Stage.Format!.BuildPrompt(
                new DialoguePrompt(npc.Persona.Facts, npc.History.Take(npc.History.Count - 1).ToList()))), "as if nothing was kept");
        }

        [Test]
        public void ADeadlineEndsAReplyWithAFallbackLine()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            npc.Priority = 2;
            npc.DeadlineMilliseconds = 250;
            table.Engine.Stalls = true;
            NpcReply reply = npc.Ask("Hello!");
            Assert.That(reply.Generation!.Request.Priority, Is.EqualTo(2f));
            Assert.That(reply.Generation.Request.DeadlineMilliseconds, Is.EqualTo(250));
            Assert.That(() => npc.DeadlineMilliseconds = -1, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => npc.Priority = float.NaN, Throws.TypeOf<ArgumentOutOfRangeException>());
            Npc patient = table.Npc();
            NpcReply other = patient.Ask("Hello!");
            Assert.That(table.Stage.Tick(1, 1000), Is.True, "the time before its first tick is not its own");
            Assert.That(table.Stage.Tick(1, 200), Is.True);
            Assert.That(reply.IsCompleted, Is.False, "200 of 250 ms");
            table.Stage.Tick(1, 60);
            Assert.That(other.Result?.Reason, Is.Not.EqualTo(FinishReason.Expired), "it has no deadline");
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Expired));
            Assert.That(reply.Text, Is.EqualTo("Not now."));
        }
    }
}
