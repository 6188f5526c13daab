using System;
using System.Globalization;
using System.Text;

namespace PrismLM.Core.Json
{
    /// <summary>
    /// Shows untrusted text in messages: at most 64 characters, and nothing in it that a terminal, a log or a rich-text label would obey
    /// (control and format characters, lone surrogates and <c>&lt;</c> become <c>\uXXXX</c>).
    /// </summary>
    public static class SafeText
    {
        /// <summary>Longest result, the quotes not counted.</summary>
        public const int MaxLength = 64;

        /// <summary>The text in double quotes, escaped and cut.</summary>
        public static string Quote(string? text) => "\"" + Show(text) + "\"";

        /// <summary>The text without quotes, escaped and cut.</summary>
        public static string Show(string? text, int maxLength = MaxLength)
        {
            if (string.IsNullOrEmpty(text))
            {
                return string.Empty;
            }

            var shown = new StringBuilder(Math.Min(text!.Length, maxLength) + 8);
            int cut = 0; // where the dots would go: after the last whole piece that leaves room for them
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
                if (IsDangerous(text, i) || (char.IsSurrogate(c) && !pair))
                {
                    shown.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                }
                else
                {
                    shown.Append(c);
                    if (pair)
                    {
                        shown.Append(text[++i]);
                    }
                }

                if (shown.Length > maxLength)
                {
                    shown.Length = cut;
                    return shown.Append("...").ToString();
                }

                cut = shown.Length <= maxLength - 3 ? shown.Length : cut;
            }

            return shown.ToString();
        }

        /// <summary>The start of some bytes as text (invalid UTF-8 replaced), in double quotes, escaped and cut.</summary>
        public static string Quote(ReadOnlySpan<byte> utf8) =>
            Quote(Encoding.UTF8.GetString(utf8.Slice(0, Math.Min(utf8.Length, 4 * MaxLength))));

        private static bool IsDangerous(string text, int index)
        {
            if (text[index] == '<')
            {
                return true;
            }

            switch (CharUnicodeInfo.GetUnicodeCategory(text, index))
            {
                case UnicodeCategory.Control:
                case UnicodeCategory.Format:
                case UnicodeCategory.LineSeparator:
                case UnicodeCategory.ParagraphSeparator:
                case UnicodeCategory.PrivateUse:
                case UnicodeCategory.OtherNotAssigned:
                    return true;
                default:
                    return false;
            }
        }
    }
}
