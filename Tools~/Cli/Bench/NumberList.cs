using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Bench
{
    /// <summary>Values of an option that takes several, with commas between them: <c>1,8,16</c>.</summary>
    internal static class NumberList
    {
        public static int[] Read(string option, IEnumerable<string> given, int least, int most, params int[] byDefault)
        {
            int[] numbers = Split(given).Select(text => Number(option, text, least, most)).Distinct().ToArray();
            return numbers.Length > 0 ? numbers : byDefault;
        }

        public static string[] Split(IEnumerable<string> given) => given.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToArray();

        private static int Number(string option, string text, int least, int most) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                ? number
                : throw new InputException(option, text, FormattableString.Invariant($"whole numbers from {least:N0} to {most:N0}, with commas between them"), "for example " + option + " 1,8,16");
    }
}
