using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class SentenceSplitterTests
    {
        [TestCase("Hello. How are you? Fine!", "Hello.|How are you?|Fine!")]
        [TestCase("Mr. Smith saw Dr. J. Brown. He waved.", "Mr. Smith saw Dr. J. Brown.|He waved.")]
        [TestCase("It costs 3.5 silver. Or 4. Take it.", "It costs 3.5 silver.|Or 4.|Take it.")]
        [TestCase("Well... maybe. Well... No!", "Well... maybe.|Well...|No!")]
        [TestCase("Well\u2026 maybe. What?! Yes.", "Well\u2026 maybe.|What?!|Yes.")]
        [TestCase("\"Stop!\" he said. \"Why?\" She ran.", "\"Stop!\" he said.|\"Why?\"|She ran.")]
        [TestCase("He left (at last.) Good.", "He left (at last.)|Good.")]
        [TestCase("It was I. You know.", "It was I.|You know.")]
        [TestCase("Many, e.g. the miller, left. No.", "Many, e.g. the miller, left.|No.")]
        [TestCase("\u4F60\u597D\u3002\u4F60\u662F\u8C01\uFF1F\u300C\u6211\u3002\u300D\u597D", "\u4F60\u597D\u3002|\u4F60\u662F\u8C01\uFF1F|\u300C\u6211\u3002\u300D|\u597D")]
        [TestCase("\u0645\u0631\u062D\u0628\u0627\u06D4 \u0643\u064A\u0641\u061F", "\u0645\u0631\u062D\u0628\u0627\u06D4|\u0643\u064A\u0641\u061F")]
        [TestCase("\u0928\u092E\u0938\u094D\u0924\u0947\u0964 \u0915\u0948\u0938\u0947\u0964", "\u0928\u092E\u0938\u094D\u0924\u0947\u0964|\u0915\u0948\u0938\u0947\u0964")]
        [TestCase("\u03A4\u03B9\u037E \u039D\u03B1\u03B9.", "\u03A4\u03B9\u037E|\u039D\u03B1\u03B9.")]
        [TestCase("no end", "no end")]
        [TestCase("line one\nline two", "line one|line two")]
        [TestCase("", "")]
        [TestCase(" ... ", "...")]
        public void Splits(string text, string expected)
        {
            string[] sentences = expected.Split('|', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(SentenceSplitter.Split(text), Is.EqualTo(sentences));
            Assert.That(Growing(text), Is.EqualTo(sentences), "as it comes, a character at a time");
        }

        [Test]
        public void ASentenceIsFoundWhenTheNextOneBegins()
        {
            var splitter = new SentenceSplitter();
            Assert.That(splitter.Next("Hello.".AsSpan(), 0, false), Is.EqualTo(-1));
            Assert.That(splitter.Next("Hello. ".AsSpan(), 0, false), Is.EqualTo(-1));
            Assert.That(splitter.Next("Hello. Y".AsSpan(), 0, false), Is.EqualTo(6));
            Assert.That(new SentenceSplitter().Next("Hello.".AsSpan(), 0, true), Is.EqualTo(6));
            Assert.That(() => splitter.Next("abc".AsSpan(), 4, true), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void OtherAbbreviationsCanBeGiven()
        {
            var splitter = new SentenceSplitter(new[] { "Brd" });
            const string Text = "Brd. Anselm. Yes.";
            Assert.That(splitter.Next(Text.AsSpan(), 0, true), Is.EqualTo(12));
        }

        [Test]
        public void NothingIsLostOrDoubled()
        {
            var random = new Random(3);
            const string Alphabet = "aB .!?\u2026\"'\u3002\u61F1";
            for (int round = 0; round < 2000; round++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
                string without = text.Replace(" ", string.Empty, StringComparison.Ordinal);
                Assert.That(string.Concat(SentenceSplitter.Split(text)).Replace(" ", string.Empty, StringComparison.Ordinal), Is.EqualTo(without));
                Assert.That(Growing(text), Is.EqualTo(SentenceSplitter.Split(text)), text);
            }
        }

        [Test]
        public void RepliesRaiseSentencesAfterTheirWords()
        {
            using var table = new DialogueTable();
            table.Says("I am Bram. What do you want? Hm");
            var heard = new List<string>();
            int shown = 0;
            NpcReply reply = table.Npc().Ask("Hello!");
            reply.TextAdded += (_, added) => shown += added.Length;
            reply.SentenceCompleted += (_, sentence) =>
            {
                heard.Add(sentence.ToString());
                Assert.That(shown, Is.GreaterThanOrEqualTo(string.Join(" ", heard).Length));
            };
            table.Finish(reply);
            Assert.That(heard, Is.EqualTo(new[] { "I am Bram.", "What do you want?", "Hm" }));
        }

        private static List<string> Growing(string text)
        {
            var splitter = new SentenceSplitter();
            var sentences = new List<string>();
            int start = 0;
            for (int length = 0; length <= text.Length; length++)
            {
                int end;
                while (start < length && (end = splitter.Next(text.AsSpan(0, length), start, length == text.Length)) >= 0)
                {
                    string sentence = text.Substring(start, end - start).Trim();
                    if (sentence.Length > 0)
                    {
                        sentences.Add(sentence);
                    }

                    start = Math.Max(end, start + 1);
                }
            }

            return sentences;
        }
    }
}
