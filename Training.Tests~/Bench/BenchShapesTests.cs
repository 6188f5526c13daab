using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Benchmarks;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Model;

namespace PrismLM.Training.Tests.Bench
{
    public sealed class BenchShapesTests
    {
        [Test]
        public void PrismFiftyMillionIsThePresetOfThatName()
        {
            Assert.That(BenchShapes.TryGet("prism-50m", out ModelConfig shape), Is.True);
            ModelConfig preset = Presets.Get("prism-50m").Config;
            Assert.That(TensorSchema.Weights(shape).Select(spec => (spec.Name, spec.Elements)), Is.EqualTo(TensorSchema.Weights(preset).Select(spec => (spec.Name, spec.Elements))));
            Assert.That((shape.Heads, shape.HeadDim, shape.Tied), Is.EqualTo((preset.Heads, preset.HeadDim, preset.Tied)));
        }

        [TestCase("l58", 58_000_000)]
        [TestCase("moe48", 48_000_000)]
        public void ShapesHaveTheSizeOfTheirNames(string name, long parameters)
        {
            Assert.That(BenchShapes.TryGet(name, out ModelConfig shape), Is.True);
            Assert.That(TensorSchema.ParameterCount(shape), Is.EqualTo(parameters).Within(5).Percent);
        }

        /// <summary>One sequence at depth 0 reads every weight but the other rows of an untied embedding.</summary>
        [Test]
        public void AStepReadsItsWeightsOnce()
        {
            ModelConfig config = PrismLM.Tests.TestModels.Small with { Tied = false };
            PrismCheckpoint checkpoint = PrismLM.Tests.TestModels.Random(config, 1, WeightFormat.Float16, kvFloat32: false);
            StepCost one = StepCost.Decode(checkpoint, 1, 0), four = StepCost.Decode(checkpoint, 4, 0);
            long weights = TensorSchema.Weights(config).Where(spec => spec.Name != TensorNames.TokenEmbedding).Sum(spec => (long)checkpoint.Tensors[spec.Name].Data.Length);
            double own = (2 * config.Dim) + (config.Layers * 2 * config.KvDim * 2);
            Assert.That(one.Bytes, Is.EqualTo(weights + own));
            Assert.That(four.Bytes, Is.EqualTo(weights + (4 * own)));
            Assert.That(four.Operations, Is.EqualTo(4 * one.Operations));
        }

        [Test]
        public void AnotherFormatKeepsEverythingElse()
        {
            PrismCheckpoint from = PrismLM.Tests.TestModels.Random(PrismLM.Tests.TestModels.Small, 3);
            PrismCheckpoint to = PrismCheckpoint.Load(new MemoryStream(CheckpointWriter.From(from, WeightFormat.Int8).ToBytes()), "int8");
            Assert.That(to.WeightFormat, Is.EqualTo(WeightFormat.Int8));
            Assert.That(to.Config with { Special = from.Config.Special, Languages = from.Config.Languages }, Is.EqualTo(from.Config));
            Assert.That((to.Gain, to.RopeInvFreq, to.HeadGroup, to.KvFloat32), Is.EqualTo((from.Gain, from.RopeInvFreq, from.HeadGroup, from.KvFloat32)));
            float[] a = from.ReadFloats(TensorNames.TokenEmbedding), b = to.ReadFloats(TensorNames.TokenEmbedding);
            Assert.That(b.Zip(a, (x, y) => Math.Abs(x - y)).Max(), Is.InRange(1e-7, 0.3 / 127));
        }

        [Test]
        public void MedianAndSpread()
        {
            Samples samples = Samples.Of(new[] { 4.0, 1, 3, 2 });
            Assert.That((samples.Median, samples.Least, samples.Most, samples.Spread), Is.EqualTo((2.5, 1.0, 4.0, 0.6)));
        }
    }
}
