using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Hosting;

namespace PrismLM.Tests.Hosting
{
    /// <summary>Another model while the game runs, and the end of a runtime at any moment.</summary>
    [Category("Vulkan")]
    public sealed class ReloadTests
    {
        private string _path = string.Empty;

        [SetUp]
        public void WriteModel()
        {
            _path = Path.Combine(TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N"));
            File.WriteAllBytes(_path, Stories260K.CheckpointBytes());
        }

        [TearDown]
        public void DeleteModel() => File.Delete(_path);

        [Test]
        public void TheNewModelTakesOverInsideATickAndTheOldOneEndsItsReplies([Values] BackendPreference backend)
        {
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), Options(backend));
            int[] alone = Tokens(runtime, 24);
            Scheduler before = runtime.Scheduler;
            GenerationReply begun = Submit(runtime, 24);
            GenerationReply waiting = Submit(runtime, 24);
            runtime.Tick(2, 16);
            Task reload = runtime.ReloadAsync(_path);
            Assert.That(() => { _ = runtime.ReloadAsync(_path); }, Throws.InvalidOperationException);
            Wait(() => reload.IsCompleted || Ready(runtime, before));
            Assert.That(runtime.Scheduler, Is.Not.SameAs(before));
            Assert.That(reload.Wait(5000), Is.True);
            GenerationReply fresh = Submit(runtime, 24);
            Wait(() => !runtime.Tick(2, 16) || (begun.IsCompleted && waiting.IsCompleted && fresh.IsCompleted && !runtime.IsReloading));
            Assert.That(begun.Result!.Tokens, Is.EqualTo(alone));
            Assert.That(waiting.Result!.Tokens, Is.EqualTo(alone));
            Assert.That(fresh.Result!.Tokens, Is.EqualTo(alone), "the same model");
            Wait(() => { runtime.Tick(2, 16); return !runtime.IsReloading; });
        }

        [Test]
        public void AFailedReloadChangesNothing()
        {
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), Options(BackendPreference.Vulkan));
            int[] alone = Tokens(runtime, 64);
            Scheduler before = runtime.Scheduler;
            GenerationReply reply = Submit(runtime, 64);
            File.WriteAllText(_path, "no model");
            Task reload = runtime.ReloadAsync(_path);
            Wait(() => !runtime.Tick(2, 16) && reload.IsCompleted);
            Assert.That(reload.Exception!.InnerException, Is.InstanceOf<PrismFileException>());
            Assert.That(reply.Result!.Tokens, Is.EqualTo(alone));
            Assert.That(runtime.Scheduler, Is.SameAs(before));
            Assert.That(runtime.IsReloading, Is.False);
            Assert.That(Tokens(runtime, 64), Is.EqualTo(alone));
        }

        [Test]
        public void AReloadCanBeCancelled()
        {
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), Options(BackendPreference.Vulkan));
            Scheduler before = runtime.Scheduler;
            using var cancellation = new CancellationTokenSource();
            Task reload = runtime.ReloadAsync(_path, new CancelAt(cancellation, 0.6), cancellation.Token);
            Wait(() => { runtime.Tick(2, 16); return reload.IsCompleted; });
            Assert.That(reload.IsCanceled, Is.True);
            Assert.That(runtime.Scheduler, Is.SameAs(before));
            Assert.That(Tokens(runtime, 8), Has.Length.EqualTo(8));
        }

        [Test]
        public void DisposalIsQuickAlsoWhileLoading([Values(0, 5, 40, 150)] int milliseconds)
        {
            PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), Options(BackendPreference.Vulkan));
            Submit(runtime, 60);
            runtime.Tick(2, 16);
            Task reload = runtime.ReloadAsync(_path);
            for (var since = Stopwatch.StartNew(); since.ElapsedMilliseconds < milliseconds;)
            {
                runtime.Tick(2, 16);
            }

            var clock = Stopwatch.StartNew();
            runtime.Dispose();
            Assert.That(clock.ElapsedMilliseconds, Is.LessThan(DisposeMilliseconds));
            Wait(() => reload.IsCompleted);
            Assert.That(reload.IsCanceled || reload.Status == TaskStatus.RanToCompletion, Is.True);
            Assert.That(() => runtime.Tick(1), Throws.InstanceOf<ObjectDisposedException>());
        }

        [Test]
        public void LoadingCanBeCancelledAtAnyMoment([Values(0.0, 0.3, 0.5, 0.75)] double progress)
        {
            using var cancellation = new CancellationTokenSource();
            Task<PrismRuntime> loading = PrismRuntime.LoadAsync(_path, Options(BackendPreference.Vulkan), new CancelAt(cancellation, progress), cancellation.Token);
            Assert.That(() => loading.GetAwaiter().GetResult(), Throws.InstanceOf<OperationCanceledException>());
        }

        [Test]
        public void ItsFiguresAreThere()
        {
            using PrismRuntime runtime = PrismRuntime.Create(Stories260K.Load(), Options(BackendPreference.Vulkan));
            GenerationReply reply = Submit(runtime, 40);
            double device = 0, submit = 0, used = 0;
            Wait(() =>
            {
                bool more = runtime.Tick(2, 16);
                device += runtime.Statistics.DeviceMilliseconds;
                submit += runtime.Statistics.SubmitMilliseconds;
                used = Math.Max(used, runtime.Statistics.BudgetUsed);
                return !more;
            });
            Assert.That(reply.IsCompleted, Is.True);
            Assert.That(device, Is.GreaterThan(0));
            Assert.That(submit, Is.GreaterThan(0));
            Assert.That(used, Is.GreaterThan(0));
            Assert.That(runtime.Statistics.MemoryBytes, Is.EqualTo(runtime.Backend.MemoryBytes).And.GreaterThan(0));
            Assert.That(runtime.Statistics.TimeToFirstTokenMilliseconds, Is.GreaterThan(0));
            Assert.That(runtime.CanAnswerWithin(1e6), Is.True);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                used += runtime.Statistics.TokensPerSecond;
            }

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        // The promise is 250 ms; the machine of a test may be busy with others.
        private const int DisposeMilliseconds = 250;

        private static PrismRuntimeOptions Options(BackendPreference backend)
            => new PrismRuntimeOptions { Backend = backend, AllowSoftwareVulkan = true, Slots = 2, ContextLength = 128 };

        private static bool Ready(PrismRuntime runtime, Scheduler before)
        {
            runtime.Tick(0.01, 16);
            return runtime.Scheduler != before;
        }

        private static GenerationReply Submit(PrismRuntime runtime, int tokens)
            => runtime.Scheduler.Submit(new GenerationRequest(new[] { runtime.Checkpoint.Config.Special.Bos }) { Sampling = SamplingOptions.Greedy, MaxTokens = tokens });

        private static int[] Tokens(PrismRuntime runtime, int count)
        {
            GenerationReply reply = Submit(runtime, count);
            Wait(() => { runtime.Tick(5, 16); return reply.IsCompleted; });
            return reply.Result!.Tokens.ToArray();
        }

        private static void Wait(Func<bool> condition)
        {
            var clock = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(120), "it takes too long");
                Thread.Sleep(1);
            }
        }

        private sealed class CancelAt : IProgress<double>
        {
            private readonly CancellationTokenSource _cancellation;
            private readonly double _at;

            public CancelAt(CancellationTokenSource cancellation, double at)
            {
                _cancellation = cancellation;
                _at = at;
            }

            public void Report(double value)
            {
                if (value >= _at)
                {
                    _cancellation.Cancel();
                }
            }
        }
    }
}
