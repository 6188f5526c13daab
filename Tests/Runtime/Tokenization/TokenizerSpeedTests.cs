using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>A text of a million letters must not stop a game. The promise is 100 ms a megabyte; the bound here is wide, because test machines are shared.</summary>
    public sealed class TokenizerSpeedTests
    {
        private const int Bound = 5000;

        [TestCase("a", 1 << 20)]
        [TestCase("ab", 1 << 19)]
        [TestCase(" ", 1 << 20)]
        [TestCase("\u0301", 1 << 19)]
        [TestCase("\u200D", 1 << 18)]
        [TestCase("\uFFFD", 1 << 18)]
        [TestCase("=", 1 << 20)]
        [TestCase("thequickbrownfox", 1 << 16)]
        [TestCase("\uD800", 1 << 18)]
        public void LongWordsTakeLinearTime(string unit, int count)
        {
            string text = new StringBuilder().Insert(0, unit, count).ToString();
            foreach (ITextTokenizer tokenizer in new ITextTokenizer[] { PublishedVocabularies.Gpt2.Value, PublishedVocabularies.Llama.Value })
            {
                tokenizer.Encode(unit + unit);
                var ids = new List<int>();
                var watch = Stopwatch.StartNew();
                tokenizer.Encode(text.AsSpan(), ids);
                TestContext.WriteLine(FormattableString.Invariant($"{tokenizer.GetType().Name}: {watch.Elapsed.TotalMilliseconds:F1} ms, {ids.Count} tokens"));
                Assert.That(watch.ElapsedMilliseconds, Is.LessThan(Bound));
                Assert.That(tokenizer.Decode(ids.ToArray()), Is.EqualTo(text.Replace('\uD800', '\uFFFD')));
            }
        }

        [Test]
        public void WorkGrowsWithTheText([Values("a", "ab", "the", "\u00E9")] string unit)
        {
            MergeTable table = TinyTokenizer.RandomMerges(11, letters: 26, merges: 4000);
            long Work(int count)
            {
                var word = new List<int>();
                while (word.Count < count)
                {
                    foreach (char c in unit)
                    {
                        word.Add(c % 26);
                    }
                }
                var merger = new LongWordMerger(table);
                merger.Merge(word.ToArray(), new List<int>());
                return merger.Work;
            }

            Assert.That(Work(80_000), Is.LessThan(9 * Work(10_000)));
        }

        [Test]
        public void AllBytesAreEncoded()
        {
            byte[] bytes = new byte[256 * 16];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)(i * 37);
            }
            var text = new StringBuilder();
            new Utf8StreamDecoder().Append(bytes, text);
            BpeTokenizer tokenizer = PublishedVocabularies.Gpt2.Value;
            Assert.That(tokenizer.Decode(tokenizer.Encode(text.ToString())), Is.EqualTo(text.ToString()));
        }

        [Test]
        public void EncodingAllocatesNothingForShortWords()
        {
#if NET5_0_OR_GREATER
            BpeTokenizer tokenizer = PublishedVocabularies.Gpt2.Value;
            var ids = new List<int>(1024);
            string text = "Where does this iron come from? I'd like three swords, please.";
            tokenizer.Encode(text.AsSpan(), ids);
            ids.Clear();
            long before = GC.GetAllocatedBytesForCurrentThread();
            tokenizer.Encode(text.AsSpan(), ids);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
#else
            Assert.Ignore("Mono has no GC.GetAllocatedBytesForCurrentThread; the .NET run measures this.");
#endif
        }
    }
}
