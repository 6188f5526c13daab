using System.Globalization;

namespace PrismLM.Core.Json
{
    /// <summary>
    /// Numbers as text. Format "R" gives other digits on Mono (0.33333333333333331) than on .NET (0.3333333333333333), and equal models must be equal files,
    /// so the fewest digits that read back are looked for here.
    /// </summary>
    internal static class NumberText
    {
        /// <summary>The shortest of 15, 16 and 17 digits that reads back as the same value.</summary>
        public static string Of(double value)
        {
            foreach (string format in new[] { "G15", "G16" })
            {
                string text = value.ToString(format, CultureInfo.InvariantCulture);
                if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double back) && back.Equals(value))
                {
                    return text;
                }
            }

            return value.ToString("G17", CultureInfo.InvariantCulture);
        }
    }
}
