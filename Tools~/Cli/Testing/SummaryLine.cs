using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace PrismLM.Cli.Testing
{
    /// <summary>Counts from plain output: the Mono runner's last line, or the exit code of a program that is a test by itself.</summary>
    internal static partial class SummaryLine
    {
        /// <summary>The runner prints <c>FAILED name</c> and the message, indented, for each failure and ends with <c>N passed, N failed, N skipped</c>; the native kernel tests skip none and do not say so.</summary>
        public static PartResult Read(PartOutput output)
        {
            string[] lines = File.ReadAllLines(output.LogPath);
            Match? match = lines.Reverse().Select(line => Counts().Match(line)).FirstOrDefault(found => found.Success);
            if (match is null)
            {
                string last = lines.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "no output";
                return new PartResult(output.Part.Name, 0, 0, 0, output.Time) { Problem = FormattableString.Invariant($"exit code {output.ExitCode}: {last}; see {output.LogPath}") };
            }

            int failed = Number(match, 2);
            return new PartResult(output.Part.Name, Number(match, 1), failed, Number(match, 3), output.Time)
            {
                Failures = Failures(lines),
                Problem = output.ExitCode != 0 && failed == 0 ? FormattableString.Invariant($"exit code {output.ExitCode}; see {output.LogPath}") : null,
            };
        }

        public static PartResult ReadSmoke(PartOutput output)
        {
            if (output.ExitCode == 0)
            {
                return new PartResult(output.Part.Name, 1, 0, 0, output.Time);
            }

            string tail = string.Join('\n', File.ReadAllLines(output.LogPath).TakeLast(12));
            return new PartResult(output.Part.Name, 0, 1, 0, output.Time) { Failures = new[] { FormattableString.Invariant($"{output.Part.Name}: exit code {output.ExitCode}\n{tail}") } };
        }

        private static List<string> Failures(string[] lines)
        {
            var failures = new List<string>();
            foreach (string line in lines)
            {
                if (line.StartsWith("FAILED ", StringComparison.Ordinal))
                {
                    failures.Add(line["FAILED ".Length..]);
                }
                else if (failures.Count > 0 && line.StartsWith("    ", StringComparison.Ordinal))
                {
                    failures[^1] += "\n" + line.Trim();
                }
            }

            return failures;
        }

        private static int Number(Match match, int group) => !match.Groups[group].Success ? 0 : int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

        [GeneratedRegex(@"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$")]
        private static partial Regex Counts();
    }
}
