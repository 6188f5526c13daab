using System;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>A model that others trained, against their logits and their text.</summary>
    public class Stories260KTests : VulkanTest
    {
        [Test]
        public void LogitsAreTheFixtures([Values(1, 7, 64)] int chunk)
        {
            using VulkanLanguageModel model = VulkanLanguageModel.Create(Device, Stories260K.Load(), chunk: chunk);
            using ILanguageSequence sequence = model.CreateSequence();
            var logits = new float[Stories260K.Positions * Stories260K.Vocabulary];
            sequence.Append(Stories260K.GoldenTokens, logits);
            float[] golden = Stories260K.GoldenLogits();
            double worst = 0;
            for (int i = 0; i < golden.Length; i++)
            {
                Assert.That(float.IsNaN(logits[i]), Is.False);
                worst = Math.Max(worst, Math.Abs(logits[i] - golden[i]));
            }

            TestContext.Out.WriteLine(FormattableString.Invariant($"largest difference {worst:E3}"));
            Assert.That(worst, Is.LessThanOrEqualTo(1e-3));
        }
    }
}
