using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class TextRevealTests
    {
        [Test]
        public void ShowsWholeWordsAtReadingSpeed()
        {
            TextReveal reveal = Known("one two three", true);
            reveal.CharactersPerSecond = 10;
            var seen = new List<string>();
            for (int i = 0; i < 20; i++)
            {
                if (reveal.Advance(0.1))
                {
                    seen.Add(reveal.Shown.ToString());
                }
            }

            Assert.That(seen, Is.EqualTo(new[] { "one", "one two", "one two three" }));
            Assert.That(reveal.IsFinished, Is.True);
        }

        [Test]
        public void AWordThatMayStillGrowWaits()
        {
            TextReveal reveal = Known("one tw", false);
            reveal.Advance(60);
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("one"));
            reveal.Append("o".AsSpan());
            reveal.Complete();
            reveal.Advance(60);
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("one two"));
        }

        [Test]
        public void PausesAtPunctuation()
        {
            TextReveal reveal = Known("Yes, no. Ah", true);
            reveal.CharactersPerSecond = 1000;
            reveal.ClausePause = 1;
            reveal.SentencePause = 2;
            reveal.Advance(0.5);
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("Yes,"));
            reveal.Advance(1);
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("Yes, no."));
            reveal.Advance(1.4);
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("Yes, no."));
            reveal.Advance(1);
            Assert.That(reveal.IsFinished, Is.True);
        }

        [Test]
        public void OnlyTheHostsTimeCounts()
        {
            TextReveal reveal = Known("one two", true);
            reveal.IsPaused = true;
            Assert.That(reveal.Advance(100), Is.False);
            reveal.IsPaused = false;
            Assert.That(reveal.Advance(0), Is.False);
            Assert.That(reveal.ShownLength, Is.Zero);
            Assert.That(() => reveal.Advance(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => reveal.Advance(double.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => reveal.CharactersPerSecond = 0, Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void WaitingForTheModelIsNotSavedUp()
        {
            TextReveal reveal = Known("one ", false);
            reveal.CharactersPerSecond = 10;
            reveal.Advance(60);
            reveal.Append("two three four five six".AsSpan());
            reveal.Complete();
            reveal.Advance(0.41);
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("one two"));
        }

        [Test]
        public void SkipsToTheEnd()
        {
            TextReveal reveal = Known("one two thr", false);
            reveal.SkipToEnd();
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("one two"), "what is a whole word");
            reveal.Complete();
            reveal.SkipToEnd();
            Assert.That(reveal.IsFinished, Is.True);
            reveal.Clear();
            Assert.That(reveal.KnownLength + reveal.ShownLength, Is.Zero);
        }

        [TestCase("A long line of words, with marks. And more of them!", 12)]
        [TestCase("\u4F60\u597D\uFF0C\u6211\u662F\u94C1\u5320\u3002\u300C\u4F60\u300D\u597D\u3002\u6211\u5728\u8FD9\u91CC\u3002", 6)]
        public void ShownWordsNeverMoveToAnotherLine(string text, int width)
        {
            string[] final = Wrap(text, width);
            TextReveal reveal = new TextReveal { CharactersPerSecond = 30 };
            for (int i = 0; i < text.Length; i++)
            {
                reveal.Append(text.AsSpan(i, 1));
                if (i == text.Length - 1)
                {
                    reveal.Complete();
                }

                reveal.Advance(0.05);
                Check(Wrap(reveal.Shown.ToString(), width), final);
            }

            while (!reveal.IsFinished)
            {
                reveal.Advance(0.05);
                Check(Wrap(reveal.Shown.ToString(), width), final);
            }
        }

        [Test]
        public void NeverSplitsACluster()
        {
            TextReveal reveal = Known("\u4F60e\u0301\U0001F468\u200D\U0001F469\u3042\u3099\u597D", true);
            reveal.CharactersPerSecond = 1;
            var ends = new List<int>();
            while (!reveal.IsFinished)
            {
                if (reveal.Advance(0.5))
                {
                    ends.Add(reveal.ShownLength);
                }
            }

            Assert.That(ends, Is.EqualTo(new[] { 1, 8, 10, 11 }));
        }

        [Test]
        public void FollowsAReply()
        {
            using var table = new DialogueTable();
            var reveal = new TextReveal();
            NpcReply reply = table.Npc().Ask("Hello!");
            reveal.Follow(reply);
            table.TickUntil(() => reply.TextLength >= 7);
            Assert.That(reply.ShownCharacters, Is.Zero);
            reveal.Advance(60);
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("Hello"));
            Assert.That(reply.ShownCharacters, Is.EqualTo(5));
            table.Npc().Ask("Other");
            reply.Npc.Ask("Wait!");
            table.Tick();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Interrupted));
            Assert.That(reveal.IsFinished, Is.True, "what was not shown by then will not be");
            Assert.That(reply.Npc.History.Last().Text, Is.EqualTo("Hello"));
        }

#if NET5_0_OR_GREATER
        [Test]
        public void AdvancingAllocatesNothing()
        {
            TextReveal reveal = Known(string.Concat(Enumerable.Repeat("some words, and more. ", 20)), true);
            reveal.Advance(0.5);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 500; i++)
            {
                reveal.Advance(0.016);
            }

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }
#endif

        private static TextReveal Known(string text, bool complete)
        {
            var reveal = new TextReveal();
            reveal.Append(text.AsSpan());
            if (complete)
            {
                reveal.Complete();
            }

            return reveal;
        }

        private static void Check(string[] shown, string[] final)
        {
            for (int line = 0; line < shown.Length; line++)
            {
                Assert.That(line < final.Length && final[line].StartsWith(shown[line], StringComparison.Ordinal), Is.True, "line " + line + ": " + shown[line]);
            }
        }

        /// <summary>Greedy: a piece that does not fit goes to the next line, as a label does it.</summary>
        private static string[] Wrap(string text, int width)
        {
            var lines = new List<string> { string.Empty };
            int start = 0;
            while (start < text.Length)
            {
                int end = RevealUnits.Next(text.AsSpan(), start, true);
                string piece = text.Substring(start, end - start);
                string last = lines[lines.Count - 1];
                if (last.Length > 0 && last.Length + piece.TrimEnd().Length > width)
                {
                    lines.Add(piece.TrimStart());
                }
                else
                {
                    lines[lines.Count - 1] = last + piece;
                }

                start = end;
            }

            return lines.ToArray();
        }
    }
}
