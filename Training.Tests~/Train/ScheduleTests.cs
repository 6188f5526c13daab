using System;
using NUnit.Framework;
using PrismLM.Training.Train;

namespace PrismLM.Training.Tests.Train
{
    public sealed class ScheduleTests
    {
        [TestCase(0L, 0.0, 0.001)]
        [TestCase(500L, 0.0, 0.501)]
        [TestCase(1_000_000L, 0.0, 1.0)]
        [TestCase(1_000_000L, 0.5, 0.55)]
        [TestCase(1_000_000L, 1.0, 0.1)]
        public void CosineFallsToATenth(long tokens, double progress, double factor) =>
            Assert.That(new LearningRateSchedule { WarmupTokens = 1000 }.Factor(tokens, progress), Is.EqualTo(factor).Within(1e-9));

        [TestCase(0.0, 1.0)]
        [TestCase(0.8, 1.0)]
        [TestCase(0.9, 0.55)]
        [TestCase(1.0, 0.1)]
        [TestCase(2.0, 0.1)]
        public void StableThenStraightDown(double progress, double factor) =>
            Assert.That(new LearningRateSchedule { Kind = ScheduleKind.WarmupStableDecay, WarmupTokens = 0 }.Factor(5, progress), Is.EqualTo(factor).Within(1e-9));

        [TestCase(ScheduleKind.Cosine, 0.5, 0.0, 0.55)]
        [TestCase(ScheduleKind.Cosine, 0.5, 0.5, 0.325)]
        [TestCase(ScheduleKind.Cosine, 0.5, 1.0, 0.1)]
        [TestCase(ScheduleKind.Cosine, 1.0, 0.5, 0.1)]
        [TestCase(ScheduleKind.WarmupStableDecay, 0.5, 0.0, 1.0)]
        [TestCase(ScheduleKind.WarmupStableDecay, 0.9, 0.0, 0.55)]
        [TestCase(ScheduleKind.WarmupStableDecay, 0.5, 2.0, 0.1)]
        public void ADecayThatIsAskedForGoesOnFromWhereTheScheduleStood(ScheduleKind kind, double start, double decay, double factor) =>
            Assert.That(new LearningRateSchedule { Kind = kind, WarmupTokens = 0 }.FactorInDecay(5, start, decay), Is.EqualTo(factor).Within(1e-9));

        [Test]
        public void ADecayInTheWarmUpDoesNotRise() =>
            Assert.That(new LearningRateSchedule { WarmupTokens = 1000 }.FactorInDecay(49, 0.0, 1.0), Is.EqualTo(0.05).Within(1e-9));

        [Test]
        public void OptionsSayWhatIsWrong()
        {
            var good = new TrainingOptions { RunFolder = "r", DataFile = "d", TokenBudget = 1 };
            Assert.That(() => good.Validate(), Throws.Nothing);
            Assert.That(() => (good with { TokenBudget = 0 }).Validate(), Throws.ArgumentException.With.Message.Contains("TokenBudget is '0'"));
            Assert.That(() => (good with { LearningRate = 0 }).Validate(), Throws.ArgumentException.With.Message.Contains("LearningRate"));
            Assert.That(() => (good with { Device = "tpu" }).Validate(), Throws.ArgumentException.With.Message.Contains("'tpu'; expected cpu or cuda"));
            Assert.That(() => (good with { Preset = "giant" }).Validate(), Throws.ArgumentException.With.Message.Contains("giant"));
            Assert.That(() => (good with { Context = 3 }).Validate(), Throws.TypeOf<ArgumentException>());
        }
    }
}
