using System;
using System.Runtime.InteropServices;

namespace PrismLM.Tavern.Measuring
{
    /// <summary>
    /// Processor time of the calling thread. On a machine whose processor is also its GPU, the time on the wall tells how long the thread had to wait for a core, and not what
    /// it did.
    /// </summary>
    internal static class ThreadClock
    {
        private const int ThreadCpuTime = 3;

        /// <summary>Milliseconds; NaN where the system does not tell (measured on Linux only).</summary>
        public static double Now()
            => OperatingSystem.IsLinux() && Read(ThreadCpuTime, out Time time) == 0 ? (time.Seconds * 1e3) + (time.Nanoseconds * 1e-6) : double.NaN;

        [DllImport("libc", EntryPoint = "clock_gettime")]
        private static extern int Read(int clock, out Time time);

        private struct Time
        {
            public nint Seconds;
            public nint Nanoseconds;
        }
    }
}
