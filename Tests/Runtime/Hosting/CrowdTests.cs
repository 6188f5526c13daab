using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Tests.Hosting
{
    /// <summary>A crowd on software Vulkan, with a random model: far more text than any context holds.</summary>
    [Category("Vulkan")]
    public sealed class CrowdTests
    {
        private const int Crowd = 32;
        private const int Tokens = 10_000;
        private const int MostTicks = 200_000;

        [Test]
        public void ThirtyTwoNpcsTalkTenThousandTokensInFlatMemory()
        {
            using PrismRuntime runtime = PrismRuntime.Create(
                TalkingModel.Load(3), new PrismRuntimeOptions { Backend = BackendPreference.Vulkan, AllowSoftwareVulkan = true, Slots = 16 });
            Npc[] npcs = Enumerable.Range(0, Crowd).Select(i => runtime.CreateNpc(Guest(i))).ToArray();
            var completed = new Dictionary<NpcReply, int>();
            var random = new Random(2);
            int made = 0, ticks = 0;
            long deviceBytes = runtime.Statistics.MemoryBytes, settled = 0;
            while (made < Tokens)
            {
                Assert.That(++ticks, Is.LessThan(MostTicks));
                Npc npc = npcs[random.Next(Crowd)];
                if (npc.Current == null || random.Next(40) == 0)
                {
                    NpcReply reply = npc.Ask("What do you sell, and to whom, and for how much? " + ticks);
                    completed.Add(reply, 0);
                    reply.Completed += done => completed[done]++;
                }
                else if (random.Next(60) == 0)
                {
                    npc.Current.Cancel();
                }

                runtime.Tick(2, 16);
                made += runtime.LastTickTokens;
                settled = settled == 0 && made > Tokens / 2 ? GC.GetTotalMemory(true) : settled;
                runtime.Scheduler.Wait(20);
            }

            while (runtime.Tick(2, 16))
            {
                Assert.That(++ticks, Is.LessThan(MostTicks));
                runtime.Scheduler.Wait(20);
            }

            Assert.That(completed.Values, Is.All.EqualTo(1), "each reply completes once");
            FinishReason[] reasons = completed.Keys.Select(reply => reply.Result!.Reason).Distinct().ToArray();
            Assert.That(reasons, Has.No.Member(FinishReason.Failed));
            Assert.That(npcs.Select(npc => npc.Memory.Exchanges), Is.All.GreaterThan(0), "nobody starves");
            Assert.That(runtime.Statistics.MemoryBytes, Is.EqualTo(deviceBytes), "bytes on the device");

            // The replies that the test itself keeps are part of it.
            Assert.That(GC.GetTotalMemory(true) - settled, Is.LessThan(4 << 20));
        }

        private static NpcPersona Guest(int i) => new NpcPersona(new PersonaFacts { Name = "Guest " + i })
        {
            Sampling = new SamplingOptions { Temperature = 1, Seed = (uint)i },
            MaxReplyTokens = 16 + i,
        };
    }
}
