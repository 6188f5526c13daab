using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Tavern.Layout;

namespace PrismLM.Examples.Tests.Tavern
{
    public sealed class TextWrapTests
    {
        private static readonly FixedMeasure Measure = new();

        [Test]
        public void ShownWordsStayOnTheirLineWhateverComesAfterThem()
        {
            var random = new Random(3);
            for (int run = 0; run < 200; run++)
            {
                string[] words = Enumerable.Range(0, 40).Select(_ => new string("aimw."[random.Next(5)], 1 + random.Next(run % 7 == 0 ? 60 : 12))).ToArray();
                List<TextLine> before = new();
                for (int count = 1; count <= words.Length; count++)
                {
                    List<TextLine> lines = Lines(string.Join(' ', words.Take(count)));
                    for (int i = 0; i < before.Count; i++)
                    {
                        Assert.That(lines[i].Start, Is.EqualTo(before[i].Start));
                        Assert.That(lines[i].Length, i < before.Count - 1 ? Is.EqualTo(before[i].Length) : Is.GreaterThanOrEqualTo(before[i].Length));
                    }

                    before = lines;
                }
            }
        }

        [Test]
        public void NoLineIsWiderThanAllowedAndNoLetterIsLost()
        {
            const string Text = "The ferry is closed until spring, and the miller won twenty silver at dice; nobody knows how. Ask  twice.";
            List<TextLine> lines = Lines(Text);
            Assert.That(lines, Has.Count.GreaterThan(2));
            foreach (TextLine line in lines)
            {
                Assert.That(TextWrap.Width(Text.AsSpan(line.Start, line.Length), Measure), Is.LessThanOrEqualTo(Bubble.TextWidth));
            }

            string kept = string.Concat(lines.Select(line => Text.Substring(line.Start, line.Length)));
            Assert.That(kept.Replace(" ", "", StringComparison.Ordinal), Is.EqualTo(Text.Replace(" ", "", StringComparison.Ordinal)));
        }

        [Test]
        public void AWordThatIsWiderThanALineIsCut()
        {
            List<TextLine> lines = Lines(new string('m', 100));
            Assert.That(lines, Has.Count.EqualTo(6));
            Assert.That(lines.Sum(line => line.Length), Is.EqualTo(100));
        }

        [Test]
        public void LinesBreakAtLineBreaks() => Assert.That(Lines("one\ntwo\n\nthree"), Has.Count.EqualTo(3));

        [TestCase("")]
        [TestCase("   ")]
        public void NothingHasNoLines(string text) => Assert.That(Lines(text), Is.Empty);

        private static List<TextLine> Lines(string text)
        {
            var lines = new List<TextLine>();
            TextWrap.Wrap(text, Bubble.TextWidth, Measure, lines);
            return lines;
        }
    }
}
