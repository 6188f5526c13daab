using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    public sealed class StopSequencesTests
    {
        [Test]
        public void ASequenceSplitOverPiecesIsFoundAndNotShown()
        {
            Assert.That(Run(new[] { "\nPlayer:" }, out string? found, "Well met.", "\nPl", "ay", "er: hi"), Is.EqualTo("Well met."));
            Assert.That(found, Is.EqualTo("\nPlayer:"));
        }

        [Test]
        public void AFalseStartIsShownAsSoonAsItIsDecided()
        {
            var stops = new StopSequences(new[] { "END" });
            Assert.That(Feed(stops, "aE"), Is.EqualTo("a"));
            Assert.That(Feed(stops, "N"), Is.EqualTo(string.Empty));
            Assert.That(Feed(stops, "x"), Is.EqualTo("ENx"));
            Assert.That(stops.Found, Is.Null);
        }

        [Test]
        public void OverlappingStartsAreFollowed()
        {
            Assert.That(Run(new[] { "aab" }, out _, "aaaab!"), Is.EqualTo("aa"));
            Assert.That(Run(new[] { "abcabd" }, out _, "abcabcabd"), Is.EqualTo("abc"));
        }

        [Test]
        public void TheSequenceThatEndsFirstWinsAndOfThoseTheLongest()
        {
            Assert.That(Run(new[] { "b", "aab" }, out string? found, "xaabc"), Is.EqualTo("x"));
            Assert.That(found, Is.EqualTo("aab"));
            Assert.That(Run(new[] { "xaaby", "ab" }, out found, "xaabz"), Is.EqualTo("xa"));
            Assert.That(found, Is.EqualTo("ab"));
        }

        [Test]
        public void HeldTextComesOutAtTheEnd()
        {
            Assert.That(Run(new[] { "END" }, out string? found, "wait: EN"), Is.EqualTo("wait: EN"));
            Assert.That(found, Is.Null);
        }

        [Test]
        public void NothingFollowsAFoundSequence()
        {
            Assert.That(Run(new[] { "." }, out _, "one. two.", " three"), Is.EqualTo("one"));
        }

        [Test]
        public void PiecesDoNotMatterAndNoPartLeaks()
        {
            var random = new TestRandom(7);
            string[] sequences = { "abab", "bb", "cabc" };
            for (int round = 0; round < 500; round++)
            {
                string text = new string(Enumerable.Range(0, 30).Select(_ => "abcd"[random.Below(4)]).ToArray());
                int cut = Enumerable.Range(0, text.Length + 1).Where(end => sequences.Any(s => text.Substring(0, end).EndsWith(s, StringComparison.Ordinal)))
                    .DefaultIfEmpty(-1).First();
                string expected = cut < 0 ? text : text.Substring(0, cut - sequences.Where(s => text.Substring(0, cut).EndsWith(s, StringComparison.Ordinal)).Max(s => s.Length));
                var stops = new StopSequences(sequences);
                var shown = new StringBuilder();
                for (int at = 0; at < text.Length;)
                {
                    int piece = Math.Min(text.Length - at, 1 + random.Below(5));
                    shown.Append(Feed(stops, text.Substring(at, piece)));
                    Assert.That(expected, Does.StartWith(shown.ToString()), "something was shown that had to be held back");
                    at += piece;
                }

                shown.Append(Flush(stops));
                Assert.That(shown.ToString(), Is.EqualTo(expected));
            }
        }

        [Test]
        public void WrongSequencesAreRefused()
        {
            Assert.That(() => new StopSequences(new[] { string.Empty }), Throws.ArgumentException);
            Assert.That(() => new StopSequences(new[] { "ok", "\uD83D" }), Throws.ArgumentException.With.Message.Contains("surrogate"));
            Assert.That(() => new StopSequences(new[] { new string('x', 129) }), Throws.ArgumentException.With.Message.Contains("128"));
            Assert.That(() => new StopSequences(Enumerable.Repeat("x", 17).ToArray()), Throws.ArgumentException.With.Message.Contains("16"));
            Assert.That(() => new StopSequences(new[] { new string('x', 128) }), Throws.Nothing);
        }

        private static string Run(string[] sequences, out string? found, params string[] pieces)
        {
            var stops = new StopSequences(sequences);
            string shown = string.Concat(pieces.Select(piece => Feed(stops, piece)));
            found = stops.Found;
            return shown + Flush(stops);
        }

        private static string Feed(StopSequences stops, string text)
        {
            var safe = new char[stops.MaxOutput(text.Length)];
            return new string(safe, 0, stops.Append(text.AsSpan(), safe));
        }

        private static string Flush(StopSequences stops)
        {
            var safe = new char[stops.MaxOutput(0)];
            return new string(safe, 0, stops.Flush(safe));
        }
    }
}
