using System;
using System.Collections.Generic;

namespace PrismLM.Cli.Testing
{
    /// <summary>What one part of the suite came to.</summary>
    internal sealed record PartResult(string Name, int Passed, int Failed, int Skipped, TimeSpan Time)
    {
        /// <summary>One entry a failed test: its name and what it said.</summary>
        public IReadOnlyList<string> Failures { get; init; } = Array.Empty<string>();

        /// <summary>Test classes and the time that their tests took.</summary>
        public IReadOnlyList<(string Name, TimeSpan Time)> Classes { get; init; } = Array.Empty<(string, TimeSpan)>();

        /// <summary>Why the part as a whole cannot be trusted (it crashed, ran nothing, took too long), or null.</summary>
        public string? Problem { get; init; }

        public bool Succeeded => Failed == 0 && Passed > 0 && Problem is null;
    }
}
