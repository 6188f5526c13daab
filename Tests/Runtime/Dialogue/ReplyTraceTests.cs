using System;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;
using PrismLM.Dialogue.Tracing;

namespace PrismLM.Tests.Dialogue
{
    public sealed class ReplyTraceTests
    {
        [Test]
        public void IsOffUntilSomebodyAsksAndCountsFromTheNextReply()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply before = npc.Ask("Hello!");
            npc.Tracing = true;
            table.Finish(before);
            NpcReply after = npc.Ask("Hello!");
            npc.Tracing = false;
            table.Finish(after);
            Assert.That(before.Trace, Is.Null);
            Assert.That(after.Trace, Is.Not.Null);
        }

        [Test]
        public void ThePromptIsThereBySectionAndWhole()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc(new NpcPersona(new PersonaFacts { Name = "Bram", Facts = new[] { "the well is dry" }, Actions = new[] { "open_gate" } }));
            npc.Tracing = true;
            npc.Memory.Remember("the bridge was washed away");
            table.Says("Good day.", "open_gate");
            table.Finish(npc.Ask("Hello!"));
            NpcReply reply = npc.Speak("You wake up.");
            table.Finish(reply);

            ReplyTrace trace = reply.Trace!;
            Assert.That(trace.Prompt.Select(section => (section.Kind, section.Text)), Is.EqualTo(new[]
            {
                (TraceSectionKind.Persona, "Name: Bram\nFact: the well is dry"),
                (TraceSectionKind.GameFact, "Fact: the bridge was washed away"),
                (TraceSectionKind.Persona, "Actions: open_gate"),
                (TraceSectionKind.Player, "Hello!"),
                (TraceSectionKind.Npc, "Good day. *open_gate*"),
                (TraceSectionKind.Cue, "You wake up."),
                (TraceSectionKind.ReplyStart, string.Empty),
            }));
            Assert.That(trace.Prompt.SelectMany(section => section.Tokens), Is.EqualTo(table.Requests[1].Prompt), "every token, in order");
            Assert.That(trace.Dropped, Is.Empty);
            Assert.That((trace.Npc, trace.Text, trace.Action, trace.Reason), Is.EqualTo(("Bram", "Good day.", "open_gate", (FinishReason?)FinishReason.Finished)));
            Assert.That(trace.Lines, Is.EqualTo(new[] { "open_gate" }));
            Assert.That(trace.Tokens, Has.Count.EqualTo(table.Scripted));
        }

        [Test]
        public void SaysWhatTheContextHadNoRoomFor()
        {
            using var table = new DialogueTable(context: 150);
            Npc npc = table.Npc();
            npc.Tracing = true;
            npc.MaxReplyTokens = 40;
            foreach (string line in new[] { "The first line.", "The second line.", "The third line." })
            {
                table.Finish(npc.Ask(line));
            }

            NpcReply last = npc.Ask("The fourth line.");
            Assert.That(last.DroppedTurns, Is.GreaterThan(0), "or this test tests nothing");
            Assert.That(last.Trace!.Dropped.Select(section => section.Text), Is.EqualTo(npc.History.Take(last.DroppedTurns).Select(turn => turn.Text)));
            Assert.That(last.Trace!.Reason, Is.Null, "it goes on");

            npc.Memory.Remember("a fact of the game");
            NpcReply longest = npc.Ask("A line of many words " + new string('x', 100));
            Assert.That(longest.Trace!.Dropped.Select(section => section.Text), Has.Member("Fact: a fact of the game"));
            Assert.That(longest.Trace!.Dropped.Last().Kind, Is.EqualTo(TraceSectionKind.Player));
            Assert.That(longest.Trace!.Dropped.Last().Text, Does.EndWith("xxx"), "the end of the line");
        }

        [Test]
        public void AReplyThatNeverReachedTheModelHasATraceToo()
        {
            using var table = new DialogueTable(context: 60);
            Npc npc = table.Npc(new NpcPersona(new PersonaFacts { Name = new string('n', 200) }));
            npc.Tracing = true;
            NpcReply reply = npc.Ask("Hello!");
            table.Finish(reply);
            Assert.That((reply.Trace!.Code, reply.Trace.Reason, reply.Trace.Tokens.Count), Is.EqualTo(("PD001", (FinishReason?)FinishReason.Failed, 0)));
            Assert.That(ReplyTrace.Parse(reply.Trace.ToJson(), "t").ToJson(), Is.EqualTo(reply.Trace.ToJson()));
        }

        [Test]
        public void IsReadAsItWasWritten()
        {
            byte[] json = Json();
            ReplyTrace read = ReplyTrace.Parse(json, "t.json");
            Assert.That(read.ToJson(), Is.EqualTo(json));
            Assert.That(read.Prompt.Last().Kind, Is.EqualTo(TraceSectionKind.ReplyStart));
            Assert.That(read.Sampling, Is.EqualTo(Npc.DefaultSampling));
            string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".json");
            try
            {
                read.Save(path);
                Assert.That(ReplyTrace.Load(path).ToJson(), Is.EqualTo(json));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [TestCase("\"prism_trace\":1", "\"prism_trace\":2", "PX002", "Update Prism")]
        [TestCase("\"prism_trace\":1", "\"prism_trace\":0", "PX002", "version 0")]
        [TestCase("\"prism_trace\":1", "\"prism_save\":1", "PX001", "prism_trace")]
        [TestCase("\"draws\":0,", "", "PX003", "draws")]
        [TestCase("\"draws\":0", "\"draws\":-1", "PX004", "$.draws")]
        [TestCase("\"draws\":0", "\"drawn\":0", "PX005", "drawn")]
        [TestCase("\"kind\":\"Persona\"", "\"kind\":\"0\"", "PX004", "Persona")]
        [TestCase("\"kind\":\"Persona\",", "", "PX003", "no kind")]
        [TestCase("\"reason\":\"Finished\"", "\"reason\":\"Bored\"", "PX004", "Bored")]
        [TestCase("\"max_tokens\":96", "\"max_tokens\":1", "PX004", "$.tokens")]
        [TestCase("\"lines\":[\"open_gate\"]", "\"lines\":[\"a\",\"a\"]", "PX004", "no two alike")]
        [TestCase("\"restored\":0", "\"restored\":99", "PX004", "restored")]
        [TestCase("{", "", "PX004", "$")]
        public void DamageIsRefusedWithACodeAndAPlace(string part, string instead, string code, string mentions)
        {
            string json = Encoding.UTF8.GetString(Json());
            int at = json.IndexOf(part, StringComparison.Ordinal);
            Assert.That(at, Is.GreaterThanOrEqualTo(0));
            byte[] damaged = Encoding.UTF8.GetBytes(json.Remove(at, part.Length).Insert(at, instead));
            var error = Assert.Throws<PrismFileException>(() => ReplyTrace.Parse(damaged, "t.json"))!;
            Assert.That(error.Code, Is.EqualTo(code), error.Message);
            Assert.That(error.Message, Does.Contain("t.json").And.Contain(mentions));
        }

        [Test]
        public void EveryTruncationAndEveryFlippedBitIsATraceOrATypedError()
        {
            byte[] json = Json();
            for (int length = 0; length < json.Length; length += 3)
            {
                Assert.That(() => ReplyTrace.Parse(json.AsSpan(0, length), "t"), Throws.TypeOf<PrismFileException>());
            }

            for (int bit = 0; bit < 8 * json.Length; bit += 5)
            {
                var damaged = (byte[])json.Clone();
                damaged[bit / 8] ^= (byte)(1 << (bit % 8));
                try
                {
                    ReplyTrace.Parse(damaged, "t");
                }
                catch (PrismFileException)
                {
                    // Allowed: the other outcome is another trace.
                }
            }
        }

        [Test]
        public void AMissingFileIsRefused()
            => Assert.That(Assert.Throws<PrismFileException>(() => ReplyTrace.Load("no-such.json"))!.Code, Is.EqualTo("PX007"));

        private static byte[] Json()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            npc.Tracing = true;
            NpcReply reply = npc.Ask("Hello \"you\"!");
            table.Finish(reply);
            return reply.Trace!.ToJson();
        }
    }
}
