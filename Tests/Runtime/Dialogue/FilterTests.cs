using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class FilterTests
    {
        [Test]
        public void SeesEachSentenceBeforeItIsRaised()
        {
            Heard heard = Run("One is fine. Two is fine. Three", _ => FilterVerdict.Allow);
            Assert.That(heard.Order, Is.EqualTo(new[] { "?One is fine.", "One is fine.", ".One is fine.", "?Two is fine.", " Two is fine.", ".Two is fine.", "?Three", " Three", ".Three" }));
            Assert.That(heard.Result.Reason, Is.EqualTo(FinishReason.Finished));
        }

        [TestCase("Two is bad.", "It is fine.", "One. It is fine. Three.")]
        [TestCase("Two is bad.", "", "One. Three.")]
        [TestCase("One.", "", "Two is bad. Three.")]
        [TestCase("Three.", "", "One. Two is bad.")]
        [TestCase("Two is bad.", "A much longer sentence than it was. In two <b>parts</b>.", "One. A much longer sentence than it was. In two parts. Three.")]
        public void Replaces(string sentence, string with, string expected)
        {
            Heard heard = Run("One. Two is bad. Three.", said => said == sentence ? FilterVerdict.Replace(with) : FilterVerdict.Allow);
            Assert.That(heard.Result.Text, Is.EqualTo(expected));
            Assert.That(heard.Words, Is.EqualTo(expected));
            Assert.That(heard.Npc.History.Last(), Is.EqualTo(DialogueTurn.Npc(expected, "open_gate")));
        }

        [Test]
        public void StopsBeforeAnyWordWithAFallbackLine()
        {
            Heard heard = Run("Bad. Good.", _ => FilterVerdict.Stop);
            Assert.That(heard.Result.Reason, Is.EqualTo(FinishReason.Filtered));
            Assert.That(heard.Words, Is.EqualTo("Not now."));
            Assert.That(heard.Result.UsedFallback, Is.True);
            Assert.That(heard.Order.Last(), Is.EqualTo(".Not now."));
        }

        [Test]
        public void StopsAfterAGoodSentenceWithoutOne()
        {
            Heard heard = Run("Good. Bad. Good.", said => said == "Bad." ? FilterVerdict.Stop : FilterVerdict.Allow);
            Assert.That(heard.Result.Reason, Is.EqualTo(FinishReason.Filtered));
            Assert.That(heard.Words, Is.EqualTo("Good."));
            Assert.That(heard.Result.UsedFallback, Is.False);
            Assert.That(heard.Result.Action, Is.Null);
        }

        [Test]
        public void AFilterThatThrowsLetsNothingThrough()
        {
            using var table = new DialogueTable();
            table.Says("Good. Bad.");
            Npc npc = table.Npc();
            npc.Filter = new Filter(_ => throw new FormatException());
            NpcReply reply = npc.Ask("Hello!");
            Assert.That(() => table.Tick(40), Throws.TypeOf<FormatException>());
            table.Tick();
            Assert.That(reply.Result!.Code, Is.EqualTo(ReplyCodes.FilterThrew));
            Assert.That(reply.Text, Is.EqualTo("Not now."));
        }

        [Test]
        public void FallbackLinesComeInTurn()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            table.Engine.FailsNow = true;
            string[] said = Enumerable.Range(0, 4).Select(_ => table.Finish(npc.Ask("Hello!")).Text).ToArray();
            Assert.That(said, Is.EqualTo(new[] { "Not now.", "Later.", "Not now.", "Later." }));
            Assert.That(npc.History, Has.Count.EqualTo(8), "what was said is remembered");
        }

        [Test]
        public void AReplyThatFailsInTheMiddleOfASentenceIsRounded()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            string words = string.Empty;
            reply.TextAdded += (_, added) => words += added.ToString();
            table.TickUntil(() => reply.TextLength == 5);
            table.Engine.FailsNow = true;
            table.Finish(reply);
            Assert.That(words, Is.EqualTo("Hello\u2026 Not now."));
            Assert.That(reply.Text, Is.EqualTo(words));
        }

        [Test]
        public void WithoutFallbackLinesAFailureSaysNothing()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc(new NpcPersona(new PersonaFacts { Name = "Bram" }));
            table.Engine.FailsNow = true;
            ReplyResult result = table.Finish(npc.Ask("Hello!"));
            Assert.That(result.Text, Is.Empty);
            Assert.That(npc.History, Is.Empty);
        }

        private static Heard Run(string says, Func<string, FilterVerdict> check)
        {
            using var table = new DialogueTable();
            table.Says(says, "open_gate");
            Npc npc = table.Npc();
            var order = new List<string>();
            npc.Filter = new Filter(sentence =>
            {
                order.Add("?" + sentence);
                return check(sentence);
            });
            NpcReply reply = npc.Ask("Hello!");
            string words = string.Empty;
            reply.TextAdded += (_, added) =>
            {
                order.Add(added.ToString());
                words += added.ToString();
            };
            reply.SentenceCompleted += (_, sentence) => order.Add("." + sentence.ToString());
            ReplyResult result = table.Finish(reply);
            return new Heard(npc, order, words, result);
        }

        private sealed class Heard
        {
            public Heard(Npc npc, List<string> order, string words, ReplyResult result)
            {
                Npc = npc;
                Order = order;
                Words = words;
                Result = result;
            }

            public Npc Npc { get; }

            public List<string> Order { get; }

            public string Words { get; }

            public ReplyResult Result { get; }
        }

        private sealed class Filter : IReplyFilter
        {
            private readonly Func<string, FilterVerdict> _check;

            public Filter(Func<string, FilterVerdict> check) => _check = check;

            public FilterVerdict Check(Npc npc, ReadOnlySpan<char> sentence) => _check(sentence.ToString());
        }
    }
}
