using System;
using System.Collections.Generic;

namespace PrismLM.Tavern.Measuring
{
    /// <summary>Median, 99th percentile and maximum of many measurements.</summary>
    internal readonly record struct Percentiles(double P50, double P99, double Max)
    {
        public static Percentiles Of(IReadOnlyCollection<double> values)
        {
            if (values.Count == 0)
            {
                return default;
            }

            var sorted = new List<double>(values);
            sorted.Sort();
            return new Percentiles(sorted[sorted.Count / 2], sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * 0.99) - 1)], sorted[^1]);
        }

        /// <summary>Two decimals.</summary>
        public override string ToString() => FormattableString.Invariant($"{P50:0.00} / {P99:0.00} / {Max:0.00}");
    }
}
