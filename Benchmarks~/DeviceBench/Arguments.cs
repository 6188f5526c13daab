using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace PrismLM.DeviceBench
{
    /// <summary>A command, plain words, and options with a value each.</summary>
    internal sealed class Arguments
    {
        private static readonly string[] Known = { "--device", "--runs", "--weights", "--batch", "--depth", "--prompt" };

        private readonly Dictionary<string, string> _options = new Dictionary<string, string>(StringComparer.Ordinal);

        private Arguments(string command) => Command = command;

        public string Command { get; }

        public List<string> Words { get; } = new List<string>();

        public string? Device => _options.GetValueOrDefault("--device");

        public int Runs => Numbers("--runs", "5", 1, 100)[0];

        /// <exception cref="ArgumentException">An option that does not exist, or one without a value.</exception>
        public static Arguments Parse(string[] given)
        {
            var arguments = new Arguments(given.Length > 0 ? given[0] : "");
            for (int i = 1; i < given.Length; i++)
            {
                if (!given[i].StartsWith("--", StringComparison.Ordinal))
                {
                    arguments.Words.Add(given[i]);
                    continue;
                }

                if (!Known.Contains(given[i], StringComparer.Ordinal) || i + 1 == given.Length)
                {
                    throw new ArgumentException($"found {given[i]}{(i + 1 == given.Length ? " without a value" : "")}; expected one of {string.Join(", ", Known)}, with a value.");
                }

                arguments._options[given[i]] = given[++i];
            }

            return arguments;
        }

        public string[] List(string option, string byDefault) => _options.GetValueOrDefault(option, byDefault).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        public int[] Numbers(string option, string byDefault, int least, int most) => List(option, byDefault).Select(text =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : throw new ArgumentException(FormattableString.Invariant($"{option}: found {text}; expected numbers from {least} to {most}, with commas between them."))).ToArray();
    }
}
