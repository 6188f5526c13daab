using System;
using System.Collections.Generic;
using System.Linq;

namespace PrismLM.Benchmarks
{
    /// <summary>Several measurements of one thing: the median counts, the extremes tell how far to trust it.</summary>
    internal sealed record Samples(double Median, double Least, double Most)
    {
        public static Samples Of(IReadOnlyCollection<double> values)
        {
            double[] sorted = values.OrderBy(value => value).ToArray();
            int middle = sorted.Length / 2;
            double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Samples(median, sorted[0], sorted[^1]);
        }

        /// <summary>Half the distance of the extremes, as a share of the median.</summary>
        public double Spread => Median == 0 ? 0 : (Most - Least) / 2 / Math.Abs(Median);

        public Samples Select(Func<double, double> convert)
        {
            double a = convert(Least), b = convert(Most);
            return new Samples(convert(Median), Math.Min(a, b), Math.Max(a, b));
        }
    }
}
