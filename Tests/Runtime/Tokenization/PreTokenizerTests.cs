using System.Collections.Generic;
using NUnit.Framework;
using PrismLM.Core.Tokenization;
#if NET10_0_OR_GREATER
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
#endif

namespace PrismLM.Tests.Tokenization
{
    public sealed class PreTokenizerTests
    {
        [TestCase("Hello world", "Hello| world")]
        [TestCase("don't we'll I'VE", "don|'t| we|'ll| I|'|VE")]
        [TestCase("'s's 's", "'s|'s| '|s")]
        [TestCase("a  b", "a| | b")]
        [TestCase("a\n\nb", "a|\n|\n|b")]
        [TestCase("a \n b", "a| \n| b")]
        [TestCase("  ", "  ")]
        [TestCase("a   ", "a|   ")]
        [TestCase("x1y2", "x|1|y|2")]
        [TestCase("3.14!? ok", "3|.|14|!?| ok")]
        [TestCase(" Ж한١", " Ж한|١")]
        [TestCase("e\u0301x", "e|\u0301|x")]
        [TestCase(" 𝒜𝟘🙂", " 𝒜|𝟘|🙂")]
        [TestCase("a\u00A0\u00A0b", "a|\u00A0|\u00A0|b")]
        [TestCase("\u3000a", "\u3000|a")]
        [TestCase("'", "'")]
        [TestCase("'r", "'|r")]
        public void CutsLikeGpt2(string text, string words)
        {
            Assert.That(string.Join("|", Words(text)), Is.EqualTo(words));
        }

        [Test]
        public void LoneSurrogatesAreSymbols()
        {
            Assert.That(Words("a\uD800b\uDC00"), Is.EqualTo(new[] { "a", "\uD800", "b", "\uDC00" }));
        }

#if NET10_0_OR_GREATER
        [Test]
        public void AgreesWithTheRegularExpression()
        {
            var pattern = new Regex(@"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+", RegexOptions.CultureInvariant);

            // .NET's expressions see UTF-16 units, so a character beyond U+FFFF is two symbols there: those are left to the cases above.
            Prop.ForAll(TextArbitrary.Any, text =>
            {
                string basic = new string(text.Where(c => !char.IsSurrogate(c)).ToArray());
                return Words(basic).SequenceEqual(pattern.Matches(basic).Select(match => match.Value));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
        }

        [Test]
        public void ClassesAreThoseOfUnicode()
        {
            for (int c = 0; c <= 0x10FFFF; c++)
            {
                CharacterClass expected = c is >= 0xD800 and <= 0xDFFF ? CharacterClass.Other : ClassOf(CharUnicodeInfo.GetUnicodeCategory(c), c);
                if (UnicodeClass.Of(c) != expected)
                {
                    Assert.Fail("U+" + c.ToString("X4", CultureInfo.InvariantCulture));
                }
            }
        }

        private static CharacterClass ClassOf(UnicodeCategory category, int c)
        {
            if (c <= 0xFFFF && char.IsWhiteSpace((char)c))
            {
                return CharacterClass.Space;
            }
            return category <= UnicodeCategory.OtherLetter ? CharacterClass.Letter
                : category is >= UnicodeCategory.DecimalDigitNumber and <= UnicodeCategory.OtherNumber ? CharacterClass.Number
                : CharacterClass.Other;
        }
#endif

        private static List<string> Words(string text)
        {
            var words = new List<string>();
            for (int start = 0; start < text.Length;)
            {
                int end = PreTokenizer.NextEnd(text, start);
                words.Add(text.Substring(start, end - start));
                start = end;
            }
            return words;
        }
    }
}
