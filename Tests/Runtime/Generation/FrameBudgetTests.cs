using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>
    /// The promise of the frame budget, on an engine whose slices cost what a script says: over any 60 ticks at most 60 budgets and one slice, at least
    /// 80 % of it used while work waits, and every reply ends.
    /// </summary>
    public sealed class FrameBudgetTests
    {
        private const double Frame = 1000.0 / 60;
        private const int Ticks = 900;
        private const int Window = 60;

        public enum Script
        {
            Constant,
            Spikes,
            SpikeOfAWholeTick,
            SlowForAWhile,
            Drift,
        }

        [Test]
        public void SixtyTicksCostSixtyBudgetsAndASlice(
            [Values] Script script, [Values(0.05, 0.5, 2, 8)] double budget, [Values(0.02, 0.1, 0.3, 0.5, 2, 7)] double slice)
        {
            CostedEngine engine = Run(script, budget, slice, measured: true, _ => Math.Max(Frame, 4 * budget));
            AssertBounded(engine.Ticks.Select(tick => (tick.Submitted, tick.Largest)).ToArray(), budget);
            double used = engine.Ticks.Skip(Window).Sum(tick => tick.Submitted) / ((Ticks - Window) * budget);
            Assert.That(used, Is.GreaterThan(0.8), "share of the budget that is used");
        }

        /// <summary>Costs are then known from loading, and a slow device is seen by what is late. The device has one budget a tick for this work.</summary>
        [Test]
        public void WithoutTimestampsAsWell(
            [Values] Script script, [Values(0.05, 0.5, 2, 8)] double budget, [Values(0.02, 0.1, 0.3, 0.5, 2, 7)] double slice, [Values(7, 8)] int seed)
        {
            CostedEngine engine = Run(script, budget, slice, measured: false, milliseconds => milliseconds, seed);
            AssertBounded(engine.Ticks.Select(tick => (tick.Worked, tick.Largest)).ToArray(), budget);
            double used = engine.Ticks.Skip(Window).Sum(tick => tick.Worked) / ((Ticks - Window) * budget);
            Assert.That(used, Is.GreaterThan(0.8), "share of the budget that is used");
        }

        [Test]
        public void EveryReplyEnds([Values] Script script, [Values(0.05, 8)] double budget, [Values(0.1, 7, 200)] double slice, [Values] bool measured)
        {
            CostedEngine engine = Engine(script, budget, slice, measured, milliseconds => measured ? Frame : milliseconds, slicesPerStep: 12);
            using Scheduler scheduler = Schedule(engine);
            List<GenerationReply> replies = Enumerable.Range(0, 3).Select(i => Submit(scheduler, 2 + i)).ToList();
            int ticks = 0;
            while (scheduler.Tick(budget, Frame))
            {
                Assert.That(++ticks, Is.LessThan(100_000), "a reply starves");
            }

            Assert.That(replies.Select(reply => reply.Result!.Reason), Is.All.EqualTo(FinishReason.MaxLength));
        }

        [Test]
        public void AnInterruptionEarnsNothing()
        {
            var budget = new FrameBudget(true);
            budget.AddKinds(1);
            budget.Learn(0, 1);
            for (int tick = 0; tick < 100; tick++)
            {
                budget.Begin(2);
            }

            int taken = 0;
            while (budget.TryTake(0, budget.Estimate(0)))
            {
                taken++;
            }

            Assert.That(taken, Is.EqualTo(1), "one slice fits 1.7 ms, however long nobody wanted anything");
        }

        [Test]
        public void AnUnknownSliceRunsAlone()
        {
            var budget = new FrameBudget(true);
            budget.AddKinds(2);
            budget.Learn(1, 0.01);
            budget.Begin(2);
            Assert.That(budget.TryTake(0, budget.Estimate(0)), Is.True);
            Assert.That(budget.TryTake(1, budget.Estimate(1)), Is.False);
            budget.Submit();
            budget.Begin(2);
            budget.Complete(new[] { 5.0 });
            Assert.That(budget.Estimate(0), Is.EqualTo(5).Within(1e-6));
            Assert.That(budget.MaySubmit, Is.False, "the overrun is repaid first");
            Assert.That(budget.EndedCost, Is.EqualTo(5));
        }

        [Test]
        public void AQuartileForgetsSpikesAndFollowsDrift()
        {
            var budget = new FrameBudget(true);
            budget.AddKinds(1);
            for (int i = 0; i < 40; i++)
            {
                budget.Learn(0, i % 3 == 0 ? 50 : 1);
            }

            Assert.That(budget.Estimate(0), Is.EqualTo(1).Within(1e-6));
            for (int i = 0; i < 13; i++)
            {
                budget.Learn(0, 2);
            }

            Assert.That(budget.Estimate(0), Is.EqualTo(2).Within(1e-6));
        }

        [Test]
        public void FramesThatLieTwoDeepDoNotHalveTheBudget()
        {
            var budget = new FrameBudget(true);
            budget.AddKinds(1);
            budget.Learn(0, 0.4);
            var costs = new double[FrameBudget.MaxSlices];
            costs.AsSpan().Fill(0.4);
            var submitted = new Queue<(int Tick, int Slices)>();
            int total = 0;
            for (int tick = 0; tick < 200; tick++)
            {
                budget.Begin(2);
                while (submitted.Count > 0 && submitted.Peek().Tick <= tick - 2)
                {
                    budget.Complete(costs.AsSpan(0, submitted.Dequeue().Slices));
                }

                while (budget.MaySubmit | budget.Taken > 0 && budget.TryTake(0, budget.Estimate(0)))
                {
                    total++;
                }

                if (budget.Taken > 0)
                {
                    submitted.Enqueue((tick, budget.Taken));
                    budget.Submit();
                }
            }

            Assert.That(total * 0.4 / (200 * 2), Is.GreaterThan(0.8).And.LessThan(1));
        }

#if NET5_0_OR_GREATER
        [Test]
        public void ATickAllocatesNothing()
        {
            var budget = new FrameBudget(true);
            budget.AddKinds(3);
            var costs = new double[FrameBudget.MaxSlices];
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int tick = 0; tick < 100; tick++)
            {
                budget.Begin(2);
                if (budget.InFlight > 0)
                {
                    budget.Complete(costs);
                }

                while (budget.TryTake(tick % 3, 0.1))
                {
                }

                budget.Submit();
            }

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }
#endif

        private static void AssertBounded((double Cost, double Largest)[] ticks, double budget)
        {
            for (int first = 0; first + Window <= ticks.Length; first++)
            {
                double cost = 0, largest = 0;
                for (int i = Math.Max(0, first - Window); i < first + Window; i++)
                {
                    cost += i >= first ? ticks[i].Cost : 0;
                    largest = Math.Max(largest, ticks[i].Largest);
                }

                Assert.That(cost, Is.LessThanOrEqualTo((Window * budget) + largest + 1e-9), "ticks {0} to {1}", first, first + Window - 1);
            }
        }

        private static CostedEngine Run(Script script, double budget, double slice, bool measured, Func<double, double> speed, int seed = 7)
        {
            CostedEngine engine = Engine(script, budget, slice, measured, speed, slicesPerStep: 1000, seed);
            using Scheduler scheduler = Schedule(engine);
            for (int tick = 0; tick < Ticks; tick++)
            {
                while (scheduler.InFlightCount + scheduler.WaitingCount < 6)
                {
                    Submit(scheduler, 1000);
                }

                scheduler.Tick(budget, Frame);
            }

            return engine;
        }

        private static CostedEngine Engine(Script script, double budget, double slice, bool measured, Func<double, double> speed, int slicesPerStep, int seed = 7)
        {
            var random = new TestRandom((ulong)seed);
            double Cost(int kind, int tick)
            {
                double cost = slice * budget * (0.7 + (0.15 * kind));
                switch (script)
                {
                    case Script.Spikes: return tick > 0 && random.Below(50) == 0 ? 10 * cost : cost;
                    case Script.SpikeOfAWholeTick: return tick % 97 == 50 ? 10 * cost : cost;
                    case Script.SlowForAWhile: return tick > 300 && tick < 330 ? 10 * cost : cost;
                    case Script.Drift: return cost * (1 + (2 * Math.Abs(Math.Sin(tick / 80.0))));
                    default: return cost;
                }
            }

            return new CostedEngine(4, measured, Cost, speed, slicesPerStep);
        }

        private static Scheduler Schedule(CostedEngine engine)
        {
            var tokens = new ScriptedTokenizer();
            for (int i = 0; i < engine.Config.Vocabulary; i++)
            {
                tokens.Add("x");
            }

            return new Scheduler(engine, tokens);
        }

        private static GenerationReply Submit(Scheduler scheduler, int tokens)
            => scheduler.Submit(new GenerationRequest(new[] { 1 }) { MaxTokens = tokens, StopTokens = Array.Empty<int>() });
    }
}
