using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class InterruptionTests
    {
        [Test]
        public void ASecondLineInterruptsAndHistoryKeepsWhatWasShown()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            var order = new List<string>();
            NpcReply first = npc.Ask("Hello!");
            first.TextAdded += (_, added) => order.Add("1:" + added.ToString());
            first.Completed += reply => order.Add("1 " + reply.Result!.Reason);
            table.TickUntil(() => first.TextLength >= 5);
            string shown = first.Text;
            order.Clear();
            NpcReply second = npc.Ask("And you?");
            second.TextAdded += (_, added) => order.Add("2:" + added.ToString());
            Assert.That(npc.History, Is.EqualTo(new[] { DialogueTurn.Player("Hello!"), DialogueTurn.Npc(shown) }), "at once, for the prompt of the second reply");
            Assert.That(order, Is.Empty, "nothing is raised outside the tick");
            table.Finish(second);
            Assert.That(order[0], Is.EqualTo("1 Interrupted"));
            Assert.That(order.Count(entry => entry[0] == '1'), Is.EqualTo(1));
            Assert.That(first.Result!.Text, Is.EqualTo(shown));
            Assert.That(table.PromptText(1), Does.Contain(shown));
            Assert.That(npc.History, Has.Count.EqualTo(4));
        }

        [Test]
        public void AnInterruptionBeforeAnyWordLeavesNoTrace()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply first = npc.Ask("Hello!");
            NpcReply second = npc.Ask("And you?");
            table.Finish(second);
            Assert.That(first.Result!.Reason, Is.EqualTo(FinishReason.Interrupted));
            Assert.That(npc.History.Select(turn => turn.Text), Is.EqualTo(new[] { "And you?", "Hello there." }));
        }

        [Test]
        public void InterruptKeepsTheCharactersThatWereShown()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            table.TickUntil(() => reply.TextLength >= 8);
            reply.Interrupt(5);
            Assert.That(npc.History.Last(), Is.EqualTo(DialogueTurn.Npc("Hello")));
            table.Tick();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Interrupted));
            Assert.That(reply.Text, Is.EqualTo("Hello"));
            Assert.That(() => reply.Interrupt(-1), Throws.TypeOf<System.ArgumentOutOfRangeException>());
        }

        [Test]
        public void AReplyThatIsCompleteButStillShownKeepsItsResultAndChangesTheHistory()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            var reveal = new TextReveal();
            NpcReply reply = npc.Ask("Hello!");
            reveal.Follow(reply);
            table.Finish(reply);
            Assert.That(npc.History.Last().Text, Is.EqualTo("Hello there."));
            reveal.CharactersPerSecond = 10;
            reveal.Advance(0.6);
            Assert.That(reveal.Shown.ToString(), Is.EqualTo("Hello"));
            npc.Ask("Wait!");
            Assert.That(npc.History.Last().Text, Is.EqualTo("Hello"));
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Finished));
            Assert.That(reply.Text, Is.EqualTo("Hello there."));
        }

        [Test]
        public void NeverHalfACharacterInTheHistory()
        {
            using var table = new DialogueTable();
            table.Says("A\U0001F600B");
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            table.Finish(reply);
            reply.Interrupt(2);
            Assert.That(npc.History.Last().Text, Is.EqualTo("A"));
        }

        [Test]
        public void CancelIsOneCompletedAndNoText([Values(0, 1, 4)] int ticks)
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            int completed = 0;
            reply.Completed += _ => completed++;
            table.Tick(ticks);
            string shown = reply.Text;
            bool raised = false;
            reply.TextAdded += (_, _) => raised = true;
            reply.SentenceCompleted += (_, _) => raised = true;
            reply.Cancel();
            reply.Cancel();
            Assert.That(completed, Is.Zero, "not before the tick");
            table.Tick();
            Assert.That(completed, Is.EqualTo(1));
            table.Tick(40);
            Assert.That(completed, Is.EqualTo(1));
            Assert.That(raised, Is.False);
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
            Assert.That(reply.Text, Is.EqualTo(shown));
            Assert.That(npc.History, Has.Count.EqualTo(shown.Length > 0 ? 2 : 0));
            Assert.That(npc.Current, Is.Null);
            Assert.That(table.Engine.Released, Is.EqualTo(table.Engine.Admitted));
        }

        [Test]
        public void ATokenCancels()
        {
            using var table = new DialogueTable();
            using var source = new System.Threading.CancellationTokenSource();
            NpcReply reply = table.Npc().Ask("Hello!", source.Token);
            table.Tick(3);
            System.Threading.Tasks.Task.Run(source.Cancel).Wait();
            table.Tick();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
        }

        [Test]
        public void ScriptedScenesHoldEveryone()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            NpcReply other = table.Npc().Ask("Hello!");
            table.Tick(3);
            string before = reply.Text;
            table.Stage.IsHeld = true;
            NpcReply late = table.Npc().Ask("And me?");
            table.Tick(20);
            Assert.That(reply.Text, Is.EqualTo(before));
            Assert.That(late.TextLength, Is.Zero);
            other.Cancel();
            table.Tick();
            Assert.That(other.Result!.Reason, Is.EqualTo(FinishReason.Cancelled), "what ends, ends");
            table.Stage.IsHeld = false;
            Assert.That(table.Finish(reply).Text, Is.EqualTo("Hello there."));
            Assert.That(table.Finish(late).Text, Is.EqualTo("Hello there."));
        }

        [Test]
        public void CancelAllEndsEveryone()
        {
            using var table = new DialogueTable(slots: 2);
            NpcReply[] replies = Enumerable.Range(0, 5).Select(_ => table.Npc().Ask("Hello!")).ToArray();
            table.Tick(2);
            table.Stage.CancelAll();
            table.Tick();
            Assert.That(replies.Select(reply => reply.Result!.Reason), Is.All.EqualTo(FinishReason.Cancelled));
            Assert.That(table.Tick(), Is.False);
        }

        [Test]
        public void ABudgetOfZeroDoesNothing()
        {
            using var table = new DialogueTable();
            NpcReply reply = table.Npc().Ask("Hello!");
            reply.Cancel();
            Assert.That(table.Stage.Tick(0), Is.True);
            Assert.That(reply.IsCompleted, Is.False);
            Assert.That(table.Engine.Admitted, Is.Zero);
        }
    }
}
