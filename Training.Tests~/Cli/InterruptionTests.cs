using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using PrismLM.Training.Tests.Train;
using PrismLM.Training.Train;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>Ctrl-C and a request to terminate reach commands that compute on the main thread.</summary>
    [Platform(Exclude = "Win")]
    public sealed class InterruptionTests
    {
        private const int LimitMilliseconds = 120_000;
        private string _folder = "";

        [OneTimeSetUp]
        public void MakeFolder()
        {
            _folder = Directory.CreateTempSubdirectory("prism-signals-").FullName;
            TinyRun.WriteData(_folder);
        }

        [OneTimeTearDown]
        public void RemoveFolder() => Directory.Delete(_folder, true);

        [TestCase("INT")]
        [TestCase("TERM")]
        public void TrainSavesAndEnds(string signal)
        {
            string run = Path.Combine(_folder, "run-" + signal);
            using Process process = Train(run, 512);
            WaitForLine(process, "step 1 ");
            Signal(process, signal);
            End(process, 130);
            TrainingCursor cursor = TrainingState.Load(Path.Combine(run, "state.bin"), 3, Length(run), out _);
            Assert.That(cursor.Step, Is.GreaterThan(0));
            string[] expected = { "data.json", "loss.png", "metrics.jsonl", "options.json", "run.lock", "state.bin", "tokenizer.json" };
            Assert.That(Directory.GetFileSystemEntries(run).Select(Path.GetFileName), Is.SubsetOf(expected), "no partial file");
            Assert.That(MetricsLog.Read(Path.Combine(run, "metrics.jsonl")).Last().Step, Is.EqualTo(cursor.Step));
        }

        /// <summary>One step of this run takes minutes: the first signal waits for its end, the second one does not.</summary>
        [Test]
        public void ASecondSignalEndsAtOnce()
        {
            string run = Path.Combine(_folder, "run-twice");
            using Process process = Train(run, 2_000_000);
            Wait(() => File.Exists(Path.Combine(run, "metrics.jsonl")), "the run's folder");
            Signal(process, "INT");
            Assert.That(process.WaitForExit(1000), Is.False, "one signal lets the step end");
            Signal(process, "INT");
            Assert.That(process.WaitForExit(10_000), Is.True);
            Assert.That(process.ExitCode, Is.EqualTo(137));
        }

        [Test]
        public void ChatEndsWhileItWaitsForALine()
        {
            using Process process = CliProcess.Start(_folder, "chat", "--backend", "reference");
            WaitForLine(process, "/quit");
            Signal(process, "INT");
            End(process, 130);
        }

        private static void Signal(Process process, string name)
        {
            using Process kill = Process.Start("kill", new[] { "-" + name, FormattableString.Invariant($"{process.Id}") });
            kill.WaitForExit();
            Assert.That(kill.ExitCode, Is.Zero);
        }

        private static void End(Process process, int code)
        {
            Task<string> rest = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(LimitMilliseconds))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("The signal did not end it.");
            }

            Assert.That(process.ExitCode, Is.EqualTo(code), rest.Result);
        }

        private static void WaitForLine(Process process, string part)
        {
            Task<bool> found = Task.Run(() =>
            {
                while (process.StandardError.ReadLine() is string line)
                {
                    if (line.Contains(part, StringComparison.Ordinal))
                    {
                        return true;
                    }
                }

                return false;
            });
            Assert.That(found.Wait(LimitMilliseconds) && found.Result, Is.True, "waited for '" + part + "'");
        }

        private static void Wait(Func<bool> condition, string what)
        {
            var watch = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.That(watch.ElapsedMilliseconds, Is.LessThan(LimitMilliseconds), "waited for " + what);
                Thread.Sleep(20);
            }
        }

        private static int Length(string run)
        {
            using var model = TrainingSession.LoadModel(RunFolder.Open(run), out _);
            return (int)model.Parameters.Values.numel();
        }

        private Process Train(string run, int tokensPerStep) => CliProcess.Start(
            _folder, "train", run, "--data", "data.json", "--tokens", "1000000000", "--preset", "game-1m", "--context", "128", "--threads", "1",
            "--tokens-per-step", FormattableString.Invariant($"{tokensPerStep}"), "--tokens-per-micro-batch", "256");
    }
}
