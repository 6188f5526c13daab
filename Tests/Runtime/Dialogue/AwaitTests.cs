using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    public sealed class AwaitTests
    {
        [Test]
        public void ResumesInsideTheTickOnItsThreadAfterCompleted()
        {
            using var table = new DialogueTable();
            var order = new List<string>();
            int thread = 0;
            async Task Scene(Npc npc)
            {
                NpcReply reply = npc.Ask("Hello!");
                reply.Completed += _ => order.Add("completed");
                ReplyResult first = await reply;
                order.Add(first.Text);
                thread = Environment.CurrentManagedThreadId;
                ReplyResult second = await npc.Ask("And?");
                order.Add(second.Text);
            }

            Task scene = Scene(table.Npc());
            table.Tick(100);
            Assert.That(scene.Status, Is.EqualTo(TaskStatus.RanToCompletion));
            Assert.That(order, Is.EqualTo(new[] { "completed", "Hello there.", "Hello there." }));
            Assert.That(thread, Is.EqualTo(Environment.CurrentManagedThreadId));
        }

        [Test]
        public void NeverThrows()
        {
            using var table = new DialogueTable();
            table.Engine.FailsNow = true;
            async Task<ReplyResult> Scene(Npc npc) => await npc.Ask("Hello!");
            Task<ReplyResult> failed = Scene(table.Npc());
            table.Tick(2);
            Assert.That(failed.Result.Reason, Is.EqualTo(FinishReason.Failed));
            Assert.That(failed.Result.Code, Is.EqualTo(ReplyCodes.EngineFailed));
            Assert.That(failed.Result.Error, Is.EqualTo("The script says so."));
        }

        [Test]
        public void AReplyThatHasEndedIsThereAtOnce()
        {
            using var table = new DialogueTable();
            NpcReply reply = table.Npc().Ask("Hello!");
            table.Finish(reply);
            async Task<ReplyResult> Scene() => await reply;
            Assert.That(Scene().Status, Is.EqualTo(TaskStatus.RanToCompletion));
            Assert.That(() => table.Npc().Ask("?").GetAwaiter().GetResult(), Throws.InvalidOperationException);
        }

        [Test]
        public void AThrowingSceneStopsNobodyElse()
        {
            using var table = new DialogueTable();
            NpcReply bad = table.Npc().Ask("Hello!");
            NpcReply good = table.Npc().Ask("Hello!");
            bad.GetAwaiter().OnCompleted(() => throw new FormatException());
            bool resumed = false;
            bad.GetAwaiter().OnCompleted(() => resumed = true);
            Assert.That(() => table.Tick(40), Throws.TypeOf<FormatException>());
            Assert.That(resumed, Is.True);
            Assert.That(good.Result?.Text, Is.EqualTo("Hello there."));
        }

        [Test]
        public void NothingResumesAfterDispose()
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            bool resumed = false;
            npc.Ask("Hello!").GetAwaiter().OnCompleted(() => resumed = true);
            table.Tick(2);
            npc.Dispose();
            table.Tick(40);
            Assert.That(resumed, Is.False);
        }

        [Test]
        public void ToolsReadTheWordsAsASequence()
        {
            using var table = new DialogueTable();
            NpcReply reply = table.Npc().Ask("Hello!");
            table.Tick(3);
            Task<string> reading = Read(reply.ReadAllAsync());
            table.Finish(reply);
            Assert.That(reading.Wait(10_000), Is.True);
            Assert.That(reading.Result, Is.EqualTo("Hello there."));
            Assert.That(Read(reply.ReadAllAsync()).Result, Is.EqualTo("Hello there."), "also when it has ended");
        }

        [Test]
        public void LeavingTheSequenceEarlyCancels()
        {
            using var table = new DialogueTable();
            NpcReply reply = table.Npc().Ask("Hello!");
            Task<string> reading = Read(reply.ReadAllAsync(), 1);
            table.Tick(2);
            Assert.That(reading.Wait(10_000), Is.True);
            table.Tick(2);
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
        }

        [Test]
        public void DisposeEndsTheSequence([Values] bool runtime)
        {
            using var table = new DialogueTable();
            Npc npc = table.Npc();
            Task<string> reading = Read(npc.Ask("Hello!").ReadAllAsync());
            table.Tick(2);
            (runtime ? (IDisposable)table.Stage : npc).Dispose();
            if (!runtime)
            {
                table.Tick();
            }

            Assert.That(reading.Wait(10_000), Is.True, "no unbounded wait");
        }

        [Test]
        public void ACancelledTokenEndsTheSequence()
        {
            using var table = new DialogueTable();
            using var source = new CancellationTokenSource();
            NpcReply reply = table.Npc().Ask("Hello!");
            Task<string> reading = Read(reply.ReadAllAsync(source.Token));
            table.Tick(2);
            source.Cancel();
            table.Tick();
            Assert.That(reading.Wait(10_000), Is.True);
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
        }

        private static async Task<string> Read(IAsyncEnumerable<string> pieces, int most = int.MaxValue)
        {
            string text = string.Empty;
            await foreach (string piece in pieces.ConfigureAwait(false))
            {
                text += piece;
                if (--most == 0)
                {
                    break;
                }
            }

            return text;
        }
    }
}
