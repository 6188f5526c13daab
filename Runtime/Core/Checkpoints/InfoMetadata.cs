using System;
using System.Collections.Generic;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary><see cref="CheckpointInfo"/> as metadata strings, and back.</summary>
    internal static class InfoMetadata
    {
        public static void Write(CheckpointInfo info, IDictionary<string, string> metadata)
        {
            metadata[ConfigMetadata.Name] = info.Name;
            metadata[ConfigMetadata.DataLicences] = string.Join("\n", info.DataLicences);
            metadata[ConfigMetadata.WeightLicence] = info.WeightLicence;
            metadata[ConfigMetadata.TrainingSummary] = info.TrainingSummary;
            foreach (KeyValuePair<string, string> entry in info.Metadata)
            {
                if (ConfigMetadata.Reserved.Contains(entry.Key))
                {
                    throw new ArgumentException("The metadata key " + SafeText.Quote(entry.Key) + " belongs to the format.", nameof(info));
                }

                metadata[entry.Key] = entry.Value;
            }
        }

        public static CheckpointInfo Read(IReadOnlyDictionary<string, string> metadata, out IReadOnlyList<string> warnings)
        {
            string Text(string key) => metadata.TryGetValue(key, out string? value) ? value : string.Empty;
            var other = new SortedDictionary<string, string>(StringComparer.Ordinal);
            var odd = new List<string>();
            foreach (KeyValuePair<string, string> entry in metadata)
            {
                if (!ConfigMetadata.Reserved.Contains(entry.Key))
                {
                    other.Add(entry.Key, entry.Value);
                    if (!entry.Key.StartsWith("x_", StringComparison.Ordinal))
                    {
                        odd.Add("unknown metadata key " + SafeText.Quote(entry.Key));
                    }
                }
            }

            odd.Sort(StringComparer.Ordinal);
            warnings = odd;
            string licences = Text(ConfigMetadata.DataLicences);
            return new CheckpointInfo
            {
                Name = Text(ConfigMetadata.Name),
                DataLicences = licences.Length == 0 ? Array.Empty<string>() : licences.Split('\n'),
                WeightLicence = Text(ConfigMetadata.WeightLicence),
                TrainingSummary = Text(ConfigMetadata.TrainingSummary),
                Metadata = other,
            };
        }
    }
}
