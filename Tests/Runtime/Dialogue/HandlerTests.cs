using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>What handlers may do, and who else is served whatever they do.</summary>
    public sealed class HandlerTests
    {
        [Test]
        public void AHandlerMayAsk()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            var texts = new List<string>();
            void Next(NpcReply done)
            {
                texts.Add(done.Text);
                if (texts.Count < 3)
                {
                    npc.Ask("And?").Completed += Next;
                }
            }

            npc.Ask("Hello!").Completed += Next;
            table.TickUntil(() => texts.Count == 3);
            Assert.That(texts, Is.All.EqualTo("Hello there."));
            Assert.That(npc.History, Has.Count.EqualTo(6));
        }

        [Test]
        public void AHandlerThatAsksAnotherLineInterruptsItsOwnReply()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply first = npc.Ask("Hello!");
            NpcReply? second = null;
            first.TextAdded += (_, _) => second ??= npc.Ask("Never mind.");
            table.TickUntil(() => second != null && second.IsCompleted);
            Assert.That(first.Result!.Reason, Is.EqualTo(FinishReason.Interrupted));
            Assert.That(second!.Text, Is.EqualTo("Hello there."));
        }

        [Test]
        public void AHandlerMayCancel()
        {
            using var table = new DialogueTable();
            NpcReply reply = table.Npc().Ask("Hello!");
            int pieces = 0;
            int completed = 0;
            reply.TextAdded += (_, _) =>
            {
                pieces++;
                reply.Cancel();
            };
            reply.Completed += _ => completed++;
            table.Tick(30);
            Assert.That(pieces, Is.EqualTo(1));
            Assert.That(completed, Is.EqualTo(1));
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
        }

        [Test]
        public void AHandlerMayDisposeItsNpc()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            NpcReply other = table.Npc().Ask("Hello!");
            int events = 0;
            reply.TextAdded += (_, _) =>
            {
                events++;
                npc.Dispose();
            };
            reply.Completed += _ => events++;
            table.Finish(other);
            Assert.That(events, Is.EqualTo(1), "nothing after Dispose");
            Assert.That(reply.IsCompleted, Is.True, "a loop that waits for it ends");
            Assert.That(() => npc.Ask("Hello?"), Throws.TypeOf<ObjectDisposedException>());
            npc.Dispose();
        }

        [Test]
        public void AHandlerMayDisposeTheRuntime()
        {
            using var table = new DialogueTable();
            NpcReply reply = table.Npc().Ask("Hello!");
            NpcReply other = table.Npc().Ask("Hello!");
            int events = 0;
            int releasedInside = -1;
            reply.TextAdded += (_, _) =>
            {
                table.Stage.Dispose();
                releasedInside = table.Releases;
                events++;
            };
            other.TextAdded += (_, _) => events++;
            other.Completed += _ => events++;
            Assert.That(() => table.Tick(5), Throws.TypeOf<ObjectDisposedException>(), "the ticks after it");
            Assert.That(events, Is.EqualTo(1));
            Assert.That(releasedInside, Is.Zero, "not while the tick runs");
            Assert.That(table.Releases, Is.EqualTo(1));
            Assert.That(other.IsCompleted, Is.True);
            table.Stage.Dispose();
            Assert.That(table.Releases, Is.EqualTo(1));
        }

        [TestCase(true)]
        [TestCase(false)]
        public void AThrowingHandlerEndsItsOwnReplyAndStopsNobodyElse(bool inText)
        {
            using var table = new DialogueTable();
            NpcReply bad = table.Npc().Ask("Hello!");
            NpcReply good = table.Npc().Ask("Hello!");
            string heard = string.Empty;
            int completed = 0;
            void Throw() => throw new FormatException("mine");
            if (inText)
            {
                bad.TextAdded += (_, _) => Throw();
            }
            else
            {
                bad.Completed += _ => Throw();
            }

            bad.TextAdded += (_, added) => heard += added.ToString();
            bad.Completed += _ => completed++;
            int thrown = 0;
            for (int i = 0; i < 40; i++)
            {
                try
                {
                    table.Tick();
                }
                catch (FormatException)
                {
                    thrown++;
                }
            }

            Assert.That(thrown, Is.EqualTo(1), "it comes out of the tick, once");
            Assert.That(completed, Is.EqualTo(1));
            Assert.That(good.Text, Is.EqualTo("Hello there."));
            Assert.That(heard, Is.EqualTo(inText ? "H" : "Hello there."), "the handler after it was served");
            Assert.That(bad.Result!.Code, Is.EqualTo(inText ? ReplyCodes.HandlerThrew : null));
            Assert.That(bad.Result.Reason, Is.EqualTo(inText ? FinishReason.Failed : FinishReason.Finished));
            Assert.That(bad.Result.UsedFallback, Is.False);
        }

        [Test]
        public void TickInsideAHandlerThrows()
        {
            using var table = new DialogueTable();
            NpcReply reply = table.Npc().Ask("Hello!");
            Exception? thrown = null;
            reply.Completed += _ => thrown = Assert.Catch(() => table.Tick());
            table.Finish(reply);
            Assert.That(thrown, Is.TypeOf<InvalidOperationException>());
        }

        [Test]
        public void TheThreadThatFirstTicksOwns()
        {
            using var table = new DialogueTable();
            Npc npc = Task.Run(() => table.Npc()).GetAwaiter().GetResult();
            NpcReply reply = Task.Run(() => npc.Ask("Hello!")).GetAwaiter().GetResult();
            table.Tick();
            foreach (Action use in new Action[]
            {
                () => npc.Ask("Hello!"), () => npc.Speak("rain"), () => table.Tick(), () => reply.Interrupt(1), () => reply.TextAdded += (_, _) => { },
                () => npc.Memory.Remember("x"), () => npc.Forget(), () => npc.Persona = DialogueTable.Bram, () => table.Npc(), () => table.Stage.CancelAll(), () => reply.ReadAllAsync(),
            })
            {
                Assert.That(() => Elsewhere(use), Throws.InvalidOperationException.With.Message.Contains("thread"));
            }

            Elsewhere(reply.Cancel);
            table.Tick();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
            Elsewhere(npc.Dispose);
            Elsewhere(table.Stage.Dispose);
            Assert.That(table.Releases, Is.EqualTo(1));
        }

        [Test]
        public void DisposeFromAnotherThreadDuringATickLetsTheTickEnd()
        {
            using var table = new DialogueTable();
            NpcReply reply = table.Npc().Ask("Hello!");
            int events = 0;
            reply.TextAdded += (_, _) =>
            {
                events++;
                Elsewhere(table.Stage.Dispose);
                Assert.That(table.Releases, Is.Zero);
            };
            Assert.That(table.Tick(), Is.False);
            Assert.That(table.Releases, Is.EqualTo(1));
            Assert.That(events, Is.EqualTo(1));
        }

        [Test]
        public void ThirtyTwoNpcsUnderRandomLoad()
        {
            var random = new Random(4);
            using var table = new DialogueTable(slots: 7);
            Npc[] npcs = Enumerable.Range(0, 32).Select(_ => table.Npc()).ToArray();
            var replies = new List<NpcReply>();
            var completed = new Dictionary<NpcReply, int>();
            for (int step = 0; step < 2000; step++)
            {
                Npc npc = npcs[random.Next(npcs.Length)];
                switch (random.Next(6))
                {
                    case 0:
                    case 1:
                        NpcReply reply = npc.Ask("Line " + step);
                        completed.Add(reply, 0);
                        reply.Completed += done => completed[done]++;
                        replies.Add(reply);
                        break;
                    case 2:
                        npc.Current?.Cancel();
                        break;
                    case 3:
                        npc.Current?.Interrupt(random.Next(8));
                        break;
                    case 4:
                        npc.Memory.Remember("fact " + random.Next(100));
                        break;
                }

                table.Tick();
            }

            table.TickUntil(() => !table.Tick());
            Assert.That(completed.Values, Is.All.EqualTo(1));
            Assert.That(table.Engine.Released, Is.EqualTo(table.Engine.Admitted));
            Assert.That(replies.Where(each => each.Result!.Reason == FinishReason.Finished).Select(each => each.Text), Is.Not.Empty.And.All.EqualTo("Hello there."));
        }

        private static void Elsewhere(Action action)
        {
            Exception? thrown = null;
            var thread = new Thread(() =>
            {
                try
                {
                    action();
                }
                catch (Exception error)
                {
                    thrown = error;
                }
            });
            thread.Start();
            thread.Join();
            if (thrown != null)
            {
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(thrown).Throw();
            }
        }
    }
}
