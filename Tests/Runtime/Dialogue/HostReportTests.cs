using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>
    /// What users of other tools report, as far as it is dialogue, and what answers it here:
    /// <list type="table">
    /// <item><term>freeze on stop until warm-up ends (LLMUnity #280)</term><description><see cref="DisposeReturnsAtOnceAtEveryStep"/></description></item>
    /// <item><term>crash on the second Play (LLMUnity #320, #365)</term><description><see cref="ManyLivesLeaveNothingBehind"/></description></item>
    /// <item><term>context overflow needs an editor restart (LLMUnity #385)</term><description><see cref="NpcMemoryTests.ThreeHundredTurnsStayFlatAndKeepThePersona"/></description></item>
    /// <item><term>two NPCs at once crash the engine, one global lock (nobodywho #81)</term><description><see cref="HandlerTests.ThirtyTwoNpcsUnderRandomLoad"/></description></item>
    /// <item><term>broken characters in the stream (LLamaSharp #265)</term><description><see cref="TextCleanerTests.EventsCarryWholeCharacters"/></description></item>
    /// <item><term>stop words (LLMUnity #76)</term><description>SchedulerTests.AStopSequenceOverSeveralTokensIsNeverShown</description></item>
    /// <item><term>structured events, per-character context (LLMUnity #265, #130, #270)</term><description>NpcConstraintTests, <see cref="EveryCharacterHasItsOwnContext"/></description></item>
    /// <item><term>a GPU crash that cannot be caught (LLMUnity #294)</term><description><see cref="AwaitTests.NeverThrows"/>, <see cref="AFailureIsAReasonAndTheNextReplyIsNormal"/></description></item>
    /// </list>
    /// </summary>
    public sealed class HostReportTests
    {
        [Test]
        public void DisposeReturnsAtOnceAtEveryStep()
        {
            for (int steps = 0; steps < 20; steps++)
            {
                var table = new DialogueTable(slots: 2);
                int events = 0;
                for (int i = 0; i < 4; i++)
                {
                    NpcReply reply = table.Npc().Ask("Hello!");
                    reply.TextAdded += (_, _) => events++;
                    reply.Completed += _ => events++;
                }

                table.Tick(steps);
                int before = events;
                table.Dispose();
                table.Dispose();
                Assert.That(table.Releases, Is.EqualTo(1));
                Assert.That(table.Engine.IsDisposed, Is.True);
                Assert.That(events, Is.EqualTo(before), "after Dispose nothing");
                Assert.That(() => table.Tick(), Throws.TypeOf<ObjectDisposedException>());
            }
        }

        [Test]
        public void ManyLivesLeaveNothingBehind()
        {
            long settled = 0;
            for (int life = 0; life < 250; life++)
            {
                using (var table = new DialogueTable(slots: 2))
                {
                    table.Npc().Ask("Hello!");
                    table.Tick(life % 15);
                }

                settled = life == 50 ? GC.GetTotalMemory(true) : settled;
            }

            Assert.That(GC.GetTotalMemory(true) - settled, Is.LessThan(2 << 20));
        }

        [Test]
        public void EveryCharacterHasItsOwnContext()
        {
            using var table = new DialogueTable();
            Npc[] npcs = { table.Npc(), table.Npc() };
            table.Finish(npcs[0].Ask("My name is Una."));
            table.Finish(npcs[1].Ask("My name is Dorn."));
            npcs[0].Memory.Remember("the bridge is gone");
            table.Finish(npcs[0].Ask("Who am I?"));
            table.Finish(npcs[1].Ask("Who am I?"));
            Assert.That(table.PromptText(2), Does.Contain("Una").And.Contain("bridge").And.Not.Contain("Dorn"));
            Assert.That(table.PromptText(3), Does.Contain("Dorn").And.Not.Contain("Una").And.Not.Contain("bridge"));
            Assert.That(table.Requests.Select(request => request.Npc).Distinct().Count(), Is.EqualTo(2), "random numbers of their own");
        }

        [Test]
        public void AFailureIsAReasonAndTheNextReplyIsNormal()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            table.Engine.FailsNow = true;
            Assert.That(table.Finish(npc.Ask("Hello!")).Code, Is.EqualTo(ReplyCodes.EngineFailed));
            table.Engine.FailsNow = false;
            Assert.That(table.Finish(npc.Ask("Hello!")).Text, Is.EqualTo("Hello there."));
        }

        [Test]
        public void ADeadlineEndsAReplyWithAFallbackLine()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            npc.Priority = 2;
            npc.DeadlineMilliseconds = 250;
            NpcReply reply = npc.Ask("Hello!");
            Assert.That(reply.Generation!.Request.Priority, Is.EqualTo(2f));
            Assert.That(reply.Generation.Request.DeadlineMilliseconds, Is.EqualTo(250));
            Assert.That(() => npc.DeadlineMilliseconds = -1, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => npc.Priority = float.NaN, Throws.TypeOf<ArgumentOutOfRangeException>());
            reply.Generation.Complete(FinishReason.Expired);
            table.Tick();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Expired));
            Assert.That(reply.Text, Is.EqualTo("Not now."));
        }
    }
}
