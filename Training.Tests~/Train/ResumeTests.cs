using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Export;
using PrismLM.Training.Train;

namespace PrismLM.Training.Tests.Train
{
    /// <summary>A run that stops anywhere goes on with the same bits.</summary>
    public sealed class ResumeTests
    {
        private string _folder = "";

        [OneTimeSetUp]
        public void MakeFolder()
        {
            _folder = Directory.CreateTempSubdirectory("prism-train-").FullName;
            TinyRun.WriteData(_folder);
        }

        [OneTimeTearDown]
        public void RemoveFolder() => Directory.Delete(_folder, true);

        [Test, Order(1)]
        public void StoppedAndResumedIsTheSame()
        {
            var whole = TrainingRun.Start(Options("whole"), new Silent());
            Assert.That(whole.Finished, Is.True);
            using var stop = new CancellationTokenSource();
            var progress = new Silent { OnStep = step => Cancel(stop, step == 4) };
            Assert.That(TrainingRun.Start(Options("parts"), progress, stop.Token).Finished, Is.False);
            var resumed = TrainingRun.Resume(In("parts"), new Silent());
            Assert.That(resumed.Finished, Is.True);
            Assert.That(resumed.Steps, Is.EqualTo(whole.Steps).And.GreaterThan(8));
            AssertSameState("whole", "parts");
            Assert.That(Losses("parts"), Is.EqualTo(Losses("whole")));
        }

        /// <summary>The command in another process, ended without any warning in the middle of a step.</summary>
        [Test, Order(2)]
        public void KilledAndResumedIsTheSame()
        {
            var folder = RunFolder.Create(Options("killed") with { SaveEverySeconds = 0.001 });
            using (var process = Start("train", In("killed"), "--resume"))
            {
                var watch = Stopwatch.StartNew();
                while (!File.Exists(folder.State) && watch.Elapsed < TimeSpan.FromSeconds(120))
                {
                    Thread.Sleep(1);
                }

                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            var cursor = TrainingState.Load(folder.State, 3, Length(), out _);
            Assert.That(cursor.Step, Is.GreaterThan(0));
            Assert.That(cursor.Finished, Is.False, "a finished run would have nothing to resume");
            TrainingRun.Resume(In("killed"), new Silent());
            AssertSameState("whole", "killed");
        }

        [Test, Order(3)]
        public void ExportsWhatItTrained()
        {
            var path = In("whole.safetensors");
            Exporter.Export(In("whole"), path, WeightFormat.Float16, "whole", "CC0-1.0");
            var checkpoint = PrismCheckpoint.Load(path);
            var cursor = TrainingState.Load(RunFolder.Open(In("whole")).State, 3, Length(), out var vectors);
            var embedding = checkpoint.ReadFloats(TensorNames.TokenEmbedding);
            Assert.That(embedding.Zip(vectors[0], (stored, trained) => Math.Abs(stored - trained)).Max(), Is.LessThan(1e-4));
            Assert.That(checkpoint.Gain.Distinct(), Is.EquivalentTo(new[] { 1f, (float)-cursor.Lambda }));
            Assert.That(checkpoint.Info.DataLicences, Has.Count.EqualTo(3));
            Assert.That(checkpoint.Info.WeightLicence, Is.EqualTo("CC0-1.0"));
            Assert.That(checkpoint.Info.Metadata["x_preset"], Is.EqualTo("game-1m"));
            Assert.That(checkpoint.Warnings, Is.Empty);
            Assert.That(checkpoint.Config.DialogueFormat, Is.EqualTo(1));
            Assert.That(new FileInfo(RunFolder.Open(In("whole")).Plot).Length, Is.GreaterThan(5000));
        }

        [Test, Order(4)]
        public void ARequestedDecayEndsTheRun()
        {
            using var stop = new CancellationTokenSource();
            var options = Options("decay") with { TokenBudget = 1_000_000, Schedule = new LearningRateSchedule { Kind = ScheduleKind.WarmupStableDecay, WarmupTokens = 0 } };
            TrainingRun.Start(options, new Silent { OnStep = step => Cancel(stop, step == 2) }, stop.Token);
            var rates = new List<double>();
            var result = TrainingRun.Resume(In("decay"), new Silent { OnRate = rates.Add }, decayTokens: 2000);
            Assert.That(result.Finished, Is.True);
            Assert.That(result.Tokens, Is.LessThan(6000));
            Assert.That(rates, Is.Ordered.Descending);
            Assert.That(rates[^1], Is.LessThan(0.5 * rates[0]));
        }

        [Test, Order(5)]
        public void RefusesAFolderInUseAndASecondStart()
        {
            Assert.That(() => TrainingRun.Start(Options("whole"), new Silent()), Throws.InstanceOf<IOException>().With.Message.Contains("holds a training run already"));
            using var held = RunFolder.Open(In("whole")).Lock();
            Assert.That(() => TrainingRun.Resume(In("whole"), new Silent()), Throws.InstanceOf<IOException>().With.Message.Contains("is in use"));
            Assert.That(() => TrainingRun.Resume(In("nowhere"), new Silent()), Throws.TypeOf<FileNotFoundException>().With.Message.Contains("not a run folder"));
        }

        [TestCase(0)]
        [TestCase(20)]
        [TestCase(5000)]
        public void ADamagedStateIsFound(int cut)
        {
            var state = File.ReadAllBytes(RunFolder.Open(In("whole")).State);
            var path = In("damaged.bin");
            File.WriteAllBytes(path, state[..(state.Length - Math.Max(cut, 1))]);
            Assert.That(() => TrainingState.Load(path, 3, Length(), out _), Throws.TypeOf<InvalidDataException>());
            state[state.Length / 2] ^= 1;
            File.WriteAllBytes(path, state);
            Assert.That(() => TrainingState.Load(path, 3, Length(), out _), Throws.TypeOf<InvalidDataException>().With.Message.Contains("damaged"));
            Assert.That(() => TrainingState.Load(path, 3, 17, out _), Throws.TypeOf<InvalidDataException>().With.Message.Contains("another architecture"));
        }

        private static void Cancel(CancellationTokenSource stop, bool now)
        {
            if (now)
            {
                stop.Cancel();
            }
        }

        private static Process Start(params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "prism.dll"));
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            return Process.Start(start)!;
        }

        private string In(string name) => Path.Combine(_folder, name);

        private TrainingOptions Options(string name) => TinyRun.Options(_folder, name);

        private int Length()
        {
            using var session = TrainingSession.LoadModel(RunFolder.Open(In("whole")), out _);
            return (int)session.Parameters.Values.numel();
        }

        private double[] Losses(string name) => MetricsLog.Read(RunFolder.Open(In(name)).Metrics).Where(line => line.Loss.HasValue).Select(line => line.Loss!.Value).ToArray();

        private void AssertSameState(string first, string second)
        {
            var a = TrainingState.Load(RunFolder.Open(In(first)).State, 3, Length(), out var left);
            var b = TrainingState.Load(RunFolder.Open(In(second)).State, 3, Length(), out var right);
            Assert.That(b with { Seconds = 0 }, Is.EqualTo(a with { Seconds = 0 }));
            for (var i = 0; i < 3; i++)
            {
                Assert.That(right[i].AsSpan().SequenceEqual(left[i]), Is.True, "vector " + i);
            }
        }

        private sealed class Silent : ITrainingProgress
        {
            public Action<long> OnStep { get; init; } = _ => { };

            public Action<double> OnRate { get; init; } = _ => { };

            public void Report(TrainingStatus status)
            {
                OnStep(status.Step);
                OnRate(status.LearningRate);
            }

            public void Message(string text)
            {
            }
        }
    }
}
