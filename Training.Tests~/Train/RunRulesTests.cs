using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using PrismLM.Training.Train;

namespace PrismLM.Training.Tests.Train
{
    /// <summary>How runs begin, are interrupted, are brought to an end, and what they leave behind.</summary>
    public sealed class RunRulesTests
    {
        private string _folder = "";

        [OneTimeSetUp]
        public void MakeFolder()
        {
            _folder = Directory.CreateTempSubdirectory("prism-rules-").FullName;
            TinyRun.WriteData(_folder);
        }

        [OneTimeTearDown]
        public void RemoveFolder() => Directory.Delete(_folder, true);

        [Test]
        public void AnInterruptedRunIsSavedWithoutBeingMeasuredFirst()
        {
            using var stop = new CancellationTokenSource();
            var listener = new Listener { OnStep = _ => stop.Cancel() };
            var result = TrainingRun.Start(Options("interrupted"), listener, stop.Token);
            Assert.Multiple(() =>
            {
                Assert.That(result.Finished, Is.False);
                Assert.That(result.Steps, Is.EqualTo(1));
                Assert.That(result.ValidationBitsPerByte, Is.Null);
                Assert.That(listener.Messages, Is.Empty);
                Assert.That(File.Exists(RunFolder.Open(In("interrupted")).State), Is.True);
                Assert.That(Log("interrupted").Count(line => line.ValidationLoss.HasValue), Is.Zero);
            });
        }

        [Test]
        public void AFinishedRunThatIsResumedStaysAsItIs()
        {
            var options = Options("finished") with { TokenBudget = 1000 };
            var first = TrainingRun.Start(options, new Listener());
            var folder = RunFolder.Open(In("finished"));
            var (metrics, state) = (File.ReadAllText(folder.Metrics), File.ReadAllBytes(folder.State));
            var again = TrainingRun.Resume(In("finished"), new Listener());
            Assert.Multiple(() =>
            {
                Assert.That(first.ValidationBitsPerByte, Is.Not.Null);
                Assert.That(again.ValidationBitsPerByte, Is.EqualTo(first.ValidationBitsPerByte));
                Assert.That(again.Finished, Is.True);
                Assert.That(File.ReadAllText(folder.Metrics), Is.EqualTo(metrics));
                Assert.That(File.ReadAllBytes(folder.State), Is.EqualTo(state));
                Assert.That(() => TrainingRun.Resume(In("finished"), new Listener(), default, 500), Throws.ArgumentException.With.Message.Contains("finished"));
            });
        }

        [Test]
        public void AFinishedRunThatWasNotMeasuredIsMeasuredWhenResumed()
        {
            TrainingRun.Start(Options("unmeasured") with { TokenBudget = 1000 }, new Listener());
            var folder = RunFolder.Open(In("unmeasured"));
            File.WriteAllLines(folder.Metrics, File.ReadAllLines(folder.Metrics).Where(line => !line.Contains("validation", StringComparison.Ordinal)));
            Assert.That(TrainingRun.Resume(In("unmeasured"), new Listener()).ValidationBitsPerByte, Is.GreaterThan(0.0));
            Assert.That(Log("unmeasured").Count(line => line.ValidationLoss.HasValue), Is.EqualTo(1));
        }

        [TestCase(ScheduleKind.Cosine)]
        [TestCase(ScheduleKind.WarmupStableDecay)]
        public void ADecayBeginsAtThePresentRateAndLambdaArrives(ScheduleKind kind)
        {
            var name = "decay " + kind;
            using var stop = new CancellationTokenSource();
            var seen = new List<TrainingStatus>();
            var listener = new Listener
            {
                OnStep = status =>
                {
                    seen.Add(status);
                    if (status.Progress > 0.5)
                    {
                        stop.Cancel();
                    }
                },
            };
            var options = Options(name) with { TokenBudget = 12_000, Schedule = new LearningRateSchedule { Kind = kind, WarmupTokens = 0 } };
            TrainingRun.Start(options, listener, stop.Token);
            var before = seen[^1];
            seen.Clear();
            var result = TrainingRun.Resume(In(name), new Listener { OnStep = seen.Add }, default, 4000);
            Assert.Multiple(() =>
            {
                Assert.That(result.Finished, Is.True);
                Assert.That(result.Tokens, Is.LessThan(11_500), "before the budget");
                Assert.That(seen[0].LearningRate, Is.InRange(0.8 * before.LearningRate, before.LearningRate), "no jump");
                Assert.That(seen.Select(status => status.LearningRate), Is.Ordered.Descending);
                Assert.That(seen[^1].LearningRate, Is.LessThan(0.3 * options.LearningRate));
                Assert.That(seen[0].Lambda, Is.InRange(before.Lambda, before.Lambda + 0.02), "no jump");
                Assert.That(seen[^1].Lambda, Is.InRange(0.095, 0.1), "the final value");
            });
        }

        [Test]
        public void ADecayLongerThanTheBudgetEndsWithIt()
        {
            using var stop = new CancellationTokenSource();
            TrainingRun.Start(Options("long decay"), new Listener { OnStep = _ => stop.Cancel() }, stop.Token);
            var rates = new List<double>();
            TrainingRun.Resume(In("long decay"), new Listener { OnStep = status => rates.Add(status.LearningRate) }, default, 1_000_000);
            Assert.That(rates[^1], Is.LessThan(0.5 * rates[0]));
        }

        /// <summary>A step's bits depend on the number of workers: a run on another machine must not choose it anew.</summary>
        [Test]
        public void TheNumberOfThreadsIsDecidedOnce()
        {
            Assert.That(RunFolder.Create(Options("threads") with { Threads = 0 }).ReadOptions().Threads, Is.EqualTo(Environment.ProcessorCount));
            Assert.That(RunFolder.Create(Options("three threads") with { Threads = 3 }).ReadOptions().Threads, Is.EqualTo(3));
        }

        [Test]
        public void AStartThatFailsLeavesNothing()
        {
            void Fails(string change, string mentions, string device = "cpu")
            {
                var list = Path.Combine(_folder, "other.json");
                File.WriteAllText(list, change);
                var options = Options("never") with { DataFile = list, Device = device };
                Assert.That(() => TrainingRun.Start(options, new Listener()), Throws.Exception.With.Message.Contains(mentions), mentions);
                Assert.That(Directory.Exists(options.RunFolder), Is.False, mentions);
            }

            var good = File.ReadAllText(In("data.json"));
            Fails(good, "CUDA", "cuda");
            Fails(good.Replace("\"file\":\"text.txt\"", "\"file\":\"gone.txt\"", StringComparison.Ordinal), "gone.txt");
            Fails(good.Replace("\"validation\":\"text.txt\"", "\"validation\":\"gone.txt\"", StringComparison.Ordinal), "gone.txt");
            Fails(good.Replace("\"generator\":\"drill\"", "\"generator\":\"poems\"", StringComparison.Ordinal), "poems");
            var failing = new Listener { OnStep = _ => throw new InvalidOperationException("after the first step") };
            Assert.That(() => TrainingRun.Start(Options("one step"), failing), Throws.InvalidOperationException);
            Assert.That(RunFolder.Open(In("one step")).ReadOptions().Preset, Is.EqualTo("game-1m"), "a run that has taken a step is kept");
        }

        private string In(string name) => Path.Combine(_folder, name);

        private TrainingOptions Options(string name) => TinyRun.Options(_folder, name);

        private IEnumerable<MetricsLine> Log(string name) => MetricsLog.Read(RunFolder.Open(In(name)).Metrics);
    }
}
