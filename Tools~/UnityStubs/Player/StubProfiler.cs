using System;
using System.Collections.Generic;

namespace UnityStubs
{
    /// <summary>Markers that are open, innermost last: a marker must end before the one that it began in.</summary>
    public static class StubProfiler
    {
        private static readonly string[] Open = new string[64];
        private static readonly Dictionary<string, int> Counts = new Dictionary<string, int>();

        public static int Depth { get; private set; }

        public static int Count(string name) => Counts.TryGetValue(name, out int count) ? count : 0;

        internal static void Begin(string name)
        {
            Open[Depth++] = name;
            Counts[name] = Count(name) + 1;
        }

        internal static void End(string name)
        {
            if (Depth == 0 || Open[--Depth] != name)
            {
                throw new InvalidOperationException("The profiler marker " + name + " ends, but another one is open.");
            }
        }
    }
}
