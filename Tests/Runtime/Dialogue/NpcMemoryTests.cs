using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class NpcMemoryTests
    {
        [Test]
        public void FactsOfTheGameAreInThePromptUntilForgotten()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc(new NpcPersona(new PersonaFacts { Name = "Bram", Facts = new[] { "the well is dry" } }));
            npc.Memory.Remember("the bridge is gone");
            table.Finish(npc.Ask("Hello!"));
            Assert.That(table.PromptText(0), Does.StartWith("Name: Bram\nFact: the well is dry\nFact: the bridge is gone\n"));
            Assert.That(npc.Memory.Forget("the bridge is gone"), Is.True);
            Assert.That(npc.Memory.Forget("the bridge is gone"), Is.False);
            npc.Memory.Remember("the well is dry");
            table.Finish(npc.Ask("Hello!"));
            Assert.That(table.PromptText(1), Does.StartWith("Name: Bram\nFact: the well is dry\n").And.Not.Contain("bridge"));
            Assert.That(() => npc.Memory.Remember(" "), Throws.ArgumentException);
            Assert.That(() => npc.Memory.Remember(new string('x', 2001)), Throws.ArgumentException);
            Assert.That(() => npc.Memory.Remember(null!), Throws.ArgumentNullException);
        }

        [Test]
        public void FactsAreBounded()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            for (int i = 0; i < 40; i++)
            {
                npc.Memory.Remember("fact " + i);
            }

            npc.Memory.Remember("fact 30");
            Assert.That(npc.Memory.Facts, Has.Count.EqualTo(NpcMemory.MaxFacts));
            Assert.That(npc.Memory.Facts[0], Is.EqualTo("fact 8"));
            Assert.That(npc.Memory.Facts.Last(), Is.EqualTo("fact 30"));
            npc.Memory.ClearFacts();
            Assert.That(npc.Memory.Facts, Is.Empty);
        }

        [Test]
        public void ExchangesGoFirstThenTheOldestFactsAndThePersonaNever()
        {
            using var table = new DialogueTable(context: 200);
            Npc npc = table.Npc();
            npc.MaxReplyTokens = 20;
            table.Finish(npc.Ask("Hello!"));
            for (int i = 0; i < 20; i++)
            {
                npc.Memory.Remember("this is fact " + i);
            }

            NpcReply reply = npc.Ask("What is new?");
            table.Finish(reply);
            string prompt = table.PromptText(1);
            Assert.That(prompt, Does.StartWith("Name: Bram\n").And.Contain("fact 19").And.Contain("What is new?"));
            Assert.That(prompt, Does.Not.Contain("fact 0\n").And.Not.Contain("Hello there."));
            Assert.That(reply.DroppedTurns, Is.EqualTo(2));
        }

        [Test]
        public void ThePersonasBudgetBoundsThePrompt()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc(new NpcPersona(new PersonaFacts { Name = "Bram" }) { ContextBudget = 90, MaxReplyTokens = 20 });
            for (int i = 0; i < 8; i++)
            {
                table.Finish(npc.Ask("Hello there, friend."));
            }

            Assert.That(table.Requests.Select(request => request.Prompt.Length).Max(), Is.InRange(40, 70));
            Assert.That(table.Requests.Last().MaxTokens, Is.EqualTo(20));
        }

        /// <summary>LLMUnity #385: context overflow needs an editor restart.</summary>
        [Test]
        public void ThreeHundredTurnsStayFlatAndKeepThePersona()
        {
            using var table = new DialogueTable(context: 300);
            Npc npc = table.Npc(new NpcPersona(new PersonaFacts { Name = "Bram", Kin = "a sister named Marwen" }));
            npc.MaxReplyTokens = 40;
            int tokens = 0;
#if NET5_0_OR_GREATER
            long settled = 0;
#endif
            for (int turn = 1; turn <= 600; turn++)
            {
                NpcReply reply = turn % 7 == 0 ? npc.Speak("turn " + turn + " begins") : npc.Ask("This is what the player says in turn " + turn + ".");
                ReplyResult result = table.Finish(reply);
                Assert.That(result.Reason, Is.EqualTo(FinishReason.Finished));
                tokens += result.Statistics.PromptTokens + result.Statistics.GeneratedTokens;
                string prompt = table.PromptText(0);
                Assert.That(prompt, Does.StartWith("Name: Bram\nKin: a sister named Marwen\n"));
                Assert.That(prompt, Does.Contain("turn " + turn));
                Assert.That(table.Requests[0].Prompt, Has.Length.LessThanOrEqualTo(260));
                table.Requests.Clear();
#if NET5_0_OR_GREATER
                settled = turn == 300 ? System.GC.GetTotalMemory(true) : settled;
#endif
            }

            Assert.That(tokens, Is.GreaterThan(10_000));
            Assert.That(npc.History, Has.Count.EqualTo(NpcMemory.MaxTurns));
            Assert.That(npc.History[0].Kind, Is.Not.EqualTo(TurnKind.Npc));
            Assert.That(npc.Memory.Exchanges, Is.EqualTo(600));
#if NET5_0_OR_GREATER
            Assert.That(System.GC.GetTotalMemory(true) - settled, Is.LessThan(200_000));
#endif
        }
    }
}
