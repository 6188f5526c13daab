using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Tests.Hosting
{
    /// <summary>A reply saved in its middle goes on with the same tokens, on each engine; the model is random, so that its replies are as various as can be.</summary>
    [Category("Vulkan")]
    public sealed class SavedReplyTests
    {
        private const int Tokens = 20;

        private static readonly NpcPersona Bram = new NpcPersona(new PersonaFacts { Name = "Bram", Actions = new[] { "open_gate" } })
        {
            Banned = "aeiou*",
            Sampling = new SamplingOptions { Temperature = 1.2f, TopK = 0, TopP = 1, RepetitionPenalty = 1.3f, Seed = 11 },
            MaxReplyTokens = Tokens,
        };

        [TestCase(BackendPreference.Reference)]
        [TestCase(BackendPreference.Vulkan)]
        public void TheRestHasTheSameTokens(BackendPreference backend)
        {
            PrismCheckpoint checkpoint = Model(1);
            int[] whole;
            uint draws;
            using (PrismRuntime runtime = Open(checkpoint, backend))
            {
                whole = Second(runtime, out Npc npc, Tokens);
                while (npc.Current != null)
                {
                    Tick(runtime);
                }

                draws = npc.Draws;
            }

            Assert.That(whole.Length, Is.GreaterThan(10), "something to cut");
            foreach (int cut in new[] { 0, 1, 7, whole.Length - 2 })
            {
                byte[] save;
                using (PrismRuntime before = Open(checkpoint, backend))
                {
                    Second(before, out Npc npc, cut);
                    save = npc.Save();
                }

                using PrismRuntime after = Open(checkpoint, backend);
                after.CreateNpc(Bram);
                Npc again = after.RestoreNpc(Bram, save, out RestoreResult result);
                Assert.That(result, Is.EqualTo(RestoreResult.Identical), "cut after {0}", cut);
                NpcReply reply = again.Current!;
                Finish(after, reply);
                Assert.That(reply.AllTokens(), Is.EqualTo(whole), "cut after {0}", cut);
                Assert.That(again.Draws, Is.EqualTo(draws), "every token draws once");
            }
        }

        [Test]
        public void AnotherModelKeepsTheText()
        {
            byte[] save;
            using (PrismRuntime before = Open(Model(1), BackendPreference.Reference))
            {
                Second(before, out Npc npc, 5);
                save = npc.Save();
            }

            using PrismRuntime after = Open(Model(2), BackendPreference.Reference);
            Npc again = after.RestoreNpc(Bram, save, out RestoreResult result);
            Assert.That(result, Is.EqualTo(RestoreResult.TextOnly));
            Assert.That(again.History[0], Is.EqualTo(DialogueTurn.Player("Hello!")));
            save[20] ^= 1;
            Assert.That(() => after.RestoreNpc(Bram, save, out _), Throws.TypeOf<PrismFileException>());
        }

        [Test]
        public void AnotherProcessGoesOnWithTheSameTokens()
        {
            string file = Path.Combine(TestContext.CurrentContext.WorkDirectory, System.Guid.NewGuid().ToString("N"));
            try
            {
                string expected;
                using (PrismRuntime runtime = Open(Model(1), BackendPreference.Reference))
                {
                    Second(runtime, out Npc npc, 5);
                    byte[] save = npc.Save();
                    Assert.That(save, Has.Length.LessThan(16 * 1024), "bytes of a save");
                    File.WriteAllBytes(file, save);
                    Finish(runtime, npc.Current!);
                    Finish(runtime, npc.Ask("And now?"));
                    expected = Lines(npc);
                }

                using Process process = ChildProcess.Start(ChildProcess.GoOn, file);
                System.Threading.Tasks.Task<string> output = process.StandardOutput.ReadToEndAsync();
                Assert.That(process.WaitForExit(60_000), Is.True);
                Assert.That(output.Result.TrimEnd(), Is.EqualTo(expected));
            }
            finally
            {
                File.Delete(file);
            }
        }

        /// <summary>Restores, lets the reply end and asks once more: what the NPC remembers then.</summary>
        internal static string Rest(byte[] save)
        {
            using PrismRuntime runtime = Open(Model(1), BackendPreference.Reference);
            Npc npc = runtime.RestoreNpc(Bram, save, out RestoreResult result);
            if (result != RestoreResult.Identical)
            {
                return result.ToString();
            }

            Finish(runtime, npc.Current!);
            Finish(runtime, npc.Ask("And now?"));
            return Lines(npc);
        }

        private static string Lines(Npc npc) => string.Join("|", npc.History.Select(turn => string.Concat(turn.Text.Select(letter => ((int)letter).ToString("x4", System.Globalization.CultureInfo.InvariantCulture))))) + " " + npc.Draws;

        /// <summary>Ticks through a first reply and so many tokens of a second.</summary>
        private static int[] Second(PrismRuntime runtime, out Npc npc, int tokens)
        {
            runtime.CreateNpc(Bram);
            npc = runtime.CreateNpc(Bram);
            Finish(runtime, npc.Ask("Hello!"));
            NpcReply reply = npc.Ask("What do you sell?");
            while (!reply.IsCompleted && reply.AllTokens().Length < tokens)
            {
                Tick(runtime);
            }

            return reply.AllTokens();
        }

        private static void Finish(PrismRuntime runtime, NpcReply reply)
        {
            for (int ticks = 0; !reply.IsCompleted; ticks++)
            {
                Assert.That(ticks, Is.LessThan(20_000));
                Tick(runtime);
            }
        }

        private static void Tick(PrismRuntime runtime)
        {
            // One token a tick at most, or a reply may have ended where it should be cut: the reference always takes one step, the device some of its slices.
            runtime.Tick(runtime.Backend.IsVulkan ? 0.05 : 1e-6);
            runtime.Scheduler.Wait(20);
        }

        private static PrismRuntime Open(PrismCheckpoint checkpoint, BackendPreference backend) =>
            PrismRuntime.Create(checkpoint, new PrismRuntimeOptions { Backend = backend, AllowSoftwareVulkan = true, Slots = 2 });

        private static PrismCheckpoint Model(int seed) => TalkingModel.Load(seed);
    }
}
