using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using PrismLM.Tests.Vulkan.Cases;
using PrismLM.Vulkan.Device;

namespace PrismLM.Benchmarks
{
    /// <summary>Time of one kernel case.</summary>
    /// <param name="Microseconds">From submitting to knowing that it has ended, less what an empty submission costs.</param>
    /// <param name="Operations">A second; 0 where nobody counted them.</param>
    /// <param name="Bytes">A second; 0 where nobody counted them.</param>
    internal sealed record KernelTime(string Name, Samples Microseconds, double Operations, double Bytes, double TimesFloor);

    /// <summary>Result of one kernel case against the reference; <paramref name="Problem"/> is null when it is right.</summary>
    internal sealed record KernelResult(string Name, string? Problem);

    /// <summary>Runs the kernel cases of the tests: times them, or compares them with the reference.</summary>
    internal sealed class KernelBench : IDisposable
    {
        private const double EnoughSeconds = 0.05;

        private readonly CaseContext _context;
        private readonly CancellationToken _cancellation;

        public KernelBench(VulkanDevice device, CancellationToken cancellation)
        {
            _context = new CaseContext(device, TestKernelPack.Load());
            _cancellation = cancellation;
        }

        /// <summary>Cases whose name contains a text, in any case of letters; all without one.</summary>
        public static IReadOnlyList<KernelCase> Find(string? filter) => KernelCases.All().Where(each => string.IsNullOrEmpty(filter) || each.Name.Contains(filter, StringComparison.OrdinalIgnoreCase)).ToArray();

        /// <summary>Times cases: the large ones, or all of those that a filter has asked for by name.</summary>
        public IReadOnlyList<KernelTime> Measure(IReadOnlyList<KernelCase> cases, MachineFloor floor, int runs, IBenchProgress progress)
        {
            KernelCase[] timed = cases.Any(each => each.IsLarge) ? cases.Where(each => each.IsLarge).ToArray() : cases.ToArray();
            return timed.Select(each => Time(each, floor, runs, progress)).ToArray();
        }

        /// <summary>Compares cases with the reference, one after the other.</summary>
        public IEnumerable<KernelResult> Check(IReadOnlyList<KernelCase> cases)
        {
            foreach (KernelCase each in cases)
            {
                _cancellation.ThrowIfCancellationRequested();
                using KernelRun run = each.Create(_context);
                run.Execute();
                yield return new KernelResult(each.Name, run.Check());
            }
        }

        public void Dispose() => _context.Dispose();

        private KernelTime Time(KernelCase each, MachineFloor floor, int runs, IBenchProgress progress)
        {
            _cancellation.ThrowIfCancellationRequested();
            progress.Stage(each.Name);
            using KernelRun run = each.Create(_context);
            run.Execute();
            double once = Seconds(run, 1);
            int repeats = Math.Clamp((int)(EnoughSeconds / Math.Max(once, 1e-6)), 1, 1000);
            Samples seconds = Samples.Of(Enumerable.Range(0, runs).Select(_ => Seconds(run, repeats)).ToArray()).Select(value => Math.Max(1e-9, value - floor.SubmitSeconds));
            double least = Math.Max(run.Bytes / floor.BytesPerSecond, run.Operations / floor.OperationsPerSecond);
            return new KernelTime(each.Name, seconds.Select(value => value * 1e6), run.Operations / seconds.Median, run.Bytes / seconds.Median, least > 0 ? seconds.Median / least : 0);
        }

        private static double Seconds(KernelRun run, int repeats)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < repeats; i++)
            {
                run.Execute();
            }

            return Stopwatch.GetElapsedTime(start).TotalSeconds / repeats;
        }
    }
}
