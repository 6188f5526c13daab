using System;
using System.Globalization;

namespace PrismLM.Cli.Output
{
    /// <summary>Numbers as people read them, the same under every culture.</summary>
    internal static class Units
    {
        public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

        public static string Bytes(long value) => value switch
        {
            < 1024 => FormattableString.Invariant($"{value} B"),
            < 1024 * 1024 => FormattableString.Invariant($"{value / 1024.0:F1} KiB"),
            < 1024L * 1024 * 1024 => FormattableString.Invariant($"{value / (1024.0 * 1024):F1} MiB"),
            _ => FormattableString.Invariant($"{value / (1024.0 * 1024 * 1024):F2} GiB"),
        };

        public static string Seconds(double value) => FormattableString.Invariant($"{value:F1} s");

        public static string Milliseconds(double value) => value < 10 ? FormattableString.Invariant($"{value:F2} ms") : FormattableString.Invariant($"{value:F0} ms");

        public static string Rate(double value) => value < 100 ? FormattableString.Invariant($"{value:F1}") : FormattableString.Invariant($"{value:F0}");
    }
}
