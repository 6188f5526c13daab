using System;
using System.Diagnostics;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>What the reader of <c>tokenizer.json</c> takes and refuses.</summary>
    public sealed class TokenizerFileTests
    {
        [TestCaseSource(typeof(BadTokenizerFiles), nameof(BadTokenizerFiles.Rows))]
        public void Refuses(string code, Func<byte[]> build, string[] facts)
        {
            byte[] file = build();
            var watch = Stopwatch.StartNew();
            var error = Assert.Throws<PrismFileException>(() => TextTokenizer.FromJson(file));
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(2000));
            Assert.That(error!.Code, Is.EqualTo(code), error.Message);
            Assert.That(error.Message.Length, Is.LessThanOrEqualTo(400));
            Assert.That(error.Message, Does.Not.Contain("<"));
            foreach (string fact in facts)
            {
                Assert.That(error.Message, Does.Contain(fact));
            }
            var again = Assert.Throws<PrismFileException>(() => TextTokenizer.FromJson(file));
            Assert.That(again!.Message, Is.EqualTo(error.Message));
        }

        [Test]
        public void TakesMergesAsLists()
        {
            string json = TinyTokenizer.Json();
            string lists = json.Replace("\"t h\"", "[\"t\",\"h\"]").Replace("\"hell o\"", "[ \"hell\" , \"o\" ]");
            Assert.That(lists, Is.Not.EqualTo(json));
            Assert.That(Parse(lists).ToJson(), Is.EqualTo(Encoding.UTF8.GetBytes(json)));
        }

        [Test]
        public void TakesTheFormsOfOtherWriters()
        {
            string json = TinyTokenizer.Json()
                .Replace("\"post_processor\":null", "\"post_processor\":{\"type\":\"ByteLevel\",\"add_prefix_space\":true,\"trim_offsets\":false}")
                .Replace("\"continuing_subword_prefix\":null", "\"continuing_subword_prefix\":\"\"")
                .Replace("\"<|bos|>\":266,\"<|eos|>\":267", "\"\\u003c|bos|>\":266,\"<|eos|>\":267")
                .Replace(",\"use_regex\":true", string.Empty)
                .Replace("\"version\":\"1.0\"", "\"version\":\"1.0\",\"unknown\":[{\"a\":[1,2.5,true]}]");
            Assert.That(Parse(json).Encode("hello the"), Is.EqualTo(TinyTokenizer.Create().Encode("hello the")));
        }

        [Test]
        public void TakesSpecialTokensThatStandInAddedTokensAlone()
        {
            string json = TinyTokenizer.Json().Replace(",\"<|bos|>\":266,\"<|eos|>\":267", string.Empty);
            ITextTokenizer tokenizer = Parse(json);
            Assert.That(tokenizer.VocabularySize, Is.EqualTo(268));
            Assert.That(tokenizer.TryGetSpecial("<|eos|>", out int id) ? id : -1, Is.EqualTo(267));
        }

        [Test]
        public void ReadsEachKindAsItself()
        {
            Assert.That(Parse(TinyTokenizer.Json()), Is.TypeOf<BpeTokenizer>());
            Assert.That(Parse(TinySentencePiece.Json()), Is.TypeOf<SentencePieceTokenizer>());
            Assert.That(() => SentencePieceTokenizer.FromJson(TinyTokenizer.Create().ToJson()), Throws.TypeOf<PrismFileException>());
            Assert.That(() => BpeTokenizer.FromJson(TinySentencePiece.Create().ToJson()), Throws.TypeOf<PrismFileException>());
        }

        [Test]
        public void SentencePieceSurvivesItsJson()
        {
            SentencePieceTokenizer tokenizer = TinySentencePiece.Create();
            ITextTokenizer again = Parse(TinySentencePiece.Json());
            foreach (string text in new[] { "abc", "aabbcc", " abc\u2581x", "🙂é\0", string.Empty })
            {
                Assert.That(again.Encode(text), Is.EqualTo(tokenizer.Encode(text)));
                Assert.That(again.Decode(again.Encode(text)), Is.EqualTo(text));
            }
            Assert.That(again.ToJson(), Is.EqualTo(tokenizer.ToJson()));
        }

        [TestCase(BigTokenizer.MaxTokens - 1)]
        [TestCase(BigTokenizer.MaxTokens)]
        public void TakesVocabulariesUpToTheLimit(int count)
        {
            Assert.That(Parse(BigTokenizer.WithTokens(count)).VocabularySize, Is.EqualTo(count));
        }

        [TestCase(BigTokenizer.MaxMerges - 1)]
        [TestCase(BigTokenizer.MaxMerges)]
        public void TakesMergesUpToTheLimit(int count)
        {
            ITextTokenizer tokenizer = Parse(BigTokenizer.WithMerges(count));
            string text = string.Concat(Enumerable.Repeat("aabbbcaaaa", 100));
            Assert.That(tokenizer.Decode(tokenizer.Encode(text)), Is.EqualTo(text));
        }

        [TestCase(255)]
        [TestCase(256)]
        public void TakesTokensUpToTheLimit(int bytes)
        {
            Assert.That(Parse(BigTokenizer.WithTokenOf(bytes)).TokenBytes(256).Length, Is.EqualTo(bytes));
        }

        [Test]
        public void TakesNoSpecialTokenFromText()
        {
            ITextTokenizer tokenizer = Stories260K.Tokenizer();
            int[] ids = tokenizer.Encode("<s> </s> <unk> <0x41>");
            Assert.That(ids.Any(tokenizer.IsSpecial), Is.False);
            Assert.That(ids, Has.None.EqualTo(3 + 0x41));
            Assert.That(tokenizer.Decode(ids), Is.EqualTo("<s> </s> <unk> <0x41>"));
        }

        private static ITextTokenizer Parse(string json) => TextTokenizer.FromJson(Encoding.UTF8.GetBytes(json));
    }
}
