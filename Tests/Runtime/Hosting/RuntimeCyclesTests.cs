using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;
using PrismLM.Hosting;

namespace PrismLM.Tests.Hosting
{
    /// <summary>
    /// Crash on the second Play, freeze on stop: 250 whole lives on software Vulkan, ended at random instants, some while they load and some in the middle of a
    /// reply. Memory, threads and handles stay flat, and disposal returns at once. The same under .NET and under Mono.
    /// </summary>
    [Category("Vulkan")]
    public sealed class RuntimeCyclesTests
    {
        private const int Cycles = 250;

        /// <summary>After this many, what is made once has been made.</summary>
        private const int Settled = 50;

        private const int DisposeMilliseconds = 250;

        private const long GrowthBytes = 2 << 20;

        /// <summary>.NET's test host has a pool and connections of its own, seen to vary by two; 200 lives that leaked one each would show 200. Mono runs the tests alone, and is exact.</summary>
#if PRISM_MONO
        private const int HostNoise = 0;
#else
        private const int HostNoise = 5;
#endif

        private static readonly NpcPersona Bram = new NpcPersona(new PersonaFacts { Name = "Bram" });

        [Test]
#if !PRISM_MONO
        // A minute and a half of compiling shaders, and Mono, whose collector forgives less, does it in every run of the suite.
        [Category("Slow")]
#endif
        public void TwoHundredAndFiftyLivesLeaveNothingBehind()
        {
            PrismCheckpoint checkpoint = TalkingModel.Load(1);
            var random = new Random(7);
            var series = new List<Footprint>();
            var whole = Stopwatch.StartNew();
            long slowest = 0;
            int talked = 0;
            int cancelled = 0;
            for (int cycle = 0; cycle < Cycles; cycle++)
            {
                if (cycle > 0 && cycle % Settled == 0)
                {
                    series.Add(Footprint.Now());
                }

                using var cancellation = new CancellationTokenSource();
                if (cycle % 5 == 4)
                {
                    cancellation.CancelAfter(random.Next(40));
                }

                try
                {
                    PrismRuntime runtime = PrismRuntime.Create(checkpoint, Options(), null, cancellation.Token);
                    talked += Live(runtime, random.Next(30));
                    var clock = Stopwatch.StartNew();
                    runtime.Dispose();
                    slowest = Math.Max(slowest, clock.ElapsedMilliseconds);
                }
                catch (OperationCanceledException)
                {
                    cancelled++;
                }
            }

            series.Add(Footprint.Now());
            Footprint settled = series[0];
            Footprint end = series[series.Count - 1];
            long growth = TypicalGrowth(series);
            string lives = FormattableString.Invariant($"{whole.Elapsed.TotalSeconds:F1} s; {talked} talked, {cancelled} cancelled; slowest dispose {slowest} ms; the process grows by {growth} bytes in {Settled} lives; every {Settled} lives: ") + string.Join("; ", series);
            TestContext.Out.WriteLine(lives);
            Assert.That(slowest, Is.LessThanOrEqualTo(DisposeMilliseconds), "milliseconds; " + lives);
            Assert.That(talked, Is.GreaterThan(Cycles / 4), "in many lives somebody talks");
            Assert.That(cancelled, Is.GreaterThan(0), "some lives end while they load");
            Assert.That(end.Threads, Is.LessThanOrEqualTo(settled.Threads + HostNoise), "threads; " + lives);
            Assert.That(end.Handles, Is.LessThanOrEqualTo(settled.Handles + HostNoise), "handles; " + lives);
            Assert.That(end.ManagedBytes - settled.ManagedBytes, Is.LessThanOrEqualTo(GrowthBytes), "managed bytes; " + lives);
            Assert.That(end.NativeBytes - settled.NativeBytes, Is.LessThanOrEqualTo(GrowthBytes), "bytes of the C library's heap; " + lives);
#if PRISM_MONO
            // Lives that leave something behind show it in every fifty of them. Mono's collector takes its heap in steps: 7 MiB once, with both heaps flat, and nothing in the 150
            // lives after it. .NET commits pages for its collector and its recompiled methods as it sees fit.
            Assert.That(growth, Is.LessThanOrEqualTo(GrowthBytes / (series.Count - 1)), "bytes of the process; " + lives);
#endif
        }

        /// <summary>The median of what the process grows by from one footprint to the next.</summary>
        private static long TypicalGrowth(List<Footprint> series)
        {
            long[] growths = series.Skip(1).Zip(series, (after, before) => after.ResidentBytes - before.ResidentBytes).OrderBy(bytes => bytes).ToArray();
            return (growths[growths.Length / 2] + growths[(growths.Length - 1) / 2]) / 2;
        }

        /// <returns>1 when somebody was talking at its end.</returns>
        private static int Live(PrismRuntime runtime, int ticks)
        {
            if (ticks % 3 == 0)
            {
                return 0;
            }

            NpcReply reply = runtime.CreateNpc(Bram).Ask("Hello!");
            for (int i = 0; i < ticks; i++)
            {
                runtime.Tick(1, 16);
            }

            return reply.IsCompleted ? 0 : 1;
        }

        private static PrismRuntimeOptions Options()
            => new PrismRuntimeOptions { Backend = BackendPreference.Vulkan, AllowSoftwareVulkan = true, Slots = 1, ContextLength = 64 };

        [StructLayout(LayoutKind.Sequential)]
        private readonly struct MallocInfo
        {
#pragma warning disable CS0649, CS0169, IDE0051 // the C library fills it
            private readonly nuint _arena, _ordinaryBlocks, _smallBlocks, _mappedBlocks;
            public readonly nuint Mapped;
            private readonly nuint _unused, _smallFree;
            public readonly nuint InUse;
            private readonly nuint _free, _keep;
#pragma warning restore CS0649, CS0169, IDE0051
        }

        private readonly struct Footprint
        {
            private Footprint(long managed, long native, long resident, int threads, int handles)
            {
                ManagedBytes = managed;
                NativeBytes = native;
                ResidentBytes = resident;
                Threads = threads;
                Handles = handles;
            }

            public long ManagedBytes { get; }

            /// <summary>Of the C library's heap: what driver and runtime have asked for and not given back.</summary>
            public long NativeBytes { get; }

            /// <summary>Of the process, after the C library has returned what it keeps for itself.</summary>
            public long ResidentBytes { get; }

            public int Threads { get; }

            public int Handles { get; }

            /// <summary>On Linux from /proc; elsewhere managed memory alone.</summary>
            public static Footprint Now()
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                long managed = GC.GetTotalMemory(true);
                if (!Directory.Exists("/proc/self/task"))
                {
                    return new Footprint(managed, 0, 0, 0, 0);
                }

                // The kernel lets go of a thread that has been joined a moment later.
                Thread.Sleep(100);
                malloc_trim(UIntPtr.Zero);
                MallocInfo heap = mallinfo2();
                long resident = Environment.SystemPageSize * long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
                return new Footprint(managed, (long)(heap.InUse + heap.Mapped), resident, Directory.GetDirectories("/proc/self/task").Length, Directory.GetFileSystemEntries("/proc/self/fd").Length);
            }

            [DllImport("libc.so.6")]
            private static extern int malloc_trim(UIntPtr pad);

            [DllImport("libc.so.6")]
            private static extern MallocInfo mallinfo2();

            public override string ToString()
                => FormattableString.Invariant($"{ManagedBytes / 1048576.0:F2} MiB managed, {NativeBytes / 1048576.0:F2} MiB native, {ResidentBytes / 1048576.0:F2} MiB resident, {Threads} threads, {Handles} handles");
        }
    }
}
