using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;

namespace PrismLM.Tests.Reference
{
    public sealed class ReferenceModelTests
    {
        private static readonly int[] Tokens = { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 39, 0 };

        /// <summary>Every form of Q, K and V with every feed-forward block, dense and mixed, tied and untied, grouped-query where it is allowed.</summary>
        public static IEnumerable<TestCaseData> Configurations()
        {
            foreach (QkvMode qkv in new[] { QkvMode.Separate, QkvMode.SharedValue, QkvMode.Dictionary })
            {
                foreach (FeedForwardKind kind in new[] { FeedForwardKind.SwiGlu, FeedForwardKind.Gelu, FeedForwardKind.Ista })
                {
                    foreach (int experts in kind == FeedForwardKind.Ista ? new[] { 1 } : new[] { 1, 5 })
                    {
                        foreach (bool grouped in qkv == QkvMode.Separate ? new[] { false, true } : new[] { false })
                        {
                            foreach (bool tied in new[] { true, false })
                            {
                                ModelConfig config = TestModels.Small with
                                {
                                    SignalHeads = 2,
                                    NoiseHeads = 2,
                                    KvHeads = grouped ? 2 : 4,
                                    Qkv = qkv,
                                    FeedForward = kind,
                                    Experts = experts,
                                    TopK = experts > 1 ? 2 : 1,
                                    Tied = tied,
                                };
                                yield return new TestCaseData(config).SetArgDisplayNames(FormattableString.Invariant(
                                    $"{qkv}-{kind}-E{experts}{(grouped ? "-grouped" : string.Empty)}{(tied ? string.Empty : "-untied")}"));
                            }
                        }
                    }
                }
            }
        }

        [TestCaseSource(nameof(Configurations))]
        public void IncrementalAgreesWithWholeSequence(ModelConfig config)
        {
            var model = new ReferenceModel(TestModels.Random(config, 1));
            float[] dials = Enumerable.Range(0, config.Layers * config.Heads).Select(i => 0.5f + (0.25f * i)).ToArray();
            Assert.That(Whole(model, dials), Is.EqualTo(All(model, dials)).Within(1e-6f));
            Assert.That(All(model, dials), Has.Some.Not.EqualTo(0f).And.All.Matches<float>(x => !float.IsNaN(x)));
        }

        [TestCase(ReferenceKvFormat.Float32, 1e-6)]
        [TestCase(ReferenceKvFormat.Float16, 5e-3)]
        public void RoundedCachesAgreeInBothFormsAndStayClose(ReferenceKvFormat format, double tolerance)
        {
            PrismCheckpoint checkpoint = TestModels.Random(TestModels.Small, 2);
            var rounded = new ReferenceModel(checkpoint, format);
            float[] logits = All(rounded);
            Assert.That(Whole(rounded), Is.EqualTo(logits).Within(1e-6f));
            Assert.That(logits, Is.EqualTo(All(new ReferenceModel(checkpoint))).Within(tolerance));
            if (format == ReferenceKvFormat.Float16)
            {
                Assert.That(logits, Is.Not.EqualTo(All(new ReferenceModel(checkpoint))).Within(1e-6f), "nothing was rounded");
            }
        }

        [Test]
        public void OneCallOrManyGiveTheSameBits()
        {
            var model = new ReferenceModel(TestModels.Random(TestModels.Small, 4));
            int vocabulary = model.Config.Vocabulary;
            float[] all = All(model);
            using (ILanguageSequence sequence = model.CreateSequence())
            {
                var logits = new float[vocabulary];
                sequence.Append(Tokens.AsSpan(0, 5), logits);
                Assert.That(logits, Is.EqualTo(all.Skip(4 * vocabulary).Take(vocabulary)));
                for (int i = 5; i < Tokens.Length; i++)
                {
                    Assert.That(sequence.Position, Is.EqualTo(i));
                    sequence.Append(Tokens.AsSpan(i, 1), logits);
                    Assert.That(logits, Is.EqualTo(all.Skip(i * vocabulary).Take(vocabulary)));
                }
            }
        }

        [Test]
        public void TruncationForgets()
        {
            var model = new ReferenceModel(TestModels.Random(TestModels.Small, 5));
            var expected = new float[40];
            var actual = new float[40];
            using (ILanguageSequence fresh = model.CreateSequence())
            using (ILanguageSequence reused = model.CreateSequence())
            {
                fresh.Append(new[] { 1, 2, 3, 4 }, expected);
                reused.Append(new[] { 1, 2, 30, 31, 32 }, actual);
                reused.Truncate(2);
                Assert.That(reused.Position, Is.EqualTo(2));
                reused.Append(new[] { 3, 4 }, actual);
                Assert.That(actual, Is.EqualTo(expected));
                Assert.That(() => reused.Truncate(5), Throws.InstanceOf<ArgumentOutOfRangeException>());
            }
        }

        [Test]
        public void LaterTokensDoNotChangeEarlierLogits()
        {
            var model = new ReferenceModel(TestModels.Random(TestModels.Small, 6));
            var changed = (int[])Tokens.Clone();
            changed[10] = 33;
            var logits = new float[Tokens.Length * 40];
            model.EvaluateWhole(changed, logits);
            float[] original = Whole(model);
            Assert.That(logits.Take(400), Is.EqualTo(original.Take(400)));
            Assert.That(logits.Skip(400).Take(40), Is.Not.EqualTo(original.Skip(400).Take(40)));
        }

        [Test]
        public void ADialOfZeroEqualsRemovingTheHead()
        {
            PrismCheckpoint checkpoint = TestModels.Random(TestModels.Small, 7);
            var dials = new float[] { 1, 1, 0, 1 };
            float[] silenced = All(new ReferenceModel(checkpoint), dials);

            ReferenceWeights weights = ReferenceWeights.From(checkpoint);
            int size = weights.Config.HeadDim;
            for (int row = 0; row < weights.Config.Dim; row++)
            {
                Array.Clear(weights.Layers[1].Wo, row * weights.Config.HeadsDim, size);
            }

            Assert.That(All(new ReferenceModel(weights)), Is.EqualTo(silenced).Within(1e-6f));
            Assert.That(All(new ReferenceModel(checkpoint)), Is.Not.EqualTo(silenced).Within(1e-3f));
        }

        [Test]
        public void DialsMultiplyGains()
        {
            PrismCheckpoint checkpoint = TestModels.Random(TestModels.Small, 8);
            ReferenceWeights weights = ReferenceWeights.From(checkpoint);
            weights.Gain = weights.Gain.Select(gain => gain * 2f).ToArray();
            Assert.That(All(new ReferenceModel(checkpoint), new float[] { 2, 2, 2, 2 }), Is.EqualTo(All(new ReferenceModel(weights))));
        }

        [Test]
        public void NoiseHeadsAreSubtracted()
        {
            // The same head, once as signal and once as noise of gain -1: the attention updates cancel, whatever the input.
            ModelConfig config = TestModels.Small with { Layers = 1 };
            ReferenceWeights weights = ReferenceWeights.From(TestModels.Random(config, 9));
            weights.Gain = new float[] { 1, -1 };
            weights.HeadGroup = new byte[] { 0, 0 };
            ReferenceLayer layer = weights.Layers[0];
            foreach (float[] matrix in new[] { layer.Wq, layer.Wk, layer.Wv })
            {
                Array.Copy(matrix, 0, matrix, matrix.Length / 2, matrix.Length / 2);
            }

            for (int row = 0; row < config.Dim; row++)
            {
                Array.Copy(layer.Wo, row * config.HeadsDim, layer.Wo, (row * config.HeadsDim) + config.HeadDim, config.HeadDim);
            }

            float[] cancelled = All(new ReferenceModel(weights));
            Assert.That(All(new ReferenceModel(weights), new float[] { 0, 0 }), Is.EqualTo(cancelled).Within(1e-6f));
        }

        [Test]
        public void PermutedExpertsGiveTheSameOutput()
        {
            ModelConfig config = TestModels.Small with { Experts = 4, TopK = 2 };
            PrismCheckpoint checkpoint = TestModels.Random(config, 10);
            ReferenceWeights weights = ReferenceWeights.From(checkpoint);
            foreach (ReferenceLayer layer in weights.Layers)
            {
                layer.Router = ReverseBlocks(layer.Router, 4);
                layer.First = ReverseBlocks(layer.First, 4);
                layer.Up = ReverseBlocks(layer.Up, 4);
                layer.Last = ReverseBlocks(layer.Last, 4);
            }

            Assert.That(All(new ReferenceModel(weights)), Is.EqualTo(All(new ReferenceModel(checkpoint))).Within(1e-6f));
        }

        [Test]
        public void EqualExpertsEqualOneDenseBlock()
        {
            ModelConfig config = TestModels.Small with { Experts = 3, TopK = 2 };
            ReferenceWeights weights = ReferenceWeights.From(TestModels.Random(config, 11));
            foreach (ReferenceLayer layer in weights.Layers)
            {
                layer.First = Repeat(layer.First, 3);
                layer.Up = Repeat(layer.Up, 3);
                layer.Last = Repeat(layer.Last, 3);
            }

            float[] mixed = All(new ReferenceModel(weights));
            weights.Config = config with { Experts = 1, TopK = 1 };
            Assert.That(All(new ReferenceModel(weights)), Is.EqualTo(mixed).Within(1e-6f));
        }

        [Test]
        public void GroupedQueryEqualsRepeatedKeysAndValues()
        {
            ModelConfig config = TestModels.Small with { SignalHeads = 2, NoiseHeads = 2, KvHeads = 2 };
            ReferenceWeights weights = ReferenceWeights.From(TestModels.Random(config, 12));
            float[] grouped = All(new ReferenceModel(weights));
            int block = config.HeadDim * config.Dim;
            foreach (ReferenceLayer layer in weights.Layers)
            {
                layer.Wk = RepeatEach(layer.Wk, block);
                layer.Wv = RepeatEach(layer.Wv, block);
            }

            weights.Config = config with { KvHeads = 4 };
            Assert.That(All(new ReferenceModel(weights)), Is.EqualTo(grouped).Within(1e-6f));
        }

        [TestCase(QkvMode.Dictionary)]
        [TestCase(QkvMode.SharedValue)]
        public void SharedProjectionsEqualCopiesOfThem(QkvMode qkv)
        {
            ModelConfig config = TestModels.Small with { Qkv = qkv };
            ReferenceWeights weights = ReferenceWeights.From(TestModels.Random(config, 13));
            float[] shared = All(new ReferenceModel(weights));
            foreach (ReferenceLayer layer in weights.Layers)
            {
                layer.Wv = layer.Wq;
                layer.Wk = qkv == QkvMode.Dictionary ? layer.Wq : layer.Wk;
            }

            weights.Config = config with { Qkv = QkvMode.Separate };
            Assert.That(All(new ReferenceModel(weights)), Is.EqualTo(shared));
        }

        [Test]
        public void FrequencyTablesAreData()
        {
            PrismCheckpoint checkpoint = TestModels.Random(TestModels.Small, 14);
            ReferenceWeights weights = ReferenceWeights.From(checkpoint);
            Assert.That(weights.RopeGroups, Is.EqualTo(2));
            float[] before = All(new ReferenceModel(weights));
            int pairs = weights.Config.HeadDim / 2;
            weights.RopeInverseFrequencies = weights.RopeInverseFrequencies.Skip(pairs).Concat(weights.RopeInverseFrequencies.Take(pairs)).ToArray();
            Assert.That(All(new ReferenceModel(weights)), Is.Not.EqualTo(before).Within(1e-5f));
            weights.HeadGroup = weights.HeadGroup.Select(group => (byte)(1 - group)).ToArray();
            Assert.That(All(new ReferenceModel(weights)), Is.EqualTo(before), "swapped tables and swapped groups are the same model");
        }

        [Test]
        public void AKeyCannotServeTwoFrequencyGroups()
        {
            ReferenceWeights weights = ReferenceWeights.From(TestModels.Random(TestModels.Small, 15));
            weights.Config = weights.Config with { KvHeads = 1 };
            Assert.That(() => new ReferenceModel(weights), Throws.ArgumentException.With.Message.Contains("frequency groups 0 and 1"));
        }

        [Test]
        public void WrongCallsAreRefusedAndChangeNothing()
        {
            var model = new ReferenceModel(TestModels.Random(TestModels.Small, 16));
            using (ILanguageSequence sequence = model.CreateSequence())
            {
                var logits = new float[40];
                Assert.That(() => sequence.Append(new[] { 40 }, logits), Throws.ArgumentException.With.Message.Contains("40"));
                Assert.That(() => sequence.Append(new[] { 1, -1 }, logits), Throws.ArgumentException.With.Message.Contains("-1"));
                Assert.That(() => sequence.Append(new[] { 1, 2 }, new float[41]), Throws.ArgumentException);
                Assert.That(() => sequence.Append(Array.Empty<int>(), logits), Throws.ArgumentException);
                Assert.That(() => sequence.Append(new int[33], logits), Throws.ArgumentException.With.Message.Contains("32"));
                Assert.That(() => model.CreateSequence(new float[3]), Throws.ArgumentException.With.Message.Contains("dials"));
                Assert.That(sequence.Position, Is.Zero);
                sequence.Append(new int[32], logits);
                Assert.That(sequence.Position, Is.EqualTo(32));
            }
        }

#if NET5_0_OR_GREATER
        [Test]
        public void ATokenAllocatesNothing()
        {
            var model = new ReferenceModel(TestModels.Random(TestModels.Small with { Experts = 4, TopK = 2 }, 17), ReferenceKvFormat.Float16);
            using (ILanguageSequence sequence = model.CreateSequence())
            {
                var logits = new float[40];
                var token = new[] { 1 };
                sequence.Append(token, logits);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 30; i++)
                {
                    sequence.Append(token, logits);
                }

                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            }
        }
#endif

        private static float[] All(ReferenceModel model, float[]? dials = null)
        {
            var logits = new float[Tokens.Length * model.Config.Vocabulary];
            using (ILanguageSequence sequence = model.CreateSequence(dials))
            {
                sequence.Append(Tokens, logits);
            }

            return logits;
        }

        private static float[] Whole(ReferenceModel model, float[]? dials = null)
        {
            var logits = new float[Tokens.Length * model.Config.Vocabulary];
            model.EvaluateWhole(Tokens, logits, dials);
            return logits;
        }

        private static float[] ReverseBlocks(float[] values, int blocks)
        {
            int size = values.Length / blocks;
            return Enumerable.Range(0, blocks).Reverse().SelectMany(i => values.Skip(i * size).Take(size)).ToArray();
        }

        private static float[] Repeat(float[] values, int blocks)
            => Enumerable.Range(0, blocks).SelectMany(_ => values.Take(values.Length / blocks)).ToArray();

        private static float[] RepeatEach(float[] values, int block)
            => Enumerable.Range(0, values.Length / block).SelectMany(i => values.Skip(i * block).Take(block).Concat(values.Skip(i * block).Take(block))).ToArray();
    }
}
