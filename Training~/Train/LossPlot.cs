using System;
using System.Linq;
using PrismLM.Core.Checkpoints;
using ScottPlot;

namespace PrismLM.Training.Train
{
    /// <summary>The loss of a run over its tokens, as PNG.</summary>
    public static class LossPlot
    {
        private const double Smoothing = 0.98;

        public static void Save(string metricsPath, string pngPath, string title)
        {
            var lines = MetricsLog.Read(metricsPath).ToArray();
            var steps = lines.Where(line => line.Loss.HasValue).ToArray();
            if (steps.Length == 0)
            {
                return;
            }

            var millions = steps.Select(line => line.Tokens / 1e6).ToArray();
            var mean = steps[0].Loss!.Value;
            var smooth = steps.Select(line => mean = (Smoothing * mean) + ((1.0 - Smoothing) * line.Loss!.Value)).ToArray();
            using var plot = new Plot();
            var raw = plot.Add.ScatterLine(millions, steps.Select(line => line.Loss!.Value).ToArray());
            raw.Color = Colors.SteelBlue.WithAlpha(0.25);
            var line = plot.Add.ScatterLine(millions, smooth);
            line.Color = Colors.SteelBlue;
            line.LineWidth = 2;
            line.LegendText = "training loss, smoothed";
            var validation = lines.Where(entry => entry.ValidationLoss.HasValue).ToArray();
            if (validation.Length > 0)
            {
                var points = plot.Add.Scatter(validation.Select(entry => entry.Tokens / 1e6).ToArray(), validation.Select(entry => entry.ValidationLoss!.Value).ToArray());
                points.Color = Colors.DarkOrange;
                points.LegendText = "validation loss";
            }

            plot.Title(title);
            plot.XLabel("tokens (millions)");
            plot.YLabel("loss (nats)");
            plot.Axes.SetLimitsY(0.0, Math.Min(smooth.Max() * 1.05, 9.0));
            plot.ShowLegend(Alignment.UpperRight);
            AtomicFile.WriteAllBytes(pngPath, plot.GetImageBytes(1000, 600, ImageFormat.Png));
        }
    }
}
