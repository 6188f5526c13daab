using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Reference
{
    /// <summary>A model that others trained, against what others computed with it.</summary>
    public sealed class Stories260KReferenceTests
    {
        // bos, the four tokens of the prompt, and 252 more: the 256 steps of the published run.
        private const int Steps = 256;

        private static readonly PrismCheckpoint Checkpoint = Stories260K.Load();

        [TestCase(ReferenceKvFormat.Float64)]
        [TestCase(ReferenceKvFormat.Float32)]
        public void LogitsMatchTheFixture(ReferenceKvFormat format)
        {
            float[] expected = Stories260K.GoldenLogits();
            var model = new ReferenceModel(Checkpoint, format);
            var logits = new float[expected.Length];
            using (ILanguageSequence sequence = model.CreateSequence())
            {
                sequence.Append(Stories260K.GoldenTokens, logits);
            }

            AssertClose(logits, expected, 1e-3);
            model.EvaluateWhole(Stories260K.GoldenTokens, logits);
            AssertClose(logits, expected, 1e-3);
        }

        [Test]
        public void HalfPrecisionCacheStaysWithinItsBound()
        {
            float[] expected = Stories260K.GoldenLogits();
            var logits = new float[expected.Length];
            new ReferenceModel(Checkpoint, ReferenceKvFormat.Float16).EvaluateWhole(Stories260K.GoldenTokens, logits);
            AssertClose(logits, expected, 5e-2);
        }

        [Test]
        public void GreedyTextIsThePublishedTextByteForByte()
        {
            ITextTokenizer tokenizer = Stories260K.Tokenizer();
            int[] prompt = new[] { Checkpoint.Config.Special.Bos }.Concat(tokenizer.Encode(Stories260K.Prompt)).ToArray();
            using (var generator = new TextGenerator(new LanguageModelEngine(new ReferenceModel(Checkpoint), 1), tokenizer))
            {
                string streamed = string.Empty;
                GenerationResult result = generator.Generate(
                    new GenerationRequest(prompt) { Sampling = SamplingOptions.Greedy, MaxTokens = Steps - (prompt.Length - 1), StopTokens = Array.Empty<int>() },
                    text => streamed += text);
                string published = Stories260K.GoldenText.TrimEnd('\n');
                Assert.That(Stories260K.Prompt + result.Text, Is.EqualTo(published));
                Assert.That(streamed, Is.EqualTo(result.Text));
                Assert.That(tokenizer.Decode(prompt.Concat(result.Tokens).ToArray()), Is.EqualTo(published));
                Assert.That(result.Tokens.Take(59), Is.EqualTo(Stories260K.GoldenTokens.Skip(5)));
            }
        }

        [Test]
        public void TextThatBeginsWithTheReplyHasNoLeadingSpace()
        {
            using (var generator = new TextGenerator(new LanguageModelEngine(new ReferenceModel(Checkpoint), 1), Stories260K.Tokenizer()))
            {
                GenerationResult result = generator.Generate(new GenerationRequest(new[] { Checkpoint.Config.Special.Bos }) { Sampling = SamplingOptions.Greedy, MaxTokens = 63 });
                Assert.That(result.Tokens, Is.EqualTo(Stories260K.GoldenTokens.Skip(1)));
                Assert.That(Stories260K.GoldenText, Does.StartWith(result.Text));
                Assert.That(result.Reason, Is.EqualTo(FinishReason.MaxLength));
            }
        }

        private static void AssertClose(float[] actual, float[] expected, double tolerance)
        {
            double worst = 0;
            int at = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                double difference = Math.Abs(actual[i] - expected[i]);
                if (!(difference <= worst))
                {
                    worst = difference;
                    at = i;
                }
            }

            Assert.That(worst, Is.LessThanOrEqualTo(tolerance), FormattableString.Invariant(
                $"position {at / Stories260K.Vocabulary}, token {at % Stories260K.Vocabulary}: {actual[at]} instead of {expected[at]}"));
        }
    }
}
