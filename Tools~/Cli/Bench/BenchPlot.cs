using System;
using System.Linq;
using PrismLM.Benchmarks.Figures;
using ScottPlot;

namespace PrismLM.Cli.Bench
{
    /// <summary>A report as a picture: what was measured beside what the device's own rates would allow.</summary>
    internal static class BenchPlot
    {
        public static byte[] Png(BenchReport report)
        {
            (string Name, double Rate, double Most)[] bars = report.Models.SelectMany(model =>
                model.Prefill.Select(each => (Title(model, FormattableString.Invariant($"prompt {each.Tokens}")), each.TokensPerSecond.Median, each.Tokens * 1000 / each.FloorMilliseconds))
                    .Concat(model.Decode.Select(each => (Title(model, FormattableString.Invariant($"{each.Batch} at {each.Depth}")), each.TokensPerSecond.Median, each.Batch * 1000 / each.FloorMilliseconds)))).ToArray();
            using var plot = new Plot();
            double[] at = Enumerable.Range(0, bars.Length).Select(i => (double)-i).ToArray();
            ScottPlot.Plottables.BarPlot limits = plot.Add.Bars(at, bars.Select(bar => Log(bar.Most)).ToArray());
            ScottPlot.Plottables.BarPlot rates = plot.Add.Bars(at, bars.Select(bar => Log(bar.Rate)).ToArray());
            Style(limits, Colors.LightGray, "the device's floor");
            Style(rates, Colors.SteelBlue, "measured");
            for (int i = 0; i < bars.Length; i++)
            {
                rates.Bars[i].Label = FormattableString.Invariant($"{bars[i].Rate:F0}");
            }

            plot.Axes.Left.SetTicks(at, bars.Select(bar => bar.Name).ToArray());
            double[] powers = Enumerable.Range(0, 7).Select(power => (double)power).ToArray();
            plot.Axes.Bottom.SetTicks(powers, powers.Select(power => FormattableString.Invariant($"{Math.Pow(10, power):N0}")).ToArray());
            plot.Axes.SetLimitsX(0, bars.Select(bar => Log(Math.Max(bar.Most, bar.Rate))).DefaultIfEmpty(1).Max() + 0.2);
            plot.Title("Prism on " + report.Device);
            plot.XLabel("tokens per second, logarithmic");
            plot.ShowLegend(Alignment.LowerRight);
            return plot.GetImageBytes(1000, Math.Max(300, 120 + (bars.Length * 28)), ImageFormat.Png);
        }

        private static string Title(ModelFigures model, string what) => model.Name + " " + model.Weights + ", " + what;

        private static double Log(double rate) => Math.Log10(Math.Max(1, rate));

        private static void Style(ScottPlot.Plottables.BarPlot plot, Color color, string legend)
        {
            plot.Horizontal = true;
            plot.LegendText = legend;
            foreach (Bar bar in plot.Bars)
            {
                bar.FillColor = color;
                bar.LineWidth = 0;
            }
        }
    }
}
