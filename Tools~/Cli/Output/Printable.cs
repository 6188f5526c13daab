using System.Globalization;
using System.Text;

namespace PrismLM.Cli.Output
{
    /// <summary>Text of files that nobody vouches for, so that a terminal does not obey it.</summary>
    internal static class Printable
    {
        /// <summary>Control and format characters become U+FFFD; line breaks stay.</summary>
        public static string Of(string text)
        {
            var shown = new StringBuilder(text.Length);
            foreach (char c in text)
            {
                bool obeyed = c != '\n' && CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
                shown.Append(obeyed ? '\uFFFD' : c);
            }

            return shown.ToString();
        }

        /// <summary>On one line, spaces at the ends and line breaks shown: for single tokens.</summary>
        public static string Token(string text) => Of(text.Replace("\n", "\u21B5", System.StringComparison.Ordinal)).Replace(' ', '\u00B7');
    }
}
