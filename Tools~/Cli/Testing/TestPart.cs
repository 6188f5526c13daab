using System;
using System.Collections.Generic;

namespace PrismLM.Cli.Testing
{
    /// <summary>One process of the suite: what it runs, in which environment, and how its counts are read.</summary>
    internal sealed record TestPart(string Key, string Name, string FileName, IReadOnlyList<string> Arguments, Func<PartOutput, PartResult> Read)
    {
        public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

        /// <summary>Runs in this process before the part starts.</summary>
        public Action? Prepare { get; init; }
    }

    /// <summary>What a finished process left behind.</summary>
    internal sealed record PartOutput(TestPart Part, int ExitCode, bool TimedOut, TimeSpan Time, string LogPath, string ResultPath);
}
