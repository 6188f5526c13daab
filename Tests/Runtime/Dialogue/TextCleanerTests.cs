using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class TextCleanerTests
    {
        [TestCase("Hello there.", "Hello there.")]
        [TestCase("  a \n\t b  ", "a b")]
        [TestCase("a\0b\u001Bc", "a b c")]
        [TestCase("<b>bold</b> <color=#ff0000>red</color>", "bold red")]
        [TestCase("a <b", "a b")]
        [TestCase("1 < 2 > 1", "1 2 > 1")]
        [TestCase("<<b>b>", "b>")]
        [TestCase("<3", "3")]
        [TestCase("\u202Eabc\u202C\uFEFF", "abc")]
        [TestCase("\U0001F468\u200D\U0001F469\u200D\U0001F467 e\u0301 \uD55C\uAE00", "\U0001F468\u200D\U0001F469\u200D\U0001F467 e\u0301 \uD55C\uAE00")]
        [TestCase("", "")]
        [TestCase(" ", "")]
        public void CleansInPiecesAsInOne(string text, string expected)
        {
            Assert.That(Clean(text, text.Length), Is.EqualTo(expected));
            for (int size = 1; size < text.Length; size++)
            {
                Assert.That(Clean(text, size), Is.EqualTo(expected), "in pieces of " + size);
            }
        }

        [Test]
        public void HalfAPairBecomesTheReplacementCharacter() => CleansInPiecesAsInOne("a\uD83Db\uDE00 \uD83D", "a\uFFFDb\uFFFD \uFFFD");

        [Test]
        public void MarkupStaysWhereItIsAllowed() => Assert.That(Clean("<b>x</b> <", 3, true), Is.EqualTo("<b>x</b> <"));

        [Test]
        public void ALongTagIsText()
        {
            string text = "<" + new string('x', 200) + "> y";
            Assert.That(Clean(text, 7), Is.EqualTo(text.Substring(1)));
        }

        [Test]
        public void WhateverComesWhatLeavesIsSafe()
        {
            var random = new Random(11);
            const string Alphabet = "ab <>/#=\n\0\uD83D\uDE00\u202E\uFEFF\uFFFE\u0301";
            for (int round = 0; round < 3000; round++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(1, 100)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
                string clean = Clean(text, random.Next(1, 9));

                // Ordinal: the constraint Contain compares as the culture does, and Mono's then overlooks what stands beside a combining mark.
                Assert.That(clean.IndexOf("<", StringComparison.Ordinal), Is.Negative);
                Assert.That(clean.IndexOf("  ", StringComparison.Ordinal), Is.Negative);
                Assert.That(clean.Any(char.IsControl), Is.False);
                Assert.That(clean.Trim(), Is.EqualTo(clean));
                Assert.That(new UTF8Encoding(false, true).GetByteCount(clean), Is.GreaterThanOrEqualTo(clean.Length), "valid Unicode");
            }
        }

        /// <summary>LLamaSharp #265: broken characters in the stream. Bytes split anywhere, events whole.</summary>
        [TestCase("Пивo \U0001F37A!")]
        [TestCase("\uD55C\uAD6D\uC5B4 \u1112\u1161\u11AB")]
        [TestCase("e\u0301a\u0308 \U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466 \u0E19\u0E49\u0E33")]
        public void EventsCarryWholeCharacters(string text)
        {
            using var table = new DialogueTable();
            for (int perStep = 1; perStep < 6; perStep++)
            {
                table.Says(text);
                table.Engine.TokensPerStep = perStep;
                var pieces = new List<string>();
                NpcReply reply = table.Npc().Ask("?");
                reply.TextAdded += (_, added) => pieces.Add(added.ToString());
                table.Finish(reply);
                Assert.That(string.Concat(pieces), Is.EqualTo(text));
                Assert.That(pieces.SelectMany(piece => piece).Contains('\uFFFD'), Is.False);
                Assert.That(pieces.Any(piece => char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[piece.Length - 1])), Is.False);
            }
        }

        [Test]
        public void ARichTextTagOfTheModelIsNeverRaised()
        {
            using var table = new DialogueTable();
            table.Says("A <size=900>big</size> day.");
            Npc npc = table.Npc();
            Assert.That(table.Finish(npc.Ask("?")).Text, Is.EqualTo("A big day."));
            npc.AllowMarkup = true;
            Assert.That(table.Finish(npc.Ask("?")).Text, Is.EqualTo("A <size=900>big</size> day."));
        }

        private static string Clean(string text, int size, bool markup = false)
        {
            var clean = new ReplyText(1, markup);
            for (int i = 0; i < text.Length; i += Math.Max(size, 1))
            {
                clean.Append(text.AsSpan(i, Math.Min(size, text.Length - i)));
            }

            clean.Complete();
            return clean.ToString();
        }
    }
}
