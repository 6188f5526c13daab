using NUnit.Framework;
using PrismLM.Core.Json;

namespace PrismLM.Tests.Json
{
    public class SafeTextTests
    {
        [TestCase("plain", "plain")]
        [TestCase("\u00e9\u4e2d\ud83d\ude00", "\u00e9\u4e2d\ud83d\ude00")]
        [TestCase("<b>", "\\u003cb>")]
        [TestCase("a\nb\0\u001b[31m", "a\\u000ab\\u0000\\u001b[31m")]
        [TestCase("\u202e\u200b\u2028", "\\u202e\\u200b\\u2028")]
        [TestCase("\udb40\udc41", "\\udb40\\udc41")]
        [TestCase(null, "")]
        public void EscapesWhatADisplayWouldObey(string? text, string shown) => Assert.That(SafeText.Show(text), Is.EqualTo(shown));

        [Test]
        public void EscapesHalvesOfPairs()
        {
            // Not test cases: attributes hold UTF-8, which has no lone surrogates.
            Assert.That(SafeText.Show("\ud800x"), Is.EqualTo("\\ud800x"));
            Assert.That(SafeText.Show("x\udc00"), Is.EqualTo("x\\udc00"));
        }

        [Test]
        public void CutsAt64Characters()
        {
            Assert.That(SafeText.Show(new string('x', 64)), Is.EqualTo(new string('x', 64)));
            Assert.That(SafeText.Show(new string('x', 65)), Is.EqualTo(new string('x', 61) + "..."));
            for (int length = 0; length < 80; length++)
            {
                Assert.That(SafeText.Show(new string('<', length)).Length, Is.LessThanOrEqualTo(64));
                Assert.That(SafeText.Show(new string('x', length) + "\ud83d\ude00<\n").Length, Is.LessThanOrEqualTo(64));
            }
        }
    }
}
