using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Prompts that begin alike: what they share is computed once, and no bit of keys, values, logits or tokens differs from a sequence that computed all of it.</summary>
    public class PrefixSharingTests : VulkanTest
    {
        private const int Context = 96;

        [Test]
        public void RandomTreesOfPromptsGiveTheBitsOfOne([Values("game", "mixture", "ista")] string name)
        {
            PrismCheckpoint checkpoint = ModelCases.Load(name, WeightFormat.Float16, kvFloat32: false);
            using VulkanEngine alone = Create(checkpoint, slots: 1, share: false, chunk: 64);

            // Room for two whole sequences and a half: pages are taken away all the time, and sequences wait.
            using VulkanEngine shared = Create(checkpoint, slots: 4, poolTokens: 240);
            var random = new TestRandom(21);
            var said = new List<int[]>();
            var flying = new List<Sequence>();
            int waits = 0, compared = 0, left = 50;
            while (left > 0 || flying.Count > 0)
            {
                if (left > 0 && random.Below(3) > 0)
                {
                    SequenceRequest request = Next(checkpoint.Config, said, random, left);
                    if (shared.TryAdmit(request, out SequenceHandle handle))
                    {
                        flying.Add(new Sequence(request, handle, cancelAfter: random.Below(4) == 0 ? random.Below(6) : int.MaxValue));
                        said.Add(request.Prompt);
                        left--;
                    }
                    else
                    {
                        waits++;
                    }
                }

                Step(shared, flying);
                foreach (Sequence each in flying.Where(s => s.IsEnded || s.Age > s.CancelAfter).ToArray())
                {
                    if (each.IsEnded)
                    {
                        Compare(shared, each, alone);
                        compared++;
                    }

                    shared.Release(each.Handle);
                    flying.Remove(each);
                }
            }

            shared.Wait(1000);
            shared.Advance(double.PositiveInfinity);
            Assert.That(shared.FreePoolTokens, Is.EqualTo(240));
            Assert.That(shared.Statistics.ReusedPromptTokens, Is.GreaterThan(300));
            Assert.That(waits, Is.GreaterThan(0), "the pool was never full");
            Assert.That(compared, Is.GreaterThan(25));
        }

        [Test]
        public void LogitsBehindASharedBeginningAreThoseOfOne()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game", WeightFormat.Float16, kvFloat32: false);
            int[] prompt = ModelCases.Tokens(70, seed: 3);
            using VulkanEngine alone = Create(checkpoint, slots: 1, share: false);
            using VulkanEngine shared = Create(checkpoint, slots: 2);
            Finish(shared, new SequenceRequest(prompt.Take(60).Concat(new[] { 1, 2, 3 }).ToArray(), SamplingOptions.Greedy) { MaxTokens = 9 });
            long before = shared.Statistics.PromptTokens;
            Finish(alone, new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 1 });
            Finish(shared, new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 1 });
            Assert.That(shared.Statistics.PromptTokens - before, Is.EqualTo(70 - 48));
            Assert.That(Logits(shared).AsSpan().SequenceEqual(Logits(alone)), Is.True);
        }

        /// <summary>Asked in the same frame: the first computes the pages, the others wait for none of them and compute their last tokens.</summary>
        [TestCase(64, 16, 48 + (8 * 16))]
        [TestCase(24, 64, 16 + (8 * 8))]
        [TestCase(40, 32, 32 + (8 * 8))]
        public void PromptsThatComeTogetherComputeTheirBeginningOnce(int length, int chunk, int computed)
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game", WeightFormat.Float16, kvFloat32: false);
            var request = new SequenceRequest(ModelCases.Tokens(length, seed: 5), new SamplingOptions { Temperature = 0.9f, Seed = 3 }) { MaxTokens = 6 };
            using VulkanEngine alone = Create(checkpoint, slots: 1, share: false);
            int[] expected = Finish(alone, request);
            using VulkanEngine shared = Create(checkpoint, slots: 8, chunk: chunk);
            var flying = new List<Sequence>();
            for (int i = 0; i < 8; i++)
            {
                Assert.That(shared.TryAdmit(request, out SequenceHandle handle), Is.True);
                flying.Add(new Sequence(request, handle, int.MaxValue));
            }

            while (flying.Any(s => !s.IsEnded))
            {
                Step(shared, flying);
            }

            Assert.That(flying.Select(s => s.Tokens), Is.All.EqualTo(expected));
            Assert.That(shared.Statistics.PromptTokens, Is.EqualTo(computed));
            Assert.That(shared.Statistics.PromptTokens + shared.Statistics.ReusedPromptTokens, Is.EqualTo(8 * length));
        }

        [Test]
        public void ANextPromptBeginsBehindThePromptAndTheReplyBefore()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game", WeightFormat.Float16, kvFloat32: false);
            using VulkanEngine engine = Create(checkpoint, slots: 1);
            int[] prompt = ModelCases.Tokens(21, seed: 9);
            int[] reply = Finish(engine, new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 30 });
            int steps = (int)engine.SubmitCount;
            long before = engine.Statistics.PromptTokens;
            int[] next = prompt.Concat(reply).Concat(ModelCases.Tokens(12, seed: 10)).ToArray();
            int[] found = Finish(engine, new SequenceRequest(next, SamplingOptions.Greedy) { MaxTokens = 1 });

            // 51 tokens were there, the last of them never an input: three pages.
            Assert.That(engine.Statistics.PromptTokens - before, Is.EqualTo(next.Length - 48));
            Assert.That(engine.SubmitCount - steps, Is.EqualTo(1), "the prompt took one step");
            using VulkanEngine alone = Create(checkpoint, slots: 1, share: false);
            Assert.That(Finish(alone, new SequenceRequest(next, SamplingOptions.Greedy) { MaxTokens = 1 }), Is.EqualTo(found));
        }

        [Test]
        public void OtherDialsShareNothingAndOnesShareWithNone()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game", WeightFormat.Float16, kvFloat32: false);
            int heads = checkpoint.Config.Layers * checkpoint.Config.Heads;
            int[] prompt = ModelCases.Tokens(40, seed: 2);
            using VulkanEngine engine = Create(checkpoint, slots: 1);
            SequenceRequest With(float[] dials) => new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 4, HeadDials = dials };
            long Reused(float[] dials)
            {
                long before = engine.Statistics.ReusedPromptTokens;
                Finish(engine, With(dials));
                return engine.Statistics.ReusedPromptTokens - before;
            }

            float[] strange = ModelCases.Dials(checkpoint.Config, 8);
            Assert.That(Reused(Array.Empty<float>()), Is.Zero);
            Assert.That(Reused(strange), Is.Zero);
            Assert.That(Reused(Enumerable.Repeat(1f, heads).ToArray()), Is.EqualTo(32));
            Assert.That(Reused((float[])strange.Clone()), Is.EqualTo(32));
            strange[0] += 0.001f;
            Assert.That(Reused(strange), Is.Zero);
        }

        /// <summary>Pages are offered before the step that fills them has run. When that step is dropped, nobody may find them.</summary>
        [Test]
        public void ADroppedStepLeavesNothingBehind()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game", WeightFormat.Float16, kvFloat32: false);
            var request = new SequenceRequest(ModelCases.Tokens(40, seed: 6), SamplingOptions.Greedy) { MaxTokens = 5 };
            using VulkanEngine engine = Create(checkpoint, slots: 2, chunk: 64);
            engine.Submitter.Run.ForcedParts = 1;
            Assert.That(engine.TryAdmit(request, out SequenceHandle first), Is.True);
            engine.Advance(0.0001);
            Assert.That(engine.Submitter.Run.HasMore, Is.True);
            Assert.That(engine.TryAdmit(request, out SequenceHandle second), Is.True, "while the step is on its way");
            engine.Release(first);
            engine.Wait(1000);
            engine.Advance(0.0001);
            engine.Release(second);
            while (engine.Submitter.IsBusy)
            {
                engine.Wait(1000);
                engine.Advance(double.PositiveInfinity);
            }

            Assert.That(engine.FreePoolTokens, Is.EqualTo(2 * Context));
            long reused = engine.Statistics.ReusedPromptTokens;
            int[] found = Finish(engine, request);
            Assert.That(engine.Statistics.ReusedPromptTokens, Is.EqualTo(reused));
            using VulkanEngine alone = Create(checkpoint, slots: 1, share: false);
            Assert.That(found, Is.EqualTo(Finish(alone, request)));
        }

        /// <summary>With finite budgets several steps of prompts go in one submission, and are cut anywhere.</summary>
        [Test]
        public void ReadingOnWithinATickSharesTheSameBits([Values(0.05, 1.0, 50.0)] double budget)
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game", WeightFormat.Float16, kvFloat32: false);
            using VulkanEngine alone = Create(checkpoint, slots: 1, share: false, chunk: 64);
            using VulkanEngine shared = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 4, ContextLength = Context, PrefillChunk = 16, PoolTokens = 288, MeasureSlices = true });
            var random = new TestRandom(5);
            var said = new List<int[]>();
            var flying = new List<Sequence>();
            for (int left = 24; left > 0 || flying.Count > 0;)
            {
                SequenceRequest request = Next(checkpoint.Config, said, random, 100 + left);
                if (left > 0 && shared.TryAdmit(request, out SequenceHandle handle))
                {
                    flying.Add(new Sequence(request, handle, cancelAfter: random.Below(3) == 0 ? random.Below(4) : int.MaxValue));
                    said.Add(request.Prompt);
                    left--;
                }

                Step(shared, flying, budget);
                foreach (Sequence each in flying.Where(s => s.IsEnded || s.Age > s.CancelAfter).ToArray())
                {
                    if (each.IsEnded)
                    {
                        Compare(shared, each, alone);
                    }

                    shared.Release(each.Handle);
                    flying.Remove(each);
                }
            }

            while (shared.Submitter.IsBusy)
            {
                shared.Wait(1000);
                shared.Advance(double.PositiveInfinity);
            }

            Assert.That(shared.FreePoolTokens, Is.EqualTo(288));
            Assert.That(shared.Statistics.ReusedPromptTokens, Is.GreaterThan(0));
        }

        [Test]
        public void SharingAllocatesNothingAfterAdmission()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = VulkanEngine.Create(Device, checkpoint, new VulkanEngineOptions { Slots = 2, ContextLength = 400 });
            Finish(engine, new SequenceRequest(ModelCases.Tokens(100), SamplingOptions.Greedy) { MaxTokens = 2 });
            Assert.That(engine.TryAdmit(new SequenceRequest(ModelCases.Tokens(100), SamplingOptions.Greedy) { MaxTokens = 250 }, out _), Is.True);
            Assert.That(engine.Statistics.ReusedPromptTokens, Is.Zero, "counted when the engine advances");
            Assert.That(EngineSteps.LeastAllocation(engine, warmUp: 60, window: 45), Is.Zero);
            Assert.That(engine.Statistics.ReusedPromptTokens, Is.EqualTo(96));
        }

        internal static VulkanEngine Create(PrismCheckpoint checkpoint, int slots, bool share = true, int chunk = 16, int poolTokens = 0)
            => VulkanEngine.Create(
                Device, checkpoint, new VulkanEngineOptions { Slots = slots, ContextLength = Context, PrefillChunk = chunk, PoolTokens = poolTokens, SharePrefixes = share });

        /// <summary>Runs one sequence to its end and releases it.</summary>
        internal static int[] Finish(VulkanEngine engine, SequenceRequest request)
        {
            Assert.That(engine.TryAdmit(request, out SequenceHandle handle), Is.True);
            var sequence = new Sequence(request, handle, int.MaxValue);
            while (!sequence.IsEnded)
            {
                Step(engine, new List<Sequence> { sequence });
            }

            engine.Release(handle);
            return sequence.Tokens.ToArray();
        }

        private static SequenceRequest Next(ModelConfig config, List<int[]> said, TestRandom random, int seed)
        {
            int[] stem = said.Count == 0 || random.Below(8) == 0 ? Array.Empty<int>() : said[random.Below(said.Count)];
            int kept = random.Below(3) == 0 ? random.Below(stem.Length + 1) : stem.Length;
            int[] prompt = stem.Take(Math.Min(kept, 70)).Concat(ModelCases.Tokens(1 + random.Below(20), seed)).ToArray();
            int dials = random.Below(8);
            return new SequenceRequest(prompt, new SamplingOptions { Temperature = 0.9f, Seed = (uint)seed })
            {
                MaxTokens = 1 + random.Below(12),
                HeadDials = dials > 1 ? Array.Empty<float>() : ModelCases.Dials(config, dials),
            };
        }

        private static void Step(VulkanEngine engine, List<Sequence> flying, double budget = double.PositiveInfinity)
        {
            engine.Advance(budget);
            engine.Wait(1000);
            var buffer = new TokenEvent[32];
            int count = engine.Drain(buffer);
            foreach (TokenEvent token in buffer.Take(count))
            {
                Sequence of = flying.Single(s => s.Handle == token.Sequence);
                Assert.That(token.End, Is.Not.EqualTo(SequenceEnd.Failed), engine.FailureReason);
                of.Tokens.Add(token.Token);
                of.IsEnded = token.End != SequenceEnd.None;
            }

            flying.ForEach(s => s.Age++);
        }

        private static void Compare(VulkanEngine shared, Sequence sequence, VulkanEngine alone)
        {
            Assert.That(alone.TryAdmit(sequence.Request, out SequenceHandle handle), Is.True);
            var solo = new Sequence(sequence.Request, handle, int.MaxValue);
            while (!solo.IsEnded)
            {
                Step(alone, new List<Sequence> { solo });
            }

            Assert.That(sequence.Tokens, Is.EqualTo(solo.Tokens));
            int full = (sequence.Request.Prompt.Length + sequence.Tokens.Count - 1) / StateLayout.PageTokens;
            for (int i = 0; i < full; i++)
            {
                Assert.That(Page(shared, sequence.Handle, i).AsSpan().SequenceEqual(Page(alone, handle, i)), Is.True, "page {0}", i);
            }

            alone.Release(handle);
        }

        private static uint[] Page(VulkanEngine engine, SequenceHandle handle, int index)
        {
            var words = new uint[engine.Model.Shape.PageWords];
            engine.Model.Buffers.Pages.Download(words, (long)engine.Table.Find(handle)!.Pages[index] * words.Length);
            return words;
        }

        private static float[] Logits(VulkanEngine engine)
        {
            var logits = new float[engine.Config.Vocabulary];
            engine.Model.Buffers.Stream.Download(logits, engine.Model.Shape.LogitsStart);
            return logits;
        }

        private sealed class Sequence
        {
            public Sequence(SequenceRequest request, SequenceHandle handle, int cancelAfter)
            {
                Request = request;
                Handle = handle;
                CancelAfter = cancelAfter;
            }

            public SequenceRequest Request { get; }

            public SequenceHandle Handle { get; }

            public int CancelAfter { get; }

            public int Age { get; set; }

            public bool IsEnded { get; set; }

            public List<int> Tokens { get; } = new List<int>();
        }
    }
}
