using System;
using System.Collections.Generic;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Whole models; that their logits are the reference's is in KernelCases.</summary>
    public class WholeModelTests : VulkanTest
    {
        private static IEnumerable<string> Names => ModelCases.Names;

        [Test]
        public void ChunksOfAPromptGiveTheSameBits([ValueSource(nameof(Names))] string name)
        {
            PrismCheckpoint checkpoint = ModelCases.Load(name, WeightFormat.Float16, kvFloat32: false);
            int[] tokens = ModelCases.Tokens(70);
            float[]? first = null;
            foreach (int chunk in new[] { 64, 1, 5, 16 })
            {
                float[] logits = Evaluate(checkpoint, tokens, chunk);
                first ??= logits;
                Assert.That(logits.AsSpan().SequenceEqual(first), Is.True, "chunks of {0}", chunk);
            }
        }

        [Test]
        public void TruncatingAndGoingOnGivesTheSameBits()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            int[] tokens = ModelCases.Tokens(40);
            using VulkanLanguageModel model = VulkanLanguageModel.Create(Device, checkpoint, sequences: 2);
            using ILanguageSequence plain = model.CreateSequence(), turned = model.CreateSequence();
            float[] a = new float[97], b = new float[97];
            plain.Append(tokens, a);
            turned.Append(tokens.AsSpan(0, 30), b);
            turned.Append(ModelCases.Tokens(20, seed: 9), b);
            turned.Truncate(30);
            turned.Append(tokens.AsSpan(30), b);
            Assert.That(b, Is.EqualTo(a));
            Assert.That(turned.Position, Is.EqualTo(40));
        }

        [Test]
        public void RefusesWhatCannotBe()
        {
            using VulkanLanguageModel model = VulkanLanguageModel.Create(Device, ModelCases.Load("game"), contextLength: 32);
            using ILanguageSequence sequence = model.CreateSequence();
            var logits = new float[97];
            Assert.That(() => sequence.Append(new[] { 97 }, logits), Throws.ArgumentException);
            Assert.That(() => sequence.Append(new[] { -1 }, logits), Throws.ArgumentException);
            Assert.That(() => sequence.Append(new int[33], logits), Throws.ArgumentException);
            Assert.That(() => sequence.Append(new int[3], new float[98]), Throws.ArgumentException);
            Assert.That(() => model.CreateSequence(), Throws.InvalidOperationException);
            Assert.That(() => model.CreateSequence(new float[3]), Throws.ArgumentException);
            Assert.That(sequence.Position, Is.Zero);
            sequence.Append(new[] { 1, 2, 3 }, logits);
            Assert.That(sequence.Position, Is.EqualTo(3));
        }

        /// <summary>After a time-out the device may still use what the next step would overwrite.</summary>
        [Test]
        public void AStepThatTimedOutIsLeftAlone()
        {
            FaultInjector? injector = null;
            VulkanDeviceOptions options = Options();
            options.WrapContext = inner => injector = new FaultInjector(inner);
            using VulkanDevice device = VulkanDevice.Create(options);
            using VulkanLanguageModel model = VulkanLanguageModel.Create(device, ModelCases.Load("game"), sequences: 2, contextLength: 32);
            using ILanguageSequence sequence = model.CreateSequence();
            int[] tokens = { 1, 2, 3 };
            float[] expected = new float[97], logits = new float[97];
            sequence.Append(tokens, expected);
            sequence.Truncate(0);
            injector!.Hangs = true;
            model.StepMilliseconds = 50;
            Assert.That(() => sequence.Append(tokens, logits), TimesOut());
            uint[] state = model.Model.State.ToArray();
            Assert.That(() => sequence.Append(new[] { 4, 5 }, logits), TimesOut().And.Message.Contains("still runs"));
            Assert.That(() => model.CreateSequence(), TimesOut());
            Assert.That(model.Model.State.ToArray(), Is.EqualTo(state), "what the device may be reading");
            Assert.That(sequence.Position, Is.Zero);

            injector.Hangs = false;
            model.StepMilliseconds = 60_000;
            sequence.Append(tokens, logits);
            Assert.That(logits, Is.EqualTo(expected));
            model.CreateSequence().Dispose();
        }

        private static NUnit.Framework.Constraints.EqualConstraint TimesOut() => Throws.TypeOf<PrismVulkanException>().With.Property("Code").EqualTo("PG015");

        private static float[] Evaluate(PrismCheckpoint checkpoint, int[] tokens, int chunk, float[]? dials = null)
        {
            using VulkanLanguageModel model = VulkanLanguageModel.Create(Device, checkpoint, chunk: chunk);
            using ILanguageSequence sequence = model.CreateSequence(dials ?? Array.Empty<float>());
            var logits = new float[tokens.Length * checkpoint.Config.Vocabulary];
            sequence.Append(tokens, logits);
            return logits;
        }
    }
}
