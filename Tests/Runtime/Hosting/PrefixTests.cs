using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Tests.Hosting
{
    /// <summary>NPCs compute what they have in common once: a persona, and the conversation before a line. The statistics count the tokens.</summary>
    [Category("Vulkan")]
    public sealed class PrefixTests
    {
        private static readonly NpcPersona Bram = new NpcPersona(new PersonaFacts { Name = "Bram of the long bridge", Trade = "blacksmith", Place = "the village of Orrinmoor" })
        {
            Sampling = new SamplingOptions { Temperature = 1.2f, TopK = 0, TopP = 1, Seed = 11 },
            MaxReplyTokens = 12,
        };

        [Test]
        public void ASecondLineComputesOnlyWhatIsNew()
        {
            using PrismRuntime runtime = Open(BackendPreference.Vulkan);
            using Npc npc = runtime.CreateNpc(Bram);
            NpcReply first = Answer(runtime, npc, "What do you sell?");
            long computed = runtime.Statistics.PromptTokens;
            int prompt = first.Generation!.Request.Prompt.Length;
            Assert.That(computed, Is.EqualTo(prompt));
            NpcReply second = Answer(runtime, npc, "And what else?");
            int[] now = second.Generation!.Request.Prompt;
            int same = Enumerable.Range(0, now.Length).First(i => i >= prompt || now[i] != first.Generation.Request.Prompt[i]);
            Assert.That(same, Is.EqualTo(prompt), "the next prompt begins with the last");
            Assert.That(runtime.Statistics.PromptTokens - computed, Is.LessThanOrEqualTo(now.Length - (same / 16 * 16)).And.LessThan(now.Length / 2));
            Assert.That(runtime.Statistics.PromptTokens + runtime.Statistics.ReusedPromptTokens, Is.EqualTo(prompt + now.Length));
        }

        [Test]
        public void TwoOfOnePersonaComputeItOnceAndOtherDialsTheirOwn()
        {
            using PrismRuntime runtime = Open(BackendPreference.Vulkan);
            using Npc one = runtime.CreateNpc(Bram), two = runtime.CreateNpc(Bram), strange = runtime.CreateNpc(Bram);
            strange.HeadDials = Enumerable.Repeat(0.5f, runtime.Checkpoint.Config.Layers * runtime.Checkpoint.Config.Heads).ToArray();
            Answer(runtime, one, "Hello!");
            long before = runtime.Statistics.ReusedPromptTokens;
            Answer(runtime, two, "Good day.");
            Assert.That(runtime.Statistics.ReusedPromptTokens - before, Is.EqualTo(PersonaTokens(runtime) / 16 * 16));
            before = runtime.Statistics.ReusedPromptTokens;
            Answer(runtime, strange, "Hello!");
            Assert.That(runtime.Statistics.ReusedPromptTokens, Is.EqualTo(before));
        }

        [Test]
        public void AGameShipsAPersonaAndTheReplyIsTheSame()
        {
            string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".prefix");
            try
            {
                int saved;
                using (PrismRuntime tool = Open(BackendPreference.Vulkan))
                {
                    saved = tool.SavePrefix(Bram, path);
                    Assert.That(saved, Is.EqualTo(PersonaTokens(tool) / 16 * 16));
                }

                string expected;
                using (PrismRuntime without = Open(BackendPreference.Vulkan))
                {
                    expected = Answer(without, without.CreateNpc(Bram), "What do you sell?").Text;
                    Assert.That(without.Statistics.ReusedPromptTokens, Is.Zero);
                }

                using PrismRuntime game = Open(BackendPreference.Vulkan, path);
                Assert.That(Answer(game, game.CreateNpc(Bram), "What do you sell?").Text, Is.EqualTo(expected));
                Assert.That(game.Statistics.ReusedPromptTokens, Is.EqualTo(saved));
                game.UnloadPrefixes();
                using PrismRuntime reference = Open(BackendPreference.Reference, path);
                Assert.That(reference.LoadPrefix(path), Is.Zero, "it checks the file, and computes everything");
                Assert.That(() => reference.SavePrefix(Bram, path), Throws.InvalidOperationException);
                Assert.That(() => Open(BackendPreference.Vulkan, path, seed: 2), Throws.InstanceOf<PrismFileException>().With.Property("Code").EqualTo("PR005"));
                Assert.That(() => Open(BackendPreference.Reference, path, seed: 2), Throws.InstanceOf<PrismFileException>().With.Property("Code").EqualTo("PR005"));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void AModelThatTakesOverSharesNothingWithTheOneBefore()
        {
            string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".safetensors");
            try
            {
                File.WriteAllBytes(path, TalkingModel.Bytes(2));
                using PrismRuntime runtime = Open(BackendPreference.Vulkan);
                using Npc npc = runtime.CreateNpc(Bram);
                Answer(runtime, npc, "Hello!");
                Task reload = runtime.ReloadAsync(path);
                var clock = Stopwatch.StartNew();
                while (runtime.IsReloading && clock.Elapsed.TotalSeconds < 60)
                {
                    runtime.Tick(double.PositiveInfinity);
                    Thread.Sleep(5);
                }

                Assert.That(reload.Wait(5000), Is.True);
                Assert.That(runtime.Statistics.PromptTokens, Is.Zero);
                npc.Forget();
                NpcReply reply = Answer(runtime, npc, "Hello!");
                Assert.That(runtime.Statistics.ReusedPromptTokens, Is.Zero);
                Assert.That(runtime.Statistics.PromptTokens, Is.EqualTo(reply.Generation!.Request.Prompt.Length));
            }
            finally
            {
                File.Delete(path);
            }
        }

        private static int PersonaTokens(PrismRuntime runtime)
        {
            var tokens = new List<int>();
            new DialogueFormat((BpeTokenizer)runtime.Tokenizer, runtime.Checkpoint.Config.Special).AppendPersona(Bram.Facts, tokens);
            return tokens.Count;
        }

        private static NpcReply Answer(PrismRuntime runtime, Npc npc, string line)
        {
            NpcReply reply = npc.Ask(line);
            var clock = Stopwatch.StartNew();
            while (!reply.IsCompleted && clock.Elapsed.TotalSeconds < 60)
            {
                runtime.Tick(double.PositiveInfinity);
                runtime.Scheduler.Wait(20);
            }

            Assert.That(reply.IsCompleted, Is.True);
            return reply;
        }

        private static PrismRuntime Open(BackendPreference backend, string? prefix = null, int seed = 1)
        {
            var options = new PrismRuntimeOptions { Backend = backend, AllowSoftwareVulkan = true, Slots = 2 };
            options.PrefixFiles = prefix == null ? Array.Empty<string>() : new[] { prefix };
            return PrismRuntime.Create(TalkingModel.Load(seed), options);
        }
    }
}
