using System;
using System.Collections.Generic;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>The little grammar that slots need.</summary>
    internal static class EnglishGrammar
    {
        public static string WithArticle(string noun)
        {
            var lower = noun.ToLowerInvariant();
            var vowelSound = "aeiou".Contains(lower[0]) && !lower.StartsWith("one", StringComparison.Ordinal) && !lower.StartsWith("uni", StringComparison.Ordinal);
            return ((vowelSound || lower.StartsWith("honest", StringComparison.Ordinal)) ? "an " : "a ") + noun;
        }

        /// <summary>"a, b and c".</summary>
        public static string List(IReadOnlyList<string> parts) => parts.Count switch
        {
            0 => string.Empty,
            1 => parts[0],
            _ => string.Join(", ", parts.Count == 2 ? new[] { parts[0] } : Head(parts)) + " and " + parts[parts.Count - 1],
        };

        public static string CapitalFirst(string text)
            => text.Length > 0 && char.IsLower(text[0]) ? char.ToUpperInvariant(text[0]) + text.Substring(1) : text;

        /// <summary>A first letter that may become small after an opening: not "I", not a slot.</summary>
        public static string SmallFirst(string text)
        {
            var keeps = text.Length == 0 || !char.IsUpper(text[0]) || text.StartsWith("I ", StringComparison.Ordinal) || text.StartsWith("I'", StringComparison.Ordinal);
            return keeps ? text : char.ToLowerInvariant(text[0]) + text.Substring(1);
        }

        private static string[] Head(IReadOnlyList<string> parts)
        {
            var head = new string[parts.Count - 1];
            for (var i = 0; i < head.Length; i++)
            {
                head[i] = parts[i];
            }

            return head;
        }
    }
}
