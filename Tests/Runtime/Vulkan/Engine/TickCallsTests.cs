using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Tests.Generation;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>What a tick asks of Vulkan: at most one submission, nothing that waits, and at budget 0 nothing at all.</summary>
    public sealed class TickCallsTests
    {
        [Test]
        public void NoTickBlocksAndEachSubmitsOnce([Values] bool fences, [Values(0.05, 2, double.PositiveInfinity)] double budget)
        {
            CallCounter counter = null!;
            using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions
            {
                PreferredDevice = "llvmpipe",
                AllowSoftware = true,
                Restrictions = fences ? DeviceRestrictions.NoTimeline : DeviceRestrictions.None,
                WrapContext = inner => counter = new CallCounter(inner),
            });
            using Scheduler scheduler = Schedule(SliceTests.Create(ModelCases.Load("game"), 8, device));
            List<GenerationReply> replies = Enumerable.Range(0, 20).Select(i => Submit(scheduler, i)).ToList();
            Assert.That(counter.Blocking, Is.GreaterThan(0), "loading waits, so the shim sees waits");
            int submits = 0, ticks = 0;
            bool more = true;
            while (more)
            {
                counter.Clear();
                more = scheduler.Tick(budget, 16);
                Assert.That(counter.Blocking, Is.Zero, string.Join(", ", counter.Calls.Keys));
                Assert.That(counter.Of("vkQueueSubmit"), Is.LessThanOrEqualTo(1));
                Assert.That(counter.Of("vkAllocateMemory"), Is.Zero);
                submits += counter.Of("vkQueueSubmit");
                if (++ticks % 7 == 0)
                {
                    if (ticks / 7 < 5)
                    {
                        replies[ticks / 7].Cancel();
                    }

                    counter.Clear();
                    scheduler.Tick(0, 16);
                    Assert.That(counter.Total, Is.Zero, "calls of a tick without a budget");
                }

                scheduler.Wait(20);
                Assert.That(ticks, Is.LessThan(5_000_000));
            }

            // Twenty replies, at most four of them cancelled, through eight slots: two rounds at least. How many more depends on the machine's speed, as a
            // tick takes as many steps as its budget has room for.
            Assert.That(submits, Is.GreaterThanOrEqualTo(2));
            Assert.That(replies.Select(reply => reply.IsCompleted), Is.All.True);
        }

        [Test]
        public void TextComesInTheTickThatSeesItsStepEnd()
        {
            using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { PreferredDevice = "llvmpipe", AllowSoftware = true });
            VulkanEngine engine = SliceTests.Create(ModelCases.Load("game"), 1, device);
            engine.Submitter.Run.ForcedParts = 1;
            using Scheduler scheduler = Schedule(engine);
            GenerationReply reply = Submit(scheduler, 0);
            int shown = 0, expected = 0, steps = 0;
            reply.TextAdded += (_, added) => shown += added.Length;
            for (int tick = 0; !reply.IsCompleted; tick++)
            {
                Assert.That(tick, Is.LessThan(1_000_000));
                bool ends = !engine.Submitter.Run.HasMore && engine.Submitter.HasSubmissions;
                steps += ends ? 1 : 0;
                scheduler.Tick(0.02, 16);

                // The prompt has three tokens, so that its step is one, and each has a token.
                expected += ends ? 1 : 0;
                Assert.That(shown, Is.EqualTo(expected), "tick {0}", tick);
                scheduler.Wait(1000);
            }

            Assert.That(steps, Is.EqualTo(12));
        }

        [Test]
        public void ATickOfManySlicesAllocatesNothing()
        {
            using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { PreferredDevice = "llvmpipe", AllowSoftware = true });
            using VulkanEngine engine = SliceTests.Create(ModelCases.Load("game"), 2, device);
            Assert.That(engine.TryAdmit(new SequenceRequest(new[] { 1 }, SamplingOptions.Greedy) { MaxTokens = 120 }, out _), Is.True);
            engine.Submitter.Run.ForcedParts = 2;
            var events = new TokenEvent[4];
            long least = long.MaxValue;
            for (int window = 0; window < 4; window++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int tick = 0; tick < 200; tick++)
                {
                    engine.Advance(0.2);
                    engine.Wait(1000);
                    engine.Drain(events);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.That(least, Is.Zero);
        }

        private static Scheduler Schedule(VulkanEngine engine)
        {
            var tokenizer = new ScriptedTokenizer();
            for (int i = 0; i < engine.Config.Vocabulary; i++)
            {
                tokenizer.Add("x");
            }

            return new Scheduler(engine, tokenizer);
        }

        private static GenerationReply Submit(Scheduler scheduler, int i) => scheduler.Submit(new GenerationRequest(ModelCases.Tokens(3 + i, i))
        {
            Sampling = SamplingOptions.Greedy,
            MaxTokens = 12,
            StopTokens = Array.Empty<int>(),
            Npc = (uint)i,
        });
    }
}
