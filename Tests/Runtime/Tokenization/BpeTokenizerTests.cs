using System;
using System.Collections.Generic;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    public sealed class BpeTokenizerTests
    {
        [Test]
        public void SpecialTokensAreReachedByIdAlone()
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create();
            Assert.That(tokenizer.TryGetSpecial("<|bos|>", out int bos), Is.True);
            Assert.That(tokenizer.IsSpecial(bos), Is.True);
            Assert.That(tokenizer.TokenBytes(bos).Length, Is.Zero);
            int[] ids = tokenizer.Encode("say <|bos|> now");
            Assert.That(ids, Has.None.EqualTo(bos));
            Assert.That(tokenizer.Decode(ids), Is.EqualTo("say <|bos|> now"));
            Assert.That(tokenizer.Decode(new[] { bos, ids[0], bos }), Is.EqualTo(tokenizer.Decode(new[] { ids[0] })));
        }

        [Test]
        public void SurvivesItsJson()
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create();
            BpeTokenizer again = BpeTokenizer.FromJson(tokenizer.ToJson());
            Assert.That(again.VocabularySize, Is.EqualTo(tokenizer.VocabularySize));
            Assert.That(again.Encode("the then hello\n"), Is.EqualTo(tokenizer.Encode("the then hello\n")));
            Assert.That(again.ToJson(), Is.EqualTo(tokenizer.ToJson()));
        }

        [Test]
        public void LoneSurrogatesBecomeReplacementCharacters()
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create();
            Assert.That(tokenizer.Decode(tokenizer.Encode("a\uD83Db\uDE00")), Is.EqualTo("a\uFFFDb\uFFFD"));
        }

        [Test]
        public void EveryByteIsAToken()
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create();
            var seen = new HashSet<byte>();
            for (int id = 0; id < 256; id++)
            {
                seen.Add(tokenizer.TokenBytes(id)[0]);
            }
            Assert.That(seen, Has.Count.EqualTo(256));
        }

        [Test]
        public void UnknownIdsAreRefused()
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create();
            Assert.That(() => tokenizer.Decode(new[] { tokenizer.VocabularySize }), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => tokenizer.IsSpecial(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void LongWordsMergeLikeShortOnes([Values(1, 2, 3)] int seed)
        {
            MergeTable table = TinyTokenizer.RandomMerges(seed, letters: 3, merges: 60);
            var random = new Random(seed);
            for (int round = 0; round < 2000; round++)
            {
                int[] word = new int[random.Next(1, WordMerger.ScanLimit + 1)];
                for (int i = 0; i < word.Length; i++)
                {
                    word[i] = random.Next(3);
                }
                var longWay = new List<int>();
                new LongWordMerger(table).Merge(word, longWay);
                var shortWay = new List<int>();
                WordMerger.MergeShort(table, (int[])word.Clone(), shortWay);
                Assert.That(longWay, Is.EqualTo(shortWay), string.Join(" ", word));
            }
        }

        [Test]
        public void WorkIsLinearInTheLengthOfAWord([Values("a", "ab", "th", "abc")] string unit)
        {
            MergeTable table = TinyTokenizer.RandomMerges(7, letters: 3, merges: 200);
            var merger = new LongWordMerger(table);
            long Work(int length)
            {
                int[] word = new int[length];
                for (int i = 0; i < length; i++)
                {
                    word[i] = unit[i % unit.Length] % 3;
                }
                merger.Merge(word, new List<int>());
                return merger.Work;
            }

            Assert.That(Work(100_000), Is.LessThanOrEqualTo(100_000L * 12));
            Assert.That(Work(200_000), Is.LessThanOrEqualTo(200_000L * 12));
        }

        [Test]
        public void DecodesAcrossTokens()
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create();
            int[] ids = tokenizer.Encode("Grüße, мир! 🙂");
            var decoder = new Utf8StreamDecoder();
            var text = new StringBuilder();
            foreach (int id in ids)
            {
                decoder.Append(tokenizer.TokenBytes(id), text);
                Assert.That("Grüße, мир! 🙂", Does.StartWith(text.ToString()));
            }
            Assert.That(text.ToString(), Is.EqualTo("Grüße, мир! 🙂"));
        }
    }
}
