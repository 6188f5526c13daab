using System.Text;

namespace PrismLM.Core.Prompting
{
    /// <summary>
    /// Makes free text safe for one line of a prompt. A line break in a value could otherwise forge a persona line ("Quest: ..."), and a
    /// lone surrogate has no UTF-8 form.
    /// </summary>
    internal static class PromptText
    {
        /// <summary>White space and control characters become single spaces, the ends are trimmed, lone surrogates become U+FFFD.</summary>
        public static string OneLine(string text)
        {
            if (IsClean(text))
            {
                return text;
            }

            var builder = new StringBuilder(text.Length);
            var space = false;
            for (var i = 0; i < text.Length; i++)
            {
                var c = text[i];
                if (char.IsWhiteSpace(c) || char.IsControl(c))
                {
                    space = builder.Length > 0;
                    continue;
                }

                if (space)
                {
                    builder.Append(' ');
                    space = false;
                }

                if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    builder.Append(c).Append(text[++i]);
                }
                else
                {
                    builder.Append(char.IsSurrogate(c) ? '\uFFFD' : c);
                }
            }

            return builder.ToString();
        }

        private static bool IsClean(string text)
        {
            var before = ' ';
            foreach (var c in text)
            {
                if (char.IsSurrogate(c) || char.IsControl(c) || (char.IsWhiteSpace(c) && (c != ' ' || before == ' ')))
                {
                    return false;
                }

                before = c;
            }

            return text.Length == 0 || before != ' ';
        }
    }
}
