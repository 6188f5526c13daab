using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Tokenization;
using PrismLM.Tests.Tokenization;

namespace PrismLM.Tests.Generation
{
    /// <summary>Automata worked out by hand.</summary>
    public sealed class TokenConstraintTests
    {
        private enum Mood
        {
            Calm,
            Angry,
            Sad,
        }

        //                                                              0    1    2     3    4   5 (end) 6 (action)
        private static readonly PieceTokenizer Letters = PieceTokenizer.Of("a", "b", "ab", "*", "b*", string.Empty, string.Empty);

        //                                      0     1     2     3     4     5      6 (end)   the byte tokens spell “ (E2 80 9C), ” (E2 80 9D) and é (C3 A9)
        private static readonly PieceTokenizer Bytes = new PieceTokenizer(
            new byte[] { (byte)'a' }, new byte[] { 0xE2 }, new byte[] { 0x80 }, new byte[] { 0x9C }, new byte[] { 0x9D }, new byte[] { 0xE2, 0x80 }, Array.Empty<byte>());

        [Test]
        public void AChoiceIsATreeOfTokens()
        {
            // "ab" is token 2, "aba" 2 0, "b" 1.
            TokenConstraint constraint = TokenConstraint.Choice(Letters, 5, new[] { "ab", "aba", "b" });
            Assert.That(Allowed(constraint, 0), Is.EqualTo(new[] { 1, 2 }));
            int ab = constraint.Next(0, 2);
            int aba = constraint.Next(ab, 0);
            int b = constraint.Next(0, 1);
            Assert.That(Allowed(constraint, ab), Is.EqualTo(new[] { 0, 5 }));
            Assert.That(Allowed(constraint, aba), Is.EqualTo(new[] { 5 }));
            Assert.That(Allowed(constraint, b), Is.EqualTo(new[] { 5 }));
            Assert.That(Allowed(constraint, constraint.Next(b, 5)), Is.Empty);
            Assert.That(constraint.Next(0, 0), Is.EqualTo(-1));
            Assert.That(constraint.Next(b, 1), Is.EqualTo(-1));
            Assert.That(constraint.StateCount, Is.EqualTo(5), "four nodes and the end");
            Assert.That(constraint.RequiredTokens, Is.EqualTo(3));
            Assert.That(constraint.IndexOf(new[] { 2, 5 }), Is.EqualTo(0));
            Assert.That(constraint.IndexOf(new[] { 2, 0, 5 }), Is.EqualTo(1));
            Assert.That(constraint.IndexOf(new[] { 1, 5 }), Is.EqualTo(2));
            Assert.That(constraint.IndexOf(new[] { 1 }), Is.EqualTo(-1), "no end");
            Assert.That(constraint.IndexOf(new[] { 1, 1, 5 }), Is.EqualTo(-1));
            Assert.That(constraint.IndexOf(Array.Empty<int>()), Is.EqualTo(-1));
        }

        [Test]
        public void AnEnumerationIsAChoiceOfItsNames()
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create();
            TokenConstraint constraint = TokenConstraint.ForEnum<Mood>(tokenizer, tokenizer.VocabularySize - 1);
            Assert.That(constraint.Lines, Is.EqualTo(new[] { "Calm", "Angry", "Sad" }));
            for (int i = 0; i < 3; i++)
            {
                int[] reply = tokenizer.Encode(((Mood)i).ToString()).Concat(new[] { constraint.EndToken }).ToArray();
                Assert.That(constraint.IndexOf(reply), Is.EqualTo(i));
            }
        }

        [Test]
        public void SpeechTakesOneActionAndThenEnds()
        {
            TokenConstraint constraint = TokenConstraint.SpeechWithAction(Letters, 5, 6, new[] { "ab", "ba" });
            Assert.That(Allowed(constraint, 0), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5, 6 }));
            Assert.That(constraint.Next(0, 0), Is.EqualTo(0), "text goes on");
            int action = constraint.Next(0, 6);
            Assert.That(Allowed(constraint, action), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(Allowed(constraint, constraint.Next(action, 2)), Is.EqualTo(new[] { 5 }), "one action, whole, and nothing behind it");
            Assert.That(Allowed(constraint, constraint.Next(action, 1)), Is.EqualTo(new[] { 0 }));
            Assert.That(constraint.RequiredTokens, Is.EqualTo(4), "the action token, two of ba, the end");
            Assert.That(constraint.IndexOf(new[] { 0, 1, 6, 1, 0, 5 }), Is.EqualTo(1));
            Assert.That(constraint.IndexOf(new[] { 0, 1, 5 }), Is.EqualTo(-1), "speech alone");
        }

        /// <summary>Speech may go on with 2 tokens left, act with 4 left; with 1 left it ends.</summary>
        [Test]
        public void TheNearingLimitClosesOneWayAfterTheOther()
        {
            TokenConstraint constraint = TokenConstraint.SpeechWithAction(Letters, 5, 6, new[] { "ab", "ba" });
            int[][] expected = { new[] { 5 }, new[] { 0, 1, 2, 3, 4, 5 }, new[] { 0, 1, 2, 3, 4, 5 }, new[] { 0, 1, 2, 3, 4, 5, 6 }, new[] { 0, 1, 2, 3, 4, 5, 6 } };
            for (int remaining = 1; remaining <= expected.Length; remaining++)
            {
                int state = constraint.Narrow(0, remaining);
                Assert.That(Allowed(constraint, state), Is.EqualTo(expected[remaining - 1]), "{0} left", remaining);
            }

            Assert.That(constraint.Next(constraint.Narrow(0, 2), 0), Is.EqualTo(0), "what is left decides anew");
            Assert.That(constraint.IsCutShort(new[] { 0, 0, 5 }, 0, limit: 3), Is.True);
            Assert.That(constraint.IsCutShort(new[] { 0, 0, 5 }, 0, limit: 4), Is.False, "it could have gone on");
            Assert.That(constraint.IsCutShort(new[] { 6, 1, 0, 5 }, 0, limit: 4), Is.False, "an action is never cut");
        }

        [Test]
        public void BannedCharactersBanEveryTokenThatHasOne()
        {
            TokenConstraint constraint = TokenConstraint.Speech(Letters, 5, "*");
            Assert.That(Allowed(constraint, 0), Is.EqualTo(new[] { 0, 1, 2, 5 }), "neither * nor b*; an action is not allowed without a list");
        }

        [Test]
        public void ACharacterSplitOverTokensIsBannedInAllItsSplits()
        {
            TokenConstraint constraint = TokenConstraint.Speech(Bytes, 6, "\u201C");
            Assert.That(Allowed(constraint, 0), Is.EqualTo(new[] { 0, 1, 5, 6 }), "no token may begin inside a character");
            int e2 = constraint.Next(0, 1);
            Assert.That(Allowed(constraint, e2), Is.EqualTo(new[] { 2, 3, 4 }), "and no reply may end there");
            int e280 = constraint.Next(e2, 2);
            Assert.That(Allowed(constraint, e280), Is.EqualTo(new[] { 2, 4 }), "9D and 80 make other characters");
            Assert.That(constraint.Next(0, 5), Is.EqualTo(e280));
            Assert.That(constraint.Next(e280, 4), Is.EqualTo(0));
            TokenConstraint free = TokenConstraint.Speech(Bytes, 6);
            Assert.That(free.Next(free.Next(0, 5), 3), Is.EqualTo(0), "not banned");
        }

        /// <summary>Three bytes and the end need 4 tokens from E2, 3 where one token has two of the bytes.</summary>
        [Test]
        public void ACharacterIsBegunOnlyWhenItCanBeFinished()
        {
            TokenConstraint constraint = TokenConstraint.Speech(Bytes, 6);
            Assert.That(Allowed(constraint, constraint.Narrow(0, 4)), Is.EqualTo(new[] { 0, 1, 5, 6 }));
            Assert.That(Allowed(constraint, constraint.Narrow(0, 3)), Is.EqualTo(new[] { 0, 5, 6 }));
            Assert.That(Allowed(constraint, constraint.Narrow(0, 2)), Is.EqualTo(new[] { 0, 6 }));
            Assert.That(Allowed(constraint, constraint.Narrow(0, 1)), Is.EqualTo(new[] { 6 }));
        }

        [Test]
        public void TokensThatLeadNowhereAreLeftOut()
        {
            // Every character that begins with E2 80 and that these tokens can make is banned; E2 9C 80 is another.
            TokenConstraint constraint = TokenConstraint.Speech(Bytes, 6, "\u2000\u201C\u201D");
            Assert.That(Allowed(constraint, 0), Is.EqualTo(new[] { 0, 1, 6 }));
            Assert.That(Allowed(constraint, constraint.Next(0, 1)), Is.EqualTo(new[] { 3, 4 }));
        }

        [Test]
        public void ActionNamesMayHaveBannedCharacters()
        {
            TokenConstraint constraint = TokenConstraint.SpeechWithAction(Letters, 5, 6, new[] { "b*" }, "*");
            Assert.That(Allowed(constraint, constraint.Next(0, 6)), Is.EqualTo(new[] { 4 }));
        }

        [Test]
        public void EqualTablesAreStoredOnce()
        {
            TokenConstraint constraint = TokenConstraint.Speech(PublishedVocabularies.Gpt2.Value, 50256, "*<[\u201C");
            Assert.That(constraint.Words.Length, Is.LessThan(8 * TokenMask.Words(50257) + 8192));
        }

        [Test]
        public void RefusesWhatMakesNoSense()
        {
            Assert.That(() => TokenConstraint.Choice(Letters, 5, Array.Empty<string>()), Throws.ArgumentException);
            Assert.That(() => TokenConstraint.Choice(Letters, 5, new[] { "a", string.Empty }), Throws.ArgumentException.With.Message.Contains("index 1"));
            Assert.That(() => TokenConstraint.Choice(Letters, 5, new[] { "a", "b", "a" }), Throws.ArgumentException.With.Message.Contains("0 and 2"));
            Assert.That(() => TokenConstraint.Choice(Letters, 5, new[] { "a", "b*" }, "*"), Throws.ArgumentException.With.Message.Contains("U+002A"));
            Assert.That(() => TokenConstraint.Choice(Letters, 0, new[] { "a" }), Throws.ArgumentException.With.Message.Contains("special"));
            Assert.That(() => TokenConstraint.Choice(Letters, 7, new[] { "a" }), Throws.ArgumentException.With.Message.Contains("special"));
            Assert.That(() => TokenConstraint.SpeechWithAction(Letters, 5, 1, new[] { "a" }), Throws.ArgumentException.With.Message.Contains("action"));
            Assert.That(() => TokenConstraint.SpeechWithAction(Letters, 5, 5, new[] { "a" }), Throws.ArgumentException.With.Message.Contains("ends"));
            Assert.That(() => TokenConstraint.Speech(Letters, 5, "\uD800"), Throws.ArgumentException.With.Message.Contains("surrogate"));
            Assert.That(() => TokenConstraint.Choice(Letters, 5, Enumerable.Repeat("a", 257).ToArray()), Throws.ArgumentException.With.Message.Contains("256"));
            Assert.That(() => TokenConstraint.Speech(Letters, 5).CopyMask(0, new uint[2]), Throws.ArgumentException);
        }

        private static int[] Allowed(TokenConstraint constraint, int state)
        {
            var mask = new uint[TokenMask.Words(constraint.Vocabulary)];
            constraint.CopyMask(state, mask);
            return Enumerable.Range(0, constraint.Vocabulary).Where(token => TokenMask.Allows(mask, token)).ToArray();
        }
    }
}
