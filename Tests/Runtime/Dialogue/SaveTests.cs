using System;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>Saving and restoring on a scripted engine that goes on where the prompt leaves off.</summary>
    public sealed class SaveTests
    {
        private const string Line = "Caf\u00E9 first. Then \U0001F409 dragons <b>come</b>. All is well.";

        [Test]
        public void AConversationComesBack()
        {
            using DialogueTable table = Table();
            Npc npc = table.Npc();
            npc.Memory.Remember("the bridge was washed away");
            npc.Sampling = new SamplingOptions { Temperature = 0.1f, Seed = 4294967295 };
            npc.MaxReplyTokens = 77;
            npc.HeadDials = new[] { 0.1f, 1f, -2f, 3e-20f };
            table.Says("Very well.", "open_gate");
            table.Finish(npc.Ask("Open, please!"));
            table.Finish(npc.Speak("The player waits."));
            byte[] save = npc.Save();
            using DialogueTable other = Table();
            Npc again = other.Npc();
            Assert.That(again.Restore(save), Is.EqualTo(RestoreResult.Identical));
            Assert.Multiple(() =>
            {
                Assert.That(again.History, Is.EqualTo(npc.History));
                Assert.That(again.History[1].Action, Is.EqualTo("open_gate"));
                Assert.That(again.Memory.Facts, Is.EqualTo(npc.Memory.Facts));
                Assert.That(again.Memory.Exchanges, Is.EqualTo(2));
                Assert.That(again.Draws, Is.EqualTo(npc.Draws));
                Assert.That(again.Sampling, Is.EqualTo(npc.Sampling));
                Assert.That(again.MaxReplyTokens, Is.EqualTo(77));
                Assert.That(again.HeadDials, Is.EqualTo(npc.HeadDials));
                Assert.That(again.Current, Is.Null);
                Assert.That(again.Save(), Is.EqualTo(save));
            });
        }

        [TestCase(false)]
        [TestCase(true)]
        public void AReplyGoesOnFromEveryToken(bool filtered)
        {
            string whole = Whole(filtered);
            int tokens = new DialogueTable().Tokenizer.Encode(Line).Length + 1;
            for (int cut = 0; cut < tokens; cut++)
            {
                using DialogueTable table = Table();
                Npc npc = Someone(table, filtered);
                NpcReply reply = npc.Ask("Hello!");
                table.Tick(cut);
                byte[] save = npc.Save();

                using DialogueTable other = Table();
                Npc again = Someone(other, filtered);
                Assert.That(again.Restore(save), Is.EqualTo(RestoreResult.Identical));
                NpcReply resumed = again.Current!;
                var text = new StringBuilder(resumed.Text);
                Assert.That(resumed.Text, Is.EqualTo(reply.Text), "cut {0}", cut);
                Assert.That(again.Save(), Is.EqualTo(save), "cut {0}", cut);
                resumed.TextAdded += (_, added) => text.Append(added);
                ReplyResult result = other.Finish(resumed);
                Assert.Multiple(() =>
                {
                    Assert.That(text.ToString(), Is.EqualTo(whole), "cut {0}", cut);
                    Assert.That(result.Text, Is.EqualTo(whole), "cut {0}", cut);
                    Assert.That(result.Action, Is.EqualTo("open_gate"), "cut {0}", cut);
                    Assert.That(result.Reason, Is.EqualTo(FinishReason.Finished));
                    Assert.That(again.Draws, Is.EqualTo((uint)other.Scripted), "cut {0}", cut);
                    Assert.That(again.History.Last(), Is.EqualTo(DialogueTurn.Npc(whole, "open_gate")), "cut {0}", cut);
                });
            }
        }

        [Test]
        public void AReplyThatEndedInAHeldSceneGoesOn()
        {
            using DialogueTable table = Table();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            table.Tick(4);
            while (!reply.Generation!.IsCompleted)
            {
                table.Scheduler.Tick(double.PositiveInfinity);
            }

            byte[] save = npc.Save();
            using DialogueTable other = Table();
            Npc again = other.Npc();
            Assert.That(again.Restore(save), Is.EqualTo(RestoreResult.Identical));
            Assert.That(again.Current!.Text, Is.EqualTo(reply.Text));
            Assert.That(other.Finish(again.Current!).Text, Is.EqualTo(table.Finish(reply).Text));
        }

        [Test]
        public void AnotherModelKeepsTextAndFacts()
        {
            using DialogueTable table = Table();
            Npc npc = table.Npc();
            npc.Memory.Remember("the bridge was washed away");
            table.Finish(npc.Ask("Hello!"));
            NpcReply reply = npc.Ask("And you?");
            table.TickUntil(() => reply.TextLength > 9);
            reply.ShownCharacters = 5;
            using DialogueTable other = Table();
            other.Stage.ModelHash = "another";
            Npc again = other.Npc();
            NpcReply speaking = again.Ask("Wait.");
            Assert.That(again.Restore(npc.Save()), Is.EqualTo(RestoreResult.TextOnly));
            Assert.That(again.Current, Is.Null);
            Assert.That(again.History, Is.EqualTo(npc.History.Append(DialogueTurn.Player("And you?")).Append(DialogueTurn.Npc("Caf\u00E9 "[..4]))), "what was shown, as after an interruption");
            Assert.That(again.Memory.Facts, Is.EqualTo(npc.Memory.Facts));
            Assert.That(other.Finish(speaking).Reason, Is.EqualTo(FinishReason.Interrupted));
            Assert.That(again.History, Has.Count.EqualTo(4), "the interrupted line is not added to what was restored");
        }

        [Test]
        public void TooSmallAContextKeepsTheText()
        {
            using DialogueTable table = Table();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            table.TickUntil(() => reply.TextLength > 9);
            using var small = new DialogueTable(context: 30) { Stage = { ModelHash = "model" } };
            Npc again = small.Npc();
            Assert.That(again.Restore(npc.Save()), Is.EqualTo(RestoreResult.TextOnly));
            Assert.That(again.History.Last().Text, Is.EqualTo(reply.Text.TrimEnd()));
        }

        [Test]
        public void ACancelledReplyIsSavedAsWhatWasShown()
        {
            using DialogueTable table = Table();
            Npc npc = table.Npc();
            NpcReply reply = npc.Ask("Hello!");
            table.TickUntil(() => reply.TextLength > 9);
            reply.Cancel();
            byte[] save = npc.Save();
            table.Tick();
            Assert.That(npc.Save(), Is.EqualTo(save));
        }

        [Test]
        public void AChoiceGoesOnAsOneOfItsLines()
        {
            using DialogueTable table = Table();
            string[] lines = { "Yes, of course.", "Yes, but later." };
            table.Says(lines[1]);
            table.Continues();
            Npc npc = table.Npc();
            _ = npc.Choose("Will you help?", lines);
            table.Tick(6);
            using DialogueTable other = Table();
            other.Says(lines[1]);
            other.Continues();
            Npc again = other.Npc();
            Assert.That(again.Restore(npc.Save()), Is.EqualTo(RestoreResult.Identical));
            NpcChoice<int> choice = again.CurrentChoice!;
            Assert.That(choice.Value, Is.Null);
            Assert.That(again.CurrentChoiceOf<DayOfWeek>(), Is.Null);
            Assert.That(other.Requests.Count + other.Finish(again.Current!).Text.Length, Is.GreaterThanOrEqualTo(lines[1].Length));
            Assert.That(again.History.Last().Text, Is.EqualTo(lines[1]));
            Assert.That(choice.Value, Is.EqualTo(1));
            Assert.That(again.CurrentChoice, Is.Null, "nothing is on its way");
        }

        [Test]
        public void AnEnumerationGoesOn()
        {
            using DialogueTable table = Table();
            table.Says("Friday");
            table.Continues();
            Npc npc = table.Npc();
            _ = npc.Choose<DayOfWeek>("When?");
            table.Tick(3);
            using DialogueTable other = Table();
            other.Says("Friday");
            other.Continues();
            Npc again = other.Npc();
            again.Restore(npc.Save());
            NpcChoice<DayOfWeek> choice = again.CurrentChoiceOf<DayOfWeek>()!;
            other.Finish(choice.Reply);
            Assert.That(choice.Value, Is.EqualTo(DayOfWeek.Friday));
        }

        [Test]
        public void TextThatJsonCannotHoldIsSavedAll()
        {
            using DialogueTable table = Table();
            Npc npc = table.Npc(new NpcPersona(new PersonaFacts { Name = "\uD800" }));
            npc.Memory.Remember("half a \uDC00 pair");
            Npc again = table.Npc();
            Assert.That(again.Restore(npc.Save()), Is.EqualTo(RestoreResult.Identical));
            Assert.That(again.Memory.Facts, Is.EqualTo(new[] { "half a \uFFFD pair" }));
        }

        [Test]
        public void AFullMemoryIsSaved()
        {
            using DialogueTable table = Table();
            Npc npc = table.Npc();
            for (int i = 0; i < NpcMemory.MaxTurns; i++)
            {
                npc.Memory.Add(DialogueTurn.Player(new string('\u4E00', NpcMemory.MaxTextLength)), DialogueTurn.Npc(new string('\u4E00', 20_000 + i)));
            }

            byte[] save = npc.Save();
            Assert.That(save.Length, Is.LessThanOrEqualTo(NpcSave.MaxBytes));
            Npc again = table.Npc();
            Assert.That(again.Restore(save), Is.EqualTo(RestoreResult.Identical));
            Assert.That(again.History.Last().Text, Has.Length.EqualTo(NpcSave.MaxTurnLength));
        }

        private static string Whole(bool filtered)
        {
            using DialogueTable table = Table();
            return table.Finish(Someone(table, filtered).Ask("Hello!")).Text;
        }

        private static Npc Someone(DialogueTable table, bool filtered)
        {
            Npc npc = table.Npc();
            npc.Filter = filtered ? new Softener() : null;
            return npc;
        }

        private static DialogueTable Table()
        {
            var table = new DialogueTable { Stage = { ModelHash = "model" } };
            table.Says(Line, "open_gate");
            table.Continues();
            return table;
        }

        private sealed class Softener : IReplyFilter
        {
            public FilterVerdict Check(Npc npc, ReadOnlySpan<char> sentence) =>
                sentence.StartsWith("Caf".AsSpan()) ? FilterVerdict.Replace("Tea comes first of all.") : FilterVerdict.Allow;
        }
    }
}
