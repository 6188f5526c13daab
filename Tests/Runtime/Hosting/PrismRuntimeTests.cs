using System;
using System.IO;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Tests.Hosting
{
    /// <summary>The one place that knows both Vulkan and dialogue: real models, software Vulkan.</summary>
    [Category("Vulkan")]
    public sealed class PrismRuntimeTests
    {
        [TestCase(BackendPreference.Automatic, true)]
        [TestCase(BackendPreference.Vulkan, true)]
        [TestCase(BackendPreference.Reference, false)]
        public void ChoosesABackendAndSaysWhy(BackendPreference preference, bool vulkan)
        {
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), new PrismRuntimeOptions { Backend = preference, AllowSoftwareVulkan = true, Slots = 2 });
            Assert.That(runtime.Backend.IsVulkan, Is.EqualTo(vulkan));
            Assert.That(runtime.Backend.Reason, Is.Not.Empty);
            Assert.That(runtime.Backend.MemoryBytes > 0, Is.EqualTo(vulkan));
        }

        [TestCase(BackendPreference.Vulkan)]
        [TestCase(BackendPreference.Reference)]
        public void EveryBackendKeepsTheContextThatWasAskedFor(BackendPreference preference)
        {
            var options = new PrismRuntimeOptions { Backend = preference, AllowSoftwareVulkan = true, Slots = 1, ContextLength = 24 };
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), options);
            GenerationReply reply = runtime.Scheduler.Submit(new GenerationRequest(new int[20]) { MaxTokens = 200 });
            while (runtime.Tick(double.PositiveInfinity))
            {
                runtime.Scheduler.Wait(20);
            }

            Assert.That(reply.TokenCount, Is.LessThanOrEqualTo(4));
            options.ContextLength = 1 << 20;
            Assert.That(() => PrismRuntime.Create(Stories260K.Load(), options), Throws.InstanceOf<ArgumentException>());
        }

        [Test]
        public void FallsBackLoudlyWhenOnlySoftwareVulkanIsThere()
        {
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), new PrismRuntimeOptions());
            Assert.That(runtime.Backend.IsVulkan || runtime.Backend.Reason.Contains("PG004", StringComparison.Ordinal), Is.True, runtime.Backend.Reason);
        }

        [Test]
        public void BothBackendsWriteTheSameText()
        {
            string vulkan = Greedy(BackendPreference.Vulkan);
            Assert.That(vulkan, Is.EqualTo(Greedy(BackendPreference.Reference)));
            Assert.That(Stories260K.GoldenText, Does.StartWith(Stories260K.Prompt + vulkan));
        }

        [Test]
        public void AModelWithoutDialogueHasNoNpcs()
        {
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), new PrismRuntimeOptions { Backend = BackendPreference.Reference });
            NpcPersona persona = NpcPersona.Load(new MemoryStream(Encoding.UTF8.GetBytes("{}")), "nobody.json");
            Assert.That(runtime.KnowsDialogue, Is.False);
            Assert.That(() => runtime.CreateNpc(persona), Throws.InvalidOperationException.With.Message.Contains("dialogue"));
        }

        [Test]
        public void AFileThatIsNoModelIsRefusedAndALaterOneLoads()
        {
            string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N"));
            File.WriteAllText(path, "no model");
            try
            {
                Assert.ThrowsAsync<PrismFileException>(() => PrismRuntime.LoadAsync(path));
                File.WriteAllBytes(path, Stories260K.CheckpointBytes());
                using PrismRuntime runtime = PrismRuntime.LoadAsync(path, new PrismRuntimeOptions { AllowSoftwareVulkan = true }).GetAwaiter().GetResult();
                Assert.That(runtime.Checkpoint.Config.Vocabulary, Is.EqualTo(Stories260K.Vocabulary));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void SummaryCountsWhatWasTrained()
        {
            CheckpointSummary summary = CheckpointSummary.Create(Stories260K.Load());
            Assert.That(summary.Parameters, Is.EqualTo(260_032));
            Assert.That(summary.ActiveParameters, Is.EqualTo(summary.Parameters));
            Assert.That(summary.KvBytesPerToken, Is.EqualTo(2 * 5 * 4 * 8 * 4));
        }

        [TestCase(WeightFormat.Float32)]
        [TestCase(WeightFormat.Int8)]
        [TestCase(WeightFormat.Int4)]
        public void SummaryOfAMixtureCountsTheChosenExperts(WeightFormat format)
        {
            ModelConfig config = TestModels.Small with { Dim = 32, Experts = 4, TopK = 2 };
            CheckpointSummary summary = CheckpointSummary.Create(TestModels.Random(config, 1, format));
            long experts = 3L * config.Layers * config.Experts * config.Hidden * config.Dim;
            Assert.That(summary.Parameters - summary.ActiveParameters, Is.EqualTo(experts / 2));
        }

        private static string Greedy(BackendPreference backend)
        {
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), new PrismRuntimeOptions { Backend = backend, AllowSoftwareVulkan = true, Slots = 1 });
            int[] words = runtime.Tokenizer.Encode(Stories260K.Prompt);
            var prompt = new int[words.Length + 1];
            prompt[0] = runtime.Checkpoint.Config.Special.Bos;
            words.CopyTo(prompt, 1);
            GenerationReply reply = runtime.Scheduler.Submit(new GenerationRequest(prompt) { Sampling = SamplingOptions.Greedy, MaxTokens = 40 });
            while (runtime.Tick(double.PositiveInfinity))
            {
                runtime.Scheduler.Wait(20);
            }

            return reply.Result!.Text;
        }
    }
}
