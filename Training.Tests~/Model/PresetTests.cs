using NUnit.Framework;
using PrismLM.Training.Model;

namespace PrismLM.Training.Tests.Model
{
    /// <summary>The sizes that the design states, exactly.</summary>
    public sealed class PresetTests
    {
        [TestCase("prism-50m", 50_906_112, 50_906_112)]
        [TestCase("prism-50m-ista", 50_906_112, 50_906_112)]
        [TestCase("prism-50m-moe", 50_373_120, 22_061_568)]
        [TestCase("gpt2-22m", 22_411_520, 22_411_520)]
        [TestCase("prism-8m", 8_564_800, 8_564_800)]
        [TestCase("prism-3m", 3_000_384, 3_000_384)]
        [TestCase("prism-3m-moe", 3_004_224, 2_266_944)]
        [TestCase("prism-1m", 1_066_112, 1_066_112)]
        [TestCase("game-1m", 1_328_256, 1_328_256)]
        [TestCase("game-1m-moe", 1_379_456, 1_084_544)]
        [TestCase("game-3m", 3_737_664, 3_737_664)]
        [TestCase("game-3m-moe", 3_741_504, 3_004_224)]
        [TestCase("game-8m", 11_022_400, 11_022_400)]
        [TestCase("game-8m-moe", 11_398_720, 8_818_240)]
        [TestCase("game-50m", 59_294_720, 59_294_720)]
        [TestCase("game-50m-moe", 58_761_728, 30_450_176)]
        public void HasTheStatedParameterCount(string name, long parameters, long active)
        {
            var architecture = Presets.Get(name);
            Assert.That(ParameterSpec.CountAll(ParameterLayout.Of(architecture)), Is.EqualTo(parameters));
            Assert.That(ParameterLayout.ActiveCount(architecture), Is.EqualTo(active));
        }

        [Test]
        public void EveryPresetIsValid()
        {
            foreach (var name in Presets.Names)
            {
                Assert.That(() => Presets.Get(name).Validate(), Throws.Nothing, name);
            }
        }

        [Test]
        public void GameIsThe3mPreset() => Assert.That(Presets.Get("game"), Is.EqualTo(Presets.Get("game-3m")));

        [Test]
        public void UnknownNameListsTheNames() =>
            Assert.That(() => Presets.Get("huge"), Throws.ArgumentException.With.Message.Contains("'huge'").And.Message.Contains("game-3m"));

        [Test]
        public void LambdaRisesByAHalfCosine()
        {
            var architecture = Presets.Get("game");
            Assert.That(architecture.LambdaAt(0.0), Is.EqualTo(0.01).Within(1e-12));
            Assert.That(architecture.LambdaAt(0.5), Is.EqualTo(0.055).Within(1e-12));
            Assert.That(architecture.LambdaAt(1.0), Is.EqualTo(0.1).Within(1e-12));
            Assert.That(architecture.LambdaAt(0.1) - architecture.LambdaAt(0.0), Is.LessThan(0.1 * 0.09));
        }

        [TestCase(3, 2, "TopK is 3")]
        [TestCase(0, 2, "TopK is 0")]
        public void RejectsMoreActiveExpertsThanThereAre(int topK, int experts, string message)
        {
            var architecture = Presets.Get("game");
            architecture = architecture with { Config = architecture.Config with { Experts = experts, TopK = topK } };
            Assert.That(() => architecture.Validate(), Throws.ArgumentException.With.Message.Contains(message));
        }
    }
}
