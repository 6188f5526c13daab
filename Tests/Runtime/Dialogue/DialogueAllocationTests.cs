#if NET5_0_OR_GREATER
using System;
using NUnit.Framework;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class DialogueAllocationTests
    {
        /// <summary>From the engine's token to the handlers, two of them, sentences included: no byte on the game's thread.</summary>
        [TestCase(false)]
        [TestCase(true)]
        public void NothingIsAllocatedPerToken(bool filtered)
        {
            using var table = new DialogueTable(context: 4000);
            table.Says(string.Concat(System.Linq.Enumerable.Repeat("This is a sentence of some length. ", 40)));
            var counter = new Counter();
            var replies = new NpcReply[3];
            for (int i = 0; i < replies.Length; i++)
            {
                Npc npc = table.Npc();
                npc.MaxReplyTokens = 1500;
                npc.Filter = filtered ? counter : null;
                replies[i] = npc.Ask("Hello!");
                replies[i].TextAdded += counter.Words;
                replies[i].TextAdded += counter.Words;
                replies[i].SentenceCompleted += counter.Sentence;
            }

            table.Tick(400);
            int words = counter.Characters;
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 400; i++)
            {
                table.Stage.Tick(2);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.That(counter.Characters - words, Is.GreaterThan(2000));
            Assert.That(counter.Sentences, Is.GreaterThan(30));
            Assert.That(replies[0].IsCompleted, Is.False);
            Assert.That(allocated, Is.Zero);
        }

        private sealed class Counter : IReplyFilter
        {
            public int Characters { get; private set; }

            public int Sentences { get; private set; }

            public void Words(Npc npc, ReadOnlySpan<char> added) => Characters += added.Length;

            public void Sentence(Npc npc, ReadOnlySpan<char> sentence) => Sentences++;

            public FilterVerdict Check(Npc npc, ReadOnlySpan<char> sentence) => FilterVerdict.Allow;
        }
    }
}
#endif
