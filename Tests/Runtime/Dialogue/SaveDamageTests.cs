using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Dialogue;

namespace PrismLM.Tests.Dialogue
{
    /// <summary>Saves that are damaged, edited or hostile: a code, in time, and an NPC that is as it was.</summary>
    public sealed class SaveDamageTests
    {
        /// <summary>A name, an edit of the save's text (its hash is put right afterwards), a code, and what the message has to say.</summary>
        private static IEnumerable<TestCaseData> Edits()
        {
            TestCaseData Case(string name, Func<string, string> edit, string code, string says) => new TestCaseData(edit, code, says).SetArgDisplayNames(name);
            yield return Case("newer version", text => text.Replace("{\"prism_save\":1", "{\"prism_save\":2,\"brain\":[]"), SaveCodes.Newer, "version 2");
            yield return Case("version 0", text => text.Replace("{\"prism_save\":1", "{\"prism_save\":0"), SaveCodes.UnknownVersion, "version 0");
            yield return Case("token beyond the vocabulary", text => text.Replace("\"tokens\":[", "\"tokens\":[70000,"), SaveCodes.UnknownToken, "$.reply.tokens[0]");
            yield return Case("token beyond the vocabulary in the prompt", text => text.Replace("\"prompt\":[", "\"prompt\":[275,"), SaveCodes.UnknownToken, "token 275");
            yield return Case("negative token", text => text.Replace("\"tokens\":[", "\"tokens\":[-1,"), SaveCodes.WrongValue, "-1");
            yield return Case("a thousand million turns", text => text.Replace("\"history\":[", "\"history\":[" + string.Concat(Enumerable.Repeat("{\"player\":\"a\"},", 150_000))), SaveCodes.TooMany, "at most 128");
            yield return Case("too many facts", text => text.Replace("\"facts\":[", "\"facts\":[" + string.Concat(Enumerable.Repeat("\"a\",", 40))), SaveCodes.TooMany, "at most 32");
            yield return Case("long turn", text => text.Replace("\"history\":[", "\"history\":[{\"player\":\"" + new string('a', 20_000) + "\"},"), SaveCodes.TooLong, "at most 16384");
            yield return Case("turn of a megabyte", text => text.Replace("\"history\":[", "\"history\":[{\"player\":\"" + new string('a', 1 << 20) + "\"},"), SaveCodes.TooLong, "$.history[0].player");
            yield return Case("hundred megabytes", text => text.Replace("\"history\":[", "\"history\":[{\"player\":\"" + new string('a', 100 << 20) + "\"},"), SaveCodes.TooLarge, "at most 4194304");
            yield return Case("no counter", text => text.Replace("\"draws\":5,\"exchanges\"", "\"exchanges\""), SaveCodes.Missing, "no draws");
            yield return Case("no counter of the reply", text => text.Replace("\"draws\":5,\"sampling\"", "\"sampling\""), SaveCodes.Missing, "$.reply");
            yield return Case("path for an id", text => text.Replace("\"id\":0", "\"id\":\"../../x\""), SaveCodes.WrongValue, "$.id");
            yield return Case("id of another size", text => text.Replace("\"id\":0", "\"id\":4294967296"), SaveCodes.WrongValue, "4294967295");
            yield return Case("fraction for an integer", text => text.Replace("\"exchanges\":1", "\"exchanges\":1.0"), SaveCodes.WrongValue, "1.0");
            yield return Case("exponent for an integer", text => text.Replace("\"exchanges\":1", "\"exchanges\":1e0"), SaveCodes.WrongValue, "1e0");
            yield return Case("depth bomb", text => text.Replace("\"facts\":[", "\"facts\":[" + new string('[', 100_000)), SaveCodes.WrongValue, "$.facts[0]");
            yield return Case("depth bomb in objects", text => text.Replace("\"facts\":[", "\"brain\":" + string.Concat(Enumerable.Repeat("{\"a\":", 1000))), SaveCodes.Unknown, "brain");
            yield return Case("number that is none", text => text.Replace("\"temperature\":", "\"temperature\":NaN"), SaveCodes.NotJson, "temperature");
            yield return Case("temperature out of range", text => text.Replace("\"temperature\":", "\"temperature\":1"), SaveCodes.WrongValue, "Temperature");
            yield return Case("member twice", text => text.Replace("\"id\":0", "\"id\":0,\"id\":0"), SaveCodes.NotJson, "twice");
            yield return Case("unknown member", text => text.Replace("\"id\":0", "\"id\":0,\"gold\":99"), SaveCodes.Unknown, "gold");
            yield return Case("turn of two", text => text.Replace("\"history\":[{\"player\":", "\"history\":[{\"npc\":\"a\",\"player\":"), SaveCodes.WrongValue, "a turn of two");
            yield return Case("turn of nobody", text => text.Replace("\"history\":[", "\"history\":[{},"), SaveCodes.Missing, "a turn of nobody");
            yield return Case("reply that has ended", text => text.Replace("\"max_tokens\":96", "\"max_tokens\":1"), SaveCodes.WrongValue, "fewer than 1");
            yield return Case("no prompt", text => text.Substring(0, text.IndexOf("\"prompt\":[", StringComparison.Ordinal)) + "\"prompt\":[]" + text.Substring(text.IndexOf("],\"tokens\"", StringComparison.Ordinal) + 1), SaveCodes.WrongValue, "0 tokens of prompt");
            yield return Case("dials of another model", text => text.Replace("\"head_dials\":[]", "\"head_dials\":[1,2,3]"), SaveCodes.WrongValue, "3 head dials");
            yield return Case("line ends of another system", text => text.Replace("\"id\":0", "\r\n\"id\":0x"), SaveCodes.NotJson, "$.id");
            yield return Case("another object", _ => "{\"a\":1}", SaveCodes.NotJson, "prism_save");
            yield return Case("an array", _ => "[1]", SaveCodes.WrongValue, "an array");
        }

        [TestCaseSource(nameof(Edits))]
        public void AnEditedSaveIsRefusedAndNothingChanges(Func<string, string> edit, string code, string says)
        {
            using DialogueTable table = Table(out Npc npc);
            byte[] save = npc.Save();
            string body = Encoding.UTF8.GetString(save, 0, save.Length - SaveSeal.Length - 1) + "}";
            string edited = edit(body);
            Assert.That(edited, Is.Not.EqualTo(body), "an edit");
            Refuses(npc, SaveSeal.Add(Encoding.UTF8.GetBytes(edited)), code, says, save);
        }

        [Test]
        public void EveryPartOfASaveIsRefused()
        {
            using DialogueTable table = Table(out Npc npc);
            byte[] save = npc.Save();
            Refuses(npc, Array.Empty<byte>(), SaveCodes.Empty, "0 bytes", save);
            for (int length = 1; length < save.Length; length++)
            {
                byte[] part = save.AsSpan(0, length).ToArray();
                var error = Assert.Throws<PrismFileException>(() => npc.Restore(part))!;
                Assert.That(error.Code, Is.EqualTo(SaveCodes.CutOff));
            }

            Assert.That(npc.Save(), Is.EqualTo(save));
        }

        [Test]
        public void EveryFlippedBitIsFound()
        {
            using DialogueTable table = Table(out Npc npc);
            byte[] save = npc.Save();
            Assert.That(save.Length, Is.InRange(1024, 4096));
            for (int bit = 0; bit < 8 * save.Length; bit++)
            {
                save[bit / 8] ^= (byte)(1 << (bit % 8));
                var error = Assert.Throws<PrismFileException>(() => SaveReader.Read(save, "a.save", "model", table.Engine.Config))!;
                Assert.That(error.Code, Is.EqualTo(SaveCodes.Damaged).Or.EqualTo(SaveCodes.CutOff));
                save[bit / 8] ^= (byte)(1 << (bit % 8));
            }

            Assert.That(npc.Restore(save), Is.EqualTo(RestoreResult.Identical));
        }

        [Test]
        public void ASaveIsRestoredOnce()
        {
            using DialogueTable table = Table(out Npc npc);
            byte[] save = npc.Save();
            Npc second = table.Npc();
            Npc third = table.Npc();
            second.Restore(save);
            Assert.That(second.Id, Is.Zero);
            Assert.That(npc.Id, Is.Not.Zero.And.Not.EqualTo(third.Id), "it gives way: its number was not from a save");
            Refuses(third, save, SaveCodes.SameNpcTwice, "Dispose", third.Save());
            second.Dispose();
            Assert.That(third.Restore(save), Is.EqualTo(RestoreResult.Identical));
        }

        private static void Refuses(Npc npc, byte[] save, string code, string says, byte[] before)
        {
            var clock = Stopwatch.StartNew();
            var error = Assert.Throws<PrismFileException>(() => npc.Restore(save))!;
            Assert.Multiple(() =>
            {
                Assert.That(error.Code, Is.EqualTo(code), error.Message);
                Assert.That(error.Message, Does.Contain(says));
                Assert.That(error.Message.Length, Is.LessThanOrEqualTo(PrismFileException.MaxMessageLength));
                Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(2));
                Assert.That(npc.Save(), Is.EqualTo(before), "nothing changed");
            });
        }

        /// <summary>Somebody in the middle of a second reply.</summary>
        private static DialogueTable Table(out Npc npc)
        {
            var table = new DialogueTable { Stage = { ModelHash = "model" } };
            npc = table.Npc();
            npc.Memory.Remember("the bridge was washed away");
            npc.Memory.Remember("a long fact, so that there is something to damage: " + new string('x', 100));
            table.Says("Aye!");
            table.Finish(npc.Ask("Hello!"));
            Assert.That(npc.Draws, Is.EqualTo(5), "the edits above look for it");
            table.Says("Nobody goes there.");
            NpcReply reply = npc.Ask("And the bridge?");
            table.TickUntil(() => reply.TextLength > 7);
            return table;
        }
    }
}
