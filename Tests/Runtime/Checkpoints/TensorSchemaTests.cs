using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>The schema has exactly the parameters that the design counts.</summary>
    public class TensorSchemaTests
    {
        private static readonly ModelConfig Prism1M = new ModelConfig
        {
            Vocabulary = 2048, Dim = 128, Layers = 4, SignalHeads = 4, NoiseHeads = 4, KvHeads = 8, HeadDim = 32, Hidden = 352, Context = 512,
        };

        private static readonly ModelConfig Prism3M = Prism1M with { Vocabulary = 4096, Dim = 192, Layers = 5, SignalHeads = 6, NoiseHeads = 6, KvHeads = 12, Hidden = 512 };
        private static readonly ModelConfig Prism50M = Prism1M with { Vocabulary = 50257, Dim = 512, Layers = 8, SignalHeads = 8, NoiseHeads = 8, KvHeads = 16, HeadDim = 64, Hidden = 2048 };

        [Test]
        public void CountsOfTheGamePresets()
        {
            Assert.That(TensorSchema.ParameterCount(Prism1M), Is.EqualTo(1328256));
            ModelConfig mixture = Prism1M with { Hidden = 96, Experts = 4, TopK = 2 };
            Assert.That(TensorSchema.ParameterCount(mixture), Is.EqualTo(1379456));
            Assert.That(TensorSchema.ParameterCount(mixture, active: true), Is.EqualTo(1084544));
            Assert.That(TensorSchema.ParameterCount(Prism3M), Is.EqualTo(3737664));
            mixture = Prism3M with { Hidden = 128, Experts = 4, TopK = 2 };
            Assert.That(TensorSchema.ParameterCount(mixture), Is.EqualTo(3741504));
            Assert.That(TensorSchema.ParameterCount(mixture, active: true), Is.EqualTo(3004224));
        }

        [Test]
        public void CountsOfThePaperPreset([Values(FeedForwardKind.Gelu, FeedForwardKind.Ista)] FeedForwardKind kind) =>
            Assert.That(TensorSchema.ParameterCount(Prism50M with { Qkv = QkvMode.Dictionary, FeedForward = kind }), Is.EqualTo(50906112));

        [Test]
        public void EveryTensorHasTheShapeOfTheSpecification()
        {
            ModelConfig config = TestModels.Small with { Experts = 3, TopK = 2, Tied = false, SignalHeads = 2, NoiseHeads = 2, KvHeads = 2, Layers = 1 };
            string[] shapes = TensorSchema.Weights(config).Select(spec => spec.Name + " " + string.Join("x", spec.Shape)).ToArray();
            Assert.That(shapes, Is.EqualTo(new[]
            {
                "tok_emb 40x16", "layers.0.g1 16", "layers.0.wq 32x16", "layers.0.wk 16x16", "layers.0.wv 16x16", "layers.0.wo 16x32", "layers.0.g2 16", "layers.0.router 3x16",
                "layers.0.w1 3x32x16", "layers.0.w3 3x32x16", "layers.0.w2 3x16x32", "gf 16", "head 40x16",
            }));
        }

        [Test]
        public void FrequenciesAreThoseOfPiRope()
        {
            float[] table = RopeFrequencies.Table(4, RopeFrequencies.SignalBase, RopeFrequencies.NoiseBase);
            Assert.That(table, Is.EqualTo(new[] { 1f, (float)(1 / System.Math.Sqrt(31415.926535897932)), 1f, (float)(1 / System.Math.Sqrt(3183.0988618379067)) }));
        }
    }
}
