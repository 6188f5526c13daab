using System;
using System.IO;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Beginnings in files: computed by one engine, used by another, with the same bits; never in the way of a request.</summary>
    public class KeptPrefixTests : VulkanTest
    {
        private string path = string.Empty;

        [SetUp]
        public void ChoosePath() => path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".prefix");

        [TearDown]
        public void DeleteFile() => File.Delete(path);

        [Test]
        public void APromptStartsBehindALoadedPrefixWithTheSameTokens([Values] bool kvFloat32)
        {
            PrismCheckpoint checkpoint = ModelCases.Load("mixture", WeightFormat.Float16, kvFloat32);
            float[] dials = ModelCases.Dials(checkpoint.Config, 4);
            int[] prompt = ModelCases.Tokens(60, seed: 7);
            var request = new SequenceRequest(prompt, new SamplingOptions { Temperature = 0.8f, Seed = 2 }) { MaxTokens = 12, HeadDials = dials };
            int[] expected;
            using (VulkanEngine first = PrefixSharingTests.Create(checkpoint, slots: 1, share: true))
            {
                Assert.That(first.SavePrefix(path, prompt.AsSpan(0, 40), dials), Is.EqualTo(32));
                Assert.That(first.FreePoolTokens, Is.EqualTo(96));
            }

            using (VulkanEngine alone = PrefixSharingTests.Create(checkpoint, slots: 1, share: false))
            {
                expected = PrefixSharingTests.Finish(alone, request);
            }

            using VulkanEngine engine = PrefixSharingTests.Create(checkpoint, slots: 2);
            Assert.That(engine.LoadPrefix(path), Is.EqualTo(32));
            Assert.That(PrefixSharingTests.Finish(engine, request), Is.EqualTo(expected));
            Assert.That(engine.Statistics.PromptTokens, Is.EqualTo(60 - 32));
            PrefixSharingTests.Finish(engine, new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 1 });
            Assert.That(engine.Statistics.ReusedPromptTokens, Is.EqualTo(32), "other dials do not use it");
        }

        [Test]
        public void IsKeptWhileRoomIsNeededAndGoesWhenUnloaded()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = PrefixSharingTests.Create(checkpoint, slots: 2);
            int[] prompt = ModelCases.Tokens(70, seed: 7);
            engine.SavePrefix(path, prompt.AsSpan(0, 48));
            engine.LoadPrefix(path);
            engine.LoadPrefix(path);
            Assert.That(engine.KeptPrefixTokens, Is.EqualTo(48));
            Assert.That(engine.FreePoolTokens, Is.EqualTo((2 * 96) - 48));
            Flood(engine);
            long before = engine.Statistics.ReusedPromptTokens;
            PrefixSharingTests.Finish(engine, new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 1 });
            Assert.That(engine.Statistics.ReusedPromptTokens - before, Is.EqualTo(48));
            engine.UnloadPrefixes();
            Assert.That(engine.KeptPrefixTokens, Is.Zero);
            Assert.That(engine.FreePoolTokens, Is.EqualTo(2 * 96));
            Flood(engine);
            before = engine.Statistics.ReusedPromptTokens;
            PrefixSharingTests.Finish(engine, new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 1 });
            Assert.That(engine.Statistics.ReusedPromptTokens, Is.EqualTo(before));
        }

        [Test]
        public void AFullPoolRefusesWithItsNumbersAndChangesNothing()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = PrefixSharingTests.Create(checkpoint, slots: 2);
            engine.SavePrefix(path, ModelCases.Tokens(64, seed: 1));
            engine.LoadPrefix(path);

            // A whole sequence must fit beside what is kept: 96 of 192 tokens may be.
            engine.SavePrefix(path, ModelCases.Tokens(48, seed: 2));
            Assert.That(() => engine.LoadPrefix(path), Throws.InstanceOf<PrismVulkanException>().With.Property("Code").EqualTo("PG023").And.Message.Contains("112").And.Message.Contains("96"));
            Assert.That(engine.FreePoolTokens, Is.EqualTo((2 * 96) - 64));
            engine.UnloadPrefixes();

            // Replies hold the pool now.
            var whole = new SequenceRequest(new[] { 1 }, SamplingOptions.Greedy) { MaxTokens = 90 };
            Assert.That(engine.TryAdmit(whole, out SequenceHandle a), Is.True);
            Assert.That(engine.TryAdmit(whole, out SequenceHandle b), Is.True);
            Assert.That(() => engine.LoadPrefix(path), Throws.InstanceOf<PrismVulkanException>().With.Property("Code").EqualTo("PG023").And.Message.Contains("0 free"));
            Assert.That(() => engine.SavePrefix(path, ModelCases.Tokens(20)), Throws.InvalidOperationException);
            engine.Release(a);
            engine.Release(b);
            Assert.That(engine.LoadPrefix(path), Is.EqualTo(48));
        }

        [Test]
        public void AnotherModelAndAnotherFormatAreRefused()
        {
            using (VulkanEngine engine = PrefixSharingTests.Create(ModelCases.Load("game"), slots: 1))
            {
                engine.SavePrefix(path, ModelCases.Tokens(20));
                Assert.That(() => engine.SavePrefix(path, ModelCases.Tokens(15)), Throws.ArgumentException.With.Message.Contains("15"));
                Assert.That(() => engine.SavePrefix(path, ModelCases.Tokens(96)), Throws.ArgumentException);
            }

            using VulkanEngine other = PrefixSharingTests.Create(ModelCases.Load("gelu"), slots: 2);
            Assert.That(() => other.LoadPrefix(path), Throws.InstanceOf<PrismFileException>().With.Property("Code").EqualTo("PR005"));
            Assert.That(other.FreePoolTokens, Is.EqualTo(2 * 96));
        }

        // Other prompts than any before take every page that is free.
        private static void Flood(VulkanEngine engine)
        {
            for (int i = 0; i < 3; i++)
            {
                PrefixSharingTests.Finish(engine, new SequenceRequest(ModelCases.Tokens(90, seed: 50 + i), SamplingOptions.Greedy) { MaxTokens = 6 });
            }
        }
    }
}
