using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using NUnit.Framework;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Tokenization;

namespace PrismLM.Training.Tests.Tokenization
{
    public sealed class BpeTrainerTests
    {
        private static readonly string[] Special = ["<|endoftext|>"];

        [Test]
        public void LearnsTheReferenceMerges()
        {
            BpeTokenizer tokenizer = BpeTrainer.Train([Read("corpus.en")], 500, Special);
            string[] expected = Read("merges.txt").Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var learned = tokenizer.Merges
                .Select(merge => ByteAlphabet.Spell(tokenizer.TokenBytes(merge.Left)) + " " + ByteAlphabet.Spell(tokenizer.TokenBytes(merge.Right)))
                .ToArray();
            Assert.That(learned, Is.EqualTo(expected));
        }

        [Test]
        public void LearnsTheReferenceVocabulary()
        {
            BpeTokenizer tokenizer = BpeTrainer.Train([Read("corpus.en")], 500, Special);
            var expected = JsonSerializer.Deserialize<Dictionary<string, int>>(Read("vocab.json"))!;
            Assert.That(tokenizer.VocabularySize, Is.EqualTo(expected.Count));

            // The reference puts its special token first, ours stands last: every other id is one less.
            foreach ((string spelling, int id) in expected.Where(token => token.Key != Special[0]))
            {
                Assert.That(ByteAlphabet.Spell(tokenizer.TokenBytes(id - 1)), Is.EqualTo(spelling));
            }
            Assert.That(tokenizer.TryGetSpecial(Special[0], out int special), Is.True);
            Assert.That(special, Is.EqualTo(499));
        }

        [Test]
        public void DoesNotDependOnTheOrderOfDocuments()
        {
            string[] lines = Read("corpus.en").Split('\n').Select(line => line + "\n").ToArray();
            byte[] forwards = BpeTrainer.Train(lines, 400, Special).ToJson();
            byte[] backwards = BpeTrainer.Train(lines.Reverse(), 400, Special).ToJson();
            Assert.That(backwards, Is.EqualTo(forwards));
        }

        [Test]
        public void SpecialTokensTakeTheLastIds()
        {
            BpeTokenizer tokenizer = BpeTrainer.Train([Read("corpus.en")], 300, ["<|a|>", "<|b|>"]);
            Assert.That(tokenizer.TryGetSpecial("<|a|>", out int a) ? a : -1, Is.EqualTo(298));
            Assert.That(tokenizer.TryGetSpecial("<|b|>", out int b) ? b : -1, Is.EqualTo(299));
        }

        [Test]
        public void SaysWhenTheTextIsTooSmall()
        {
            Assert.That(() => BpeTrainer.Train(["a b"], 300, Special), Throws.InvalidOperationException.With.Message.Contains("of 299 tokens"));
        }

        [Test]
        public void RefusesSizesWithoutRoomForTheBytes([Values(0, 256, BpeTokenizer.MaxVocabularySize + 1)] int size)
        {
            Assert.That(() => BpeTrainer.Train(["a b"], size, Special), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void CanBeCancelled()
        {
            using var cancellation = new CancellationTokenSource();
            var progress = new Recorder(fraction =>
            {
                if (fraction > 0.1)
                {
                    cancellation.Cancel();
                }
            });
            Assert.That(
                () => BpeTrainer.Train([Read("corpus.en")], 500, Special, progress, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
            Assert.That(progress.Last, Is.GreaterThan(0.1).And.LessThan(0.2));
        }

        [Test]
        public void EncodesItsCorpusAndBack()
        {
            string corpus = Read("corpus.en");
            BpeTokenizer tokenizer = BpeTrainer.Train([corpus], 500, Special);
            int[] ids = tokenizer.Encode(corpus);
            Assert.That(tokenizer.Decode(ids), Is.EqualTo(corpus));
            Assert.That(ids.Length, Is.LessThan(Encoding.UTF8.GetByteCount(corpus) / 2));
        }

        [Test, Category("Slow")]
        public void LearnsFourThousandTokensOfThirtyMegabytesInAMinute()
        {
            // Words of the corpus and invented ones, so that the distinct words grow with the text as in a real one.
            string[] words = Read("corpus.en").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            var random = new Random(4096);
            var documents = new List<string>();
            for (int document = 0; document < 3000; document++)
            {
                var text = new StringBuilder();
                while (text.Length < 10_000)
                {
                    string word = words[random.Next(words.Length)];
                    text.Append(random.Next(10) == 0 ? word + words[random.Next(words.Length)] : word).Append(' ');
                }
                documents.Add(text.ToString());
            }

            long before = Environment.TickCount64;
            BpeTokenizer tokenizer = BpeTrainer.Train(documents, 4096, Special);
            long elapsed = Environment.TickCount64 - before;
            TestContext.Out.WriteLine(FormattableString.Invariant($"{elapsed} ms"));
            Assert.That(tokenizer.VocabularySize, Is.EqualTo(4096));
            Assert.That(elapsed, Is.LessThan(60_000));
        }

        private static string Read(string name)
        {
            return File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "bpe-training", name));
        }

        private sealed class Recorder(Action<double> onReport) : IProgress<double>
        {
            public double Last { get; private set; }

            public void Report(double value)
            {
                Last = value;
                onReport(value);
            }
        }
    }
}
