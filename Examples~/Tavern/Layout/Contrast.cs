using System;
using System.Numerics;

namespace PrismLM.Tavern.Layout
{
    /// <summary>Contrast of text as WCAG 2.1 defines it (relative luminance, 1..21).</summary>
    internal static class Contrast
    {
        /// <summary>Least contrast of body text, WCAG 2.1, 1.4.3.</summary>
        public const double Least = 4.5;

        public static double Ratio(Vector3 text, Vector3 behind)
        {
            double a = Luminance(text);
            double b = Luminance(behind);
            return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
        }

        /// <summary>Of text on a panel that lets through what is behind it: the worst over everything that can be there.</summary>
        public static double WorstRatio(Vector4 text, Vector4 panel)
        {
            Vector3 ink = new(text.X, text.Y, text.Z);
            Vector3 paper = new(panel.X, panel.Y, panel.Z);
            Vector3 overBlack = paper * panel.W;
            Vector3 overWhite = paper * panel.W + new Vector3(1 - panel.W);
            double inkLuminance = Luminance(ink);
            bool between = inkLuminance > Luminance(overBlack) && inkLuminance < Luminance(overWhite);
            return between ? 1 : Math.Min(Ratio(ink, overBlack), Ratio(ink, overWhite));
        }

        private static double Luminance(Vector3 color) => 0.2126 * Linear(color.X) + 0.7152 * Linear(color.Y) + 0.0722 * Linear(color.Z);

        private static double Linear(double value) => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
