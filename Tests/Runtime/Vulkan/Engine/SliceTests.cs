using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>Steps cut into slices: the same bits wherever they are cut, and one submission a tick at most.</summary>
    public class SliceTests : VulkanTest
    {
        [Test]
        public void CuttingAnywhereGivesTheSameLogits([Values("game", "mixture", "ista", "untied")] string name, [Values(1, 16)] int columns)
        {
            PrismCheckpoint checkpoint = ModelCases.Load(name, WeightFormat.Float16, kvFloat32: false);
            using VulkanLanguageModel model = VulkanLanguageModel.Create(Device, checkpoint, contextLength: 64);
            int[] tokens = ModelCases.Tokens(columns);
            float[] whole = Logits(model, tokens, program => new[] { program.Whole });
            Assert.That(whole.Any(logit => logit != 0), Is.True);
            foreach (int parts in new[] { 1, 2, 3, 8, 64 })
            {
                float[] cut = Logits(model, tokens, program => Pieces(program, parts));
                Assert.That(Bits(cut), Is.EqualTo(Bits(whole)), "{0} parts", parts);
            }

            for (int at = 1; at < model.Model.Program(new StepShape(columns, 1, 1, gather: true, sample: false)).Count; at++)
            {
                int first = at;
                float[] cut = Logits(model, tokens, program => new[] { program.Piece(0, first, 0, 1), program.Piece(first, program.Count - first, 0, 1) });
                Assert.That(Bits(cut), Is.EqualTo(Bits(whole)), "cut after dispatch {0}", at);
            }
        }

        [TestCase("game", 0, 0.02)]
        [TestCase("game", 0, 1000)]
        [TestCase("game", 1, 0.02)]
        [TestCase("game", 64, 0.05)]
        [TestCase("mixture", 0, 0.02)]
        [TestCase("mixture", 2, 1000)]
        public void CuttingAnywhereGivesTheSameTokens(string name, int parts, double budget)
        {
            PrismCheckpoint checkpoint = ModelCases.Load(name, WeightFormat.Float16, kvFloat32: false);
            int[][] whole = Run(checkpoint, 0, () => double.PositiveInfinity);
            var random = new TestRandom(3);
            int[][] cut = Run(checkpoint, parts, () => budget * (0.5 + random.Uniform()));
            Assert.That(cut, Is.EqualTo(whole));

            // A budget that becomes infinite in the middle of a step, and finite again.
            int[][] mixed = Run(checkpoint, parts, () => random.Below(4) == 0 ? double.PositiveInfinity : budget);
            Assert.That(mixed, Is.EqualTo(whole));
        }

        [Test]
        public void ASmallBudgetCutsAndALargeOneDoesNot()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using (VulkanEngine large = Create(checkpoint, slots: 1))
            {
                Assert.That(large.TryAdmit(Request(0), out _), Is.True);
                Assert.That(TicksOfAStep(large, 1000, out int ticks), Is.LessThanOrEqualTo(17), "whole steps");
                Assert.That(ticks, Is.LessThanOrEqualTo(2));
            }

            using VulkanEngine small = Create(checkpoint, slots: 1);
            Assert.That(small.TryAdmit(Request(0), out _), Is.True);
            Assert.That(TicksOfAStep(small, 0.001, out int many), Is.GreaterThanOrEqualTo(small.LastCommands!.DispatchCount));
            Assert.That(many, Is.GreaterThan(10));
        }

        /// <summary>What a tick's budget leaves behind a step reads on, in the same submission; whoever talks gets a token a tick all the same.</summary>
        [Test]
        public void ABudgetOfSeveralStepsReadsAWholePromptInOneTick()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            var prompts = new[] { ModelCases.Tokens(3, seed: 1), ModelCases.Tokens(100, seed: 2), ModelCases.Tokens(70, seed: 3) };
            int[][] expected = prompts.Select(prompt => Reading(checkpoint, new[] { prompt }, double.PositiveInfinity, out _)[0]).ToArray();
            Assert.That(Reading(checkpoint, prompts, 10_000, out int[] firstTicks), Is.EqualTo(expected));

            // 16 tokens a step: seven steps for one, eleven for the last, eight of them in a tick.
            Assert.That(firstTicks, Is.EqualTo(new[] { 1, 1, 2 }), "ticks of the first tokens");
        }

        [Test]
        public void MeasuredSlicesSayWhatAFrameCosts()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = Create(checkpoint, slots: 2);
            foreach (int columns in new[] { 1, 2, 32 })
            {
                Assert.That(engine.Model.Costs.OfColumns(columns), Is.GreaterThan(0).And.LessThan(10_000));
            }

            Assert.That(engine.TryAdmit(Request(0), out _), Is.True);
            double device = 0;
            for (int tick = 0; tick < 200 && engine.Advance(5); tick++)
            {
                engine.Wait(1000);
                device += engine.Statistics.DeviceMilliseconds;
            }

            Assert.That(device, Is.GreaterThan(0).And.LessThan(60_000));
        }

        /// <summary>A model that reads and talks too slowly for its budget takes fewer sequences a step: the important first, and nobody never.</summary>
        [Test]
        public void ANarrowedStepPrefersWhoMattersAndForgetsNobody()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = Create(checkpoint, slots: 16);
            var handles = new List<SequenceHandle>();
            var made = new int[16];
            Admit(engine, handles, 13, 0);
            Talk(engine, handles, made, () => made.Take(13).Min() > 0);
            int[] before = (int[])made.Clone();
            Admit(engine, handles, 3, 10);
            Talk(engine, handles, made, () => made.Skip(13).Max() == NarrowTokens);
            int[] others = Enumerable.Range(0, 13).Where(i => before[i] < NarrowTokens).ToArray();
            Assert.That(others, Is.Not.Empty);
            Assert.That(others.Where(i => made[i] < NarrowTokens).Select(i => made[i] - before[i]), Is.All.GreaterThan(0), "somebody waited until the important had ended");
            Assert.That(others.Average(i => made[i] - before[i]), Is.LessThan(NarrowTokens / 2), "the important were not first");
            Talk(engine, handles, made, () => made.Min() == NarrowTokens);
        }

        [Test]
        public void AReleasedStepIsNotFinishedForNobody()
        {
            PrismCheckpoint checkpoint = ModelCases.Load("game");
            using VulkanEngine engine = Create(checkpoint, slots: 1);
            engine.Submitter.Run.ForcedParts = 1;
            Assert.That(engine.TryAdmit(Request(0), out SequenceHandle first), Is.True);
            engine.Advance(0.0001);
            Assert.That(engine.Submitter.Run.HasMore, Is.True);
            engine.Release(first);
            engine.Wait(1000);
            engine.Advance(0.0001);
            Assert.That(engine.Submitter.IsBusy, Is.False);
            Assert.That(engine.FreePoolTokens, Is.EqualTo(128));
            Assert.That(engine.TryAdmit(Request(0), out _), Is.True);
        }

        internal static VulkanEngine Create(PrismCheckpoint checkpoint, int slots, VulkanDevice? device = null)
            => VulkanEngine.Create(device ?? Device, checkpoint, new VulkanEngineOptions { Slots = slots, ContextLength = 128, PrefillChunk = 16, MeasureSlices = true, SharePrefixes = false });

        internal static SequenceRequest Request(int i) => new SequenceRequest(ModelCases.Tokens(3 + ((7 * i) % 30), seed: i), new SamplingOptions { Temperature = 0.9f, TopK = 20, Seed = (uint)i })
        {
            MaxTokens = 12,
            Npc = (uint)i,
        };

        private static int[][] Reading(PrismCheckpoint checkpoint, int[][] prompts, double budget, out int[] firstTicks)
        {
            using VulkanEngine engine = Create(checkpoint, slots: prompts.Length);
            var handles = new List<SequenceHandle>();
            foreach (int[] prompt in prompts)
            {
                Assert.That(engine.TryAdmit(new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 9 }, out SequenceHandle handle), Is.True);
                handles.Add(handle);
            }

            List<int>[] made = prompts.Select(_ => new List<int>()).ToArray();
            firstTicks = new int[prompts.Length];
            var buffer = new TokenEvent[64];
            for (int tick = 0; made.Any(tokens => tokens.Count < 9); tick++)
            {
                Assert.That(tick, Is.LessThan(1000));
                int before = made[0].Count;
                long submits = engine.SubmitCount;
                engine.Advance(budget);
                Assert.That(engine.SubmitCount - submits, Is.LessThanOrEqualTo(1));
                int count = engine.Drain(buffer);
                foreach (TokenEvent next in buffer.Take(count))
                {
                    int index = handles.IndexOf(next.Sequence);
                    firstTicks[index] = made[index].Count == 0 ? tick : firstTicks[index];
                    made[index].Add(next.Token);
                }

                Assert.That(tick == 0 || prompts.Length == 1 || made[0].Count > before || before == 9, Is.True, "the first, whose prompt is short, got nothing in tick {0}", tick);
                Assert.That(engine.Wait(10_000), Is.True);
            }

            return made.Select(tokens => tokens.ToArray()).ToArray();
        }

        private const int NarrowTokens = 60;

        private static void Admit(VulkanEngine engine, List<SequenceHandle> handles, int count, float priority)
        {
            for (int i = 0; i < count; i++)
            {
                SequenceRequest request = Request(handles.Count);
                request.MaxTokens = NarrowTokens;
                request.Priority = priority;
                Assert.That(engine.TryAdmit(request, out SequenceHandle handle), Is.True);
                handles.Add(handle);
            }
        }

        private static void Talk(VulkanEngine engine, List<SequenceHandle> handles, int[] made, Func<bool> enough)
        {
            var buffer = new TokenEvent[64];
            for (int tick = 0; !enough(); tick++)
            {
                Assert.That(tick, Is.LessThan(200_000));
                Slow(engine);
                engine.Advance(1);
                engine.Wait(1000);
                int count = engine.Drain(buffer);
                foreach (TokenEvent next in buffer.Take(count))
                {
                    made[handles.IndexOf(next.Sequence)]++;
                }
            }
        }

        // Costs as on a device where a column takes half a millisecond and more.
        private static void Slow(VulkanEngine engine)
        {
            foreach (int columns in new[] { 1, 2, 4, 8, 16 })
            {
                foreach (int rows in new[] { 1, columns })
                {
                    StepProgram program = engine.Model.Program(new StepShape(columns, rows, 1, gather: true, sample: true));
                    for (int i = 0; i < 16; i++)
                    {
                        engine.Model.Budget.Learn(engine.Model.Costs.StepKind(program), 2 * columns);
                    }
                }
            }
        }

        private static int[][] Run(PrismCheckpoint checkpoint, int parts, Func<double> budget)
        {
            using VulkanEngine engine = Create(checkpoint, slots: 4);
            engine.Submitter.Run.ForcedParts = parts;
            var replies = new Dictionary<SequenceHandle, List<int>>();
            var order = new List<List<int>>();
            var buffer = new TokenEvent[64];
            int ended = 0;
            for (int tick = 0; ended < 6; tick++)
            {
                Assert.That(tick, Is.LessThan(5_000_000), "the replies do not end");
                while (order.Count < 6 && order.Count <= tick && engine.TryAdmit(Request(order.Count), out SequenceHandle handle))
                {
                    order.Add(new List<int>());
                    replies.Add(handle, order.Last());
                }

                long submits = engine.SubmitCount;
                engine.Advance(budget());
                Assert.That(engine.SubmitCount - submits, Is.LessThanOrEqualTo(1), "submissions of one tick");
                engine.Wait(1000);
                int count = engine.Drain(buffer);
                foreach (TokenEvent next in buffer.Take(count))
                {
                    replies[next.Sequence].Add(next.Token);
                    if (next.End != SequenceEnd.None)
                    {
                        engine.Release(next.Sequence);
                        ended++;
                    }
                }
            }

            return order.Select(tokens => tokens.ToArray()).ToArray();
        }

        private static long TicksOfAStep(VulkanEngine engine, double budget, out int ticks)
        {
            var buffer = new TokenEvent[64];
            long slices = engine.Submitter.SliceCount;
            ticks = 0;
            do
            {
                engine.Advance(budget);
                engine.Wait(1000);
                ticks++;
            }
            while (engine.Drain(buffer) == 0 && ticks < 10_000);
            return engine.Submitter.SliceCount - slices;
        }

        private static float[] Logits(VulkanLanguageModel owner, int[] tokens, Func<StepProgram, RecordedCommands[]> cut)
        {
            VulkanModel model = owner.Model;
            model.Buffers.Stream.Upload(new float[model.Shape.StreamFloats]);
            for (int i = 0; i < tokens.Length; i++)
            {
                model.SetColumn(i, 0, i, tokens[i]);
            }

            model.ClearColumns(tokens.Length);
            model.SetLogitColumns(new[] { tokens.Length - 1 });
            foreach (RecordedCommands piece in cut(model.Program(new StepShape(tokens.Length, 1, 1, gather: true, sample: false))))
            {
                Device.Submit(piece).WaitOrThrow(10_000);
            }

            var logits = new float[model.Shape.Config.Vocabulary];
            model.Buffers.Stream.Download(logits, model.Shape.LogitsStart);
            return logits;
        }

        private static RecordedCommands[] Pieces(StepProgram program, int parts)
        {
            var pieces = new List<RecordedCommands>();
            for (int dispatch = 0; dispatch < program.Count; dispatch++)
            {
                int within = Math.Min(parts, program[dispatch].Widest);
                for (int part = 0; part < within; part++)
                {
                    pieces.Add(program.Piece(dispatch, 1, part, within));
                }
            }

            return pieces.ToArray();
        }

        private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
    }
}
