using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.Checkpoints
{
    public class CheckpointRoundTripTests
    {
        public static IEnumerable<ModelConfig> Configs()
        {
            ModelConfig small = TestModels.Small;
            yield return small;
            yield return small with { Qkv = QkvMode.Dictionary };
            yield return small with { Qkv = QkvMode.SharedValue, Tied = false };
            yield return small with { FeedForward = FeedForwardKind.Gelu, Hidden = 43, Dim = 20 };
            yield return small with { FeedForward = FeedForwardKind.Ista, IstaEta = 0.05, IstaLambda = 0.2 };
            yield return small with { Experts = 4, TopK = 2 };
            yield return small with { SignalHeads = 4, NoiseHeads = 2, KvHeads = 3 };
            yield return small with { NoiseHeads = 0, KvHeads = 1, Dim = 70, Hidden = 172 };
        }

        [Test]
        public void GivesBackWhatWasWritten([ValueSource(nameof(Configs))] ModelConfig config, [Values] WeightFormat format)
        {
            CheckpointWriter writer = TestModels.Writer(config, 7, format, kvFloat32: false);
            byte[] bytes = writer.ToBytes();
            PrismCheckpoint loaded = PrismCheckpoint.Load(new MemoryStream(bytes), "a.safetensors");
            PrismCheckpoint exact = TestModels.Random(config, 7);

            Assert.That(Canonical(loaded.Config), Is.EqualTo(Canonical(config)));
            Assert.That(loaded.KvFloat32, Is.False);
            Assert.That(exact.KvFloat32, Is.True);
            Assert.That(loaded.WeightFormat, Is.EqualTo(format));
            Assert.That(loaded.Warnings, Is.Empty);
            Assert.That(loaded.TokenizerJson, Is.EqualTo(TestModels.Tokenizer(config.Vocabulary)));
            Assert.That(loaded.Gain, Is.EqualTo(exact.Gain));
            Assert.That(loaded.RopeGroups, Is.EqualTo(2));
            Assert.That(loaded.RopeInvFreq, Is.EqualTo(RopeFrequencies.Table(config.HeadDim, RopeFrequencies.SignalBase, RopeFrequencies.NoiseBase)));
            foreach (TensorSpec spec in TensorSchema.Weights(config))
            {
                float[] found = loaded.ReadFloats(spec.Name), expected = exact.ReadFloats(spec.Name);
                WeightFormat used = spec.Kind == TensorKind.Matrix ? format : WeightFormat.Float32;
                Assert.That(loaded.FormatOf(spec.Name), Is.EqualTo(used), spec.Name);
                Assert.That(found.Length, Is.EqualTo(expected.Length), spec.Name);
                double bound = used == WeightFormat.Float32 ? 0 : used == WeightFormat.Float16 ? 1.0 / 2048 : used == WeightFormat.Int8 ? 0.51 / 127 : 0.51 / 7;
                float largest = expected.Max(Math.Abs);
                for (int i = 0; i < found.Length; i++)
                {
                    Assert.That(Math.Abs(found[i] - expected[i]), Is.LessThanOrEqualTo(bound * largest + (used == WeightFormat.Float16 ? HalfFloat.MinNormal : 0)), spec.Name);
                }
            }
        }

        [Test]
        public void GivesTheSameBytesForTheSameModel()
        {
            Assert.That(TestModels.Writer(TestModels.Small, 3).ToBytes(), Is.EqualTo(TestModels.Writer(TestModels.Small, 3).ToBytes()));
        }

        [Test]
        public void CarriesInfoAndForeignMetadata()
        {
            var info = new CheckpointInfo
            {
                Name = "smith \u00e9\u4e2d\ud83d\ude00",
                DataLicences = new[] { "tales: CC-BY-4.0", "own: CC0-1.0" },
                WeightLicence = "MIT",
                TrainingSummary = "two\nlines \"quoted\"",
                Metadata = new Dictionary<string, string> { ["x_shop"] = "7", ["mood"] = "calm" },
            };
            ModelConfig config = TestModels.Small with { Languages = new[] { "en", "de-CH" }, DialogueFormat = 1, Special = new SpecialTokens { Bos = 31, End = 39 } };
            var writer = new CheckpointWriter(config, WeightFormat.Float32, info, new byte[] { (byte)'{', (byte)'}' });
            foreach (TensorSpec spec in TensorSchema.Weights(config))
            {
                writer.Add(spec.Name, Enumerable.Repeat(1f, (int)spec.Elements).ToArray());
            }

            PrismCheckpoint loaded = PrismCheckpoint.Load(new MemoryStream(writer.ToBytes()), "a.safetensors");
            Assert.That(loaded.Info.Name, Is.EqualTo(info.Name));
            Assert.That(loaded.Info.DataLicences, Is.EqualTo(info.DataLicences));
            Assert.That(loaded.Info.WeightLicence, Is.EqualTo("MIT"));
            Assert.That(loaded.Info.TrainingSummary, Is.EqualTo(info.TrainingSummary));
            Assert.That(loaded.Info.Metadata, Is.EquivalentTo(info.Metadata));
            Assert.That(loaded.Warnings, Is.EqualTo(new[] { "unknown metadata key \"mood\"" }));
            Assert.That(loaded.Config.Languages, Is.EqualTo(config.Languages));
            Assert.That(loaded.Config.Special, Is.EqualTo(config.Special));
            Assert.That(loaded.Gain, Is.EqualTo(new[] { 1f, -0.1f, 1f, -0.1f }));
            Assert.That(loaded.HeadGroup, Is.EqualTo(new byte[] { 0, 1, 0, 1 }));
        }

        [Test]
        public void LoadsFromAStreamWithoutLengthAndFromTheMiddleOfAnother()
        {
            byte[] bytes = TestModels.Writer(TestModels.Small, 3).ToBytes();
            PrismCheckpoint direct = PrismCheckpoint.Load(new MemoryStream(bytes), "a");
            using (var slow = new SlowStream(bytes, 7))
            {
                Assert.That(PrismCheckpoint.Load(slow, "a").Sha256, Is.EqualTo(direct.Sha256));
            }

            var inside = new MemoryStream(new byte[13].Concat(bytes).ToArray()) { Position = 13 };
            Assert.That(PrismCheckpoint.Load(inside, "a").Sha256, Is.EqualTo(direct.Sha256));
        }

        [Test]
        public void ReportsProgressAndStopsWhenCancelled()
        {
            string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N"));
            TestModels.Writer(TestModels.Small, 3).Save(path);
            try
            {
                var seen = new List<double>();
                PrismCheckpoint.Load(path, new Immediate(seen.Add));
                Assert.That(seen, Is.Ordered);
                Assert.That(seen.Count, Is.GreaterThan(10));
                Assert.That(seen.Last(), Is.EqualTo(1));

                using var source = new CancellationTokenSource();
                Assert.That(() => PrismCheckpoint.Load(path, new Immediate(_ => source.Cancel()), source.Token), Throws.InstanceOf<OperationCanceledException>());
            }
            finally
            {
                File.Delete(path);
            }
        }

        // Records compare lists by reference.
        private static string Canonical(ModelConfig config) => (config with { Languages = Array.Empty<string>() }).ToString() + string.Join(",", config.Languages);

        private sealed class Immediate : IProgress<double>
        {
            private readonly Action<double> _report;

            public Immediate(Action<double> report) => _report = report;

            public void Report(double value) => _report(value);
        }
    }
}
