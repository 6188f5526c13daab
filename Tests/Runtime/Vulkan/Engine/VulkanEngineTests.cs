using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Core.Tokenization;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>The engine: tokens chosen on the device, many sequences together.</summary>
    public class VulkanEngineTests : VulkanTest
    {
        [Test]
        public void WritesThePublishedText([Values(1, 8)] int tokensPerSubmit)
        {
            PrismCheckpoint checkpoint = Stories260K.Load();
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 1, TokensPerSubmit = tokensPerSubmit });
            ITextTokenizer tokenizer = Stories260K.Tokenizer();
            int[] prompt = new[] { checkpoint.Config.Special.Bos }.Concat(tokenizer.Encode(Stories260K.Prompt)).ToArray();
            Reply reply = Generate(engine, new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 256 - (prompt.Length - 1) });
            Assert.That(tokenizer.Decode(prompt.Concat(reply.Tokens).ToArray()), Is.EqualTo(Stories260K.GoldenText.TrimEnd('\n')));
        }

        [Test]
        public void TwoHundredAndFiftySixGreedyTokensAreTheReferences()
        {
            PrismCheckpoint checkpoint = Stories260K.Load();
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 1, TokensPerSubmit = 8 });
            using var oracle = new LanguageModelEngine(new ReferenceModel(checkpoint), 1);
            var request = new SequenceRequest(Stories260K.GoldenTokens.Take(9).ToArray(), SamplingOptions.Greedy) { MaxTokens = 256 };
            Assert.That(Generate(engine, request).Tokens, Is.EqualTo(Generate(oracle, request).Tokens));
        }

        [Test]
        public void ThirtyTwoSequencesAreTheirSolos([Values("mixture", "game")] string name, [Values(1, 4)] int tokensPerSubmit)
        {
            PrismCheckpoint checkpoint = ModelCases.Load(name, WeightFormat.Float16, kvFloat32: false);
            SequenceRequest[] requests = Enumerable.Range(0, 32).Select(i => Request(checkpoint.Config, i)).ToArray();
            Reply[] solo = requests.Select(r => Solo(checkpoint, r)).ToArray();
            using VulkanEngine engine = VulkanEngine.Create(
                Device, checkpoint, new VulkanEngineOptions { Slots = 32, ContextLength = 128, PrefillChunk = 16, TokensPerSubmit = tokensPerSubmit });
            Reply[] together = Run(engine, requests, staggered: true);
            for (int i = 0; i < requests.Length; i++)
            {
                Assert.That(together[i].Tokens, Is.EqualTo(solo[i].Tokens), "sequence {0}", i);
                Assert.That(together[i].End, Is.EqualTo(solo[i].End), "sequence {0}", i);
            }

            Assert.That(engine.FreePoolTokens, Is.EqualTo(32 * 128));
        }

        /// <summary>The same logits, the CPU's sampler: the adapter over the language model chooses the same tokens.</summary>
        [Test]
        public void ChoosesWhatTheCpuWouldChoose()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game", WeightFormat.Float16, kvFloat32: false);
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 4, ContextLength = 128 });
            using var oracle = new LanguageModelEngine(VulkanLanguageModel.Create(Device, checkpoint, sequences: 1, contextLength: 128), 1);
            for (int i = 0; i < 12; i++)
            {
                SequenceRequest request = Request(checkpoint.Config, i);
                Reply expected = Generate(oracle, request), found = Generate(engine, request);
                Assert.That(found.Tokens, Is.EqualTo(expected.Tokens), "request {0}", i);
                Assert.That(found.End, Is.EqualTo(expected.End), "request {0}", i);
            }
        }

        [Test]
        public void CountsItsDispatches([Values("game", "gelu", "mixture", "ista")] string name)
        {
            PrismCheckpoint checkpoint = ModelCases.Load(name);
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 32, ContextLength = 64, PrefillChunk = 64 });
            foreach (int sequences in new[] { 1, 32 })
            {
                for (int i = 0; i < sequences; i++)
                {
                    Assert.That(engine.TryAdmit(new SequenceRequest(new[] { 1, i }, SamplingOptions.Greedy) { MaxTokens = 8 }, out _), Is.True);
                }

                var seen = new List<int>();
                long submits = engine.SubmitCount;
                while (engine.Advance(double.PositiveInfinity))
                {
                    engine.Wait(1000);
                    seen.Add(engine.LastCommands!.DispatchCount);
                }

                // Many columns are grouped by expert.
                int perLayer = name == "mixture" ? (sequences == 1 ? 6 : 7) : name == "ista" ? 7 : 5;
                int steady = (perLayer * checkpoint.Config.Layers) + 2;
                Assert.That(seen.Take(2), Is.All.EqualTo(steady + 1), "prefill, and the first step after it, gather embeddings");
                Assert.That(seen.Skip(2), Is.All.EqualTo(steady));
                Assert.That(seen.Count, Is.EqualTo(8));
                Assert.That(engine.LastCommands!.BarrierCount, Is.EqualTo(steady - 1));
                Assert.That(engine.SubmitCount - submits, Is.EqualTo(8), "one submit a token");
                foreach (SequenceHandle handle in Handles(engine, 8 * sequences))
                {
                    engine.Release(handle);
                }
            }
        }

        [Test]
        public void SteadyStepsAllocateNothing()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 2, ContextLength = 256 });
            Assert.That(engine.TryAdmit(new SequenceRequest(new[] { 1 }, SamplingOptions.Greedy) { MaxTokens = 200 }, out _), Is.True);
            Assert.That(EngineSteps.LeastAllocation(engine, warmUp: 60, window: 45), Is.Zero);
        }

        [Test]
        public void EndsAtStopTokensAndLimits()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 2, ContextLength = 64, TokensPerSubmit = 4 });
            Reply free = Generate(engine, new SequenceRequest(new[] { 3, 4 }, new SamplingOptions { Temperature = 1.5f, Seed = 5 }) { MaxTokens = 20 });
            Assert.That(free.Tokens.Length, Is.EqualTo(20));
            Assert.That(free.End, Is.EqualTo(SequenceEnd.MaxTokens));
            Reply stopped = Generate(engine, new SequenceRequest(new[] { 3, 4 }, new SamplingOptions { Temperature = 1.5f, Seed = 5 }) { MaxTokens = 20, StopTokens = new[] { free.Tokens[7] } });
            int first = Array.IndexOf(free.Tokens, free.Tokens[7]);
            Assert.That(stopped.Tokens, Is.EqualTo(free.Tokens.Take(first + 1)));
            Assert.That(stopped.End, Is.EqualTo(SequenceEnd.StopToken));
            Reply full = Generate(engine, new SequenceRequest(new int[60], SamplingOptions.Greedy) { MaxTokens = 1000 });
            Assert.That(full.Tokens.Length, Is.EqualTo(4), "the context holds 64");
            Assert.That(full.End, Is.EqualTo(SequenceEnd.MaxTokens));
        }

        [Test]
        public void AReleasedSequenceDisturbsNobody()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game", kvFloat32: false);
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 3, ContextLength = 64 });
            SequenceRequest kept = Request(checkpoint.Config, 3);
            int[] alone = Generate(engine, kept).Tokens;
            Assert.That(engine.TryAdmit(Request(checkpoint.Config, 1), out SequenceHandle a), Is.True);
            Assert.That(engine.TryAdmit(kept, out SequenceHandle b), Is.True);
            Assert.That(engine.TryAdmit(Request(checkpoint.Config, 2), out SequenceHandle c), Is.True);
            Assert.That(engine.TryAdmit(kept, out _), Is.False, "no slot is free");
            var tokens = new List<int>();
            var buffer = new TokenEvent[16];
            for (int step = 0; step < 200 && (step < 3 || engine.Advance(double.PositiveInfinity)); step++)
            {
                if (step == 2)
                {
                    // In the middle of a step.
                    engine.Advance(double.PositiveInfinity);
                    engine.Release(a);
                    Assert.That(() => engine.Release(a), Throws.ArgumentException);
                }
                else if (step < 3)
                {
                    engine.Advance(double.PositiveInfinity);
                }

                engine.Wait(1000);
                int count = engine.Drain(buffer);
                tokens.AddRange(buffer.Take(count).Where(e => e.Sequence == b).Select(e => e.Token));
                Assert.That(buffer.Take(count).Where(e => step > 2 && e.Sequence == a), Is.Empty);
            }

            Assert.That(tokens, Is.EqualTo(alone));
            engine.Release(b);
            engine.Release(c);
            Assert.That(engine.FreePoolTokens, Is.EqualTo(3 * 64));
        }

        [Test]
        public void AdmitsOnlyWhatThePoolHolds()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 4, ContextLength = 64, PoolTokens = 48 });
            Assert.That(engine.FreePoolTokens, Is.EqualTo(48));
            SequenceRequest small = new SequenceRequest(new[] { 1, 2 }, SamplingOptions.Greedy) { MaxTokens = 20 };
            Assert.That(engine.TryAdmit(small, out SequenceHandle a), Is.True);
            Assert.That(engine.TryAdmit(small, out _), Is.False);
            Assert.That(() => engine.TryAdmit(new SequenceRequest(new int[50], SamplingOptions.Greedy), out _), Throws.ArgumentException.With.Message.Contains("48"));
            engine.Release(a);
            Assert.That(engine.TryAdmit(small, out _), Is.True);
        }

        [Test]
        public void RefusesWhatDoesNotFitAndLeavesNothing()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            long before = Device.AllocatedBytes;
            var progress = new List<double>();
            using (VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 1, ContextLength = 64 }, new ListProgress(progress)))
            {
                Assert.That(engine.AllocatedBytes, Is.GreaterThan(0));
            }

            Assert.That(progress, Is.Ordered);
            Assert.That(progress.Last(), Is.EqualTo(1).Within(1e-9));
            Assert.That(() => VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 33 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { ContextLength = 601 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(
                () => VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { PoolTokens = 100_000_000 }),
                Throws.InstanceOf<PrismVulkanException>().With.Property("Code").EqualTo("PG022"));
            Assert.That(Device.AllocatedBytes, Is.EqualTo(before));
        }

        private static SequenceRequest Request(ModelConfig config, int i)
        {
            var options = new SamplingOptions
            {
                Temperature = i % 4 == 0 ? 0f : 0.6f + (0.1f * i),
                TopK = i % 5 == 0 ? 0 : 5 + i,
                TopP = i % 3 == 0 ? 1f : 0.9f,
                MinP = i % 7 == 0 ? 0.02f : 0f,
                RepetitionPenalty = i % 2 == 0 ? 1.2f : 1f,
                Seed = (uint)(1000 + i),
            };
            return new SequenceRequest(ModelCases.Tokens(1 + ((i * 13) % 50), seed: i + 40), options)
            {
                MaxTokens = 5 + (i % 9),
                StopTokens = i % 3 == 0 ? new[] { 7, 11 } : Array.Empty<int>(),
                Npc = (uint)i,
                ReplyStart = i % 4 == 2 ? 0 : -1,
                DrawCounter = (uint)(17 * i),
                HeadDials = i % 4 == 1 ? ModelCases.Dials(config, i) : Array.Empty<float>(),
                AllowedTokens = i % 6 == 5 ? TokenMask.AllBut(config.Vocabulary, new[] { 1, 2, 3 }) : Array.Empty<uint>(),
                Bias = i % 5 == 2 ? new[] { new TokenBias(9, 2.5f), new TokenBias(13, -4f) } : Array.Empty<TokenBias>(),
            };
        }

        private static Reply Solo(PrismCheckpoint checkpoint, SequenceRequest request)
        {
            soloEngine ??= VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 1, ContextLength = 128, PrefillChunk = 3 });
            if (soloOf != checkpoint)
            {
                soloEngine.Dispose();
                soloEngine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 1, ContextLength = 128, PrefillChunk = 3 });
                soloOf = checkpoint;
            }

            return Generate(soloEngine, request);
        }

        private static VulkanEngine? soloEngine;
        private static PrismCheckpoint? soloOf;

        [OneTimeTearDown]
        public void DisposeSolo()
        {
            soloEngine?.Dispose();
            soloEngine = null;
            soloOf = null;
        }

        private static Reply Generate(ITokenEngine engine, SequenceRequest request) => Run(engine, new[] { request }, staggered: false)[0];

        private static Reply[] Run(ITokenEngine engine, SequenceRequest[] requests, bool staggered)
        {
            var replies = requests.Select(_ => new Reply()).ToArray();
            var owners = new Dictionary<SequenceHandle, Reply>();
            var buffer = new TokenEvent[64];
            int admitted = 0;
            for (int step = 0; step < 5000; step++)
            {
                while (admitted < requests.Length && (!staggered || admitted <= step * 3) && engine.TryAdmit(requests[admitted], out SequenceHandle handle))
                {
                    owners.Add(handle, replies[admitted++]);
                }

                bool busy = engine.Advance(double.PositiveInfinity);
                engine.Wait(1000);
                int count = engine.Drain(buffer);
                foreach (TokenEvent e in buffer.Take(count))
                {
                    Reply reply = owners[e.Sequence];
                    Assert.That(e.Index, Is.EqualTo(reply.List.Count));
                    reply.List.Add(e.Token);
                    reply.End = e.End;
                    if (e.End != SequenceEnd.None)
                    {
                        engine.Release(e.Sequence);
                    }
                }

                if (!busy && count == 0 && admitted == requests.Length)
                {
                    return replies;
                }
            }

            throw new InvalidOperationException("The engine did not end.");
        }

        private static SequenceHandle[] Handles(VulkanEngine engine, int events)
        {
            var buffer = new TokenEvent[events];
            int count = engine.Drain(buffer);
            return buffer.Take(count).Select(e => e.Sequence).Distinct().ToArray();
        }

        private sealed class Reply
        {
            public List<int> List { get; } = new List<int>();

            public int[] Tokens => List.ToArray();

            public SequenceEnd End { get; set; }
        }

        private sealed class ListProgress : IProgress<double>
        {
            private readonly List<double> values;

            public ListProgress(List<double> values) => this.values = values;

            public void Report(double value) => values.Add(value);
        }
    }
}
