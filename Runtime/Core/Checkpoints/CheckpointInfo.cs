using System;
using System.Collections.Generic;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>What a checkpoint says about itself beside its architecture.</summary>
    public sealed record CheckpointInfo
    {
        /// <summary>A short name to show.</summary>
        public string Name { get; init; } = string.Empty;

        /// <summary>One line per data set: its name and licence.</summary>
        public IReadOnlyList<string> DataLicences { get; init; } = Array.Empty<string>();

        /// <summary>Licence of the weights, an SPDX identifier where there is one.</summary>
        public string WeightLicence { get; init; } = string.Empty;

        /// <summary>How the weights were made, in a few lines.</summary>
        public string TrainingSummary { get; init; } = string.Empty;

        /// <summary>Further entries, carried unread. Names that start with <c>x_</c> are for everybody; others give a warning when loaded.</summary>
        public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();
    }
}
