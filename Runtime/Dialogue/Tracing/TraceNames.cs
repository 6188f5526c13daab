using System;
using PrismLM.Core.Generation;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>Enumerations as the file spells them: their names, whatever their numbers.</summary>
    internal static class TraceNames
    {
        /// <summary>The reason of a reply that goes on.</summary>
        public const string Unfinished = "";

        public static string Of(TraceSectionKind kind) => kind.ToString();

        public static bool TryKind(string name, out TraceSectionKind kind) => TryName(name, out kind);

        public static bool TryReason(string name, out FinishReason? reason)
        {
            bool known = TryName(name, out FinishReason found);
            reason = known ? found : (FinishReason?)null;
            return known || name.Length == 0;
        }

        // Enum.TryParse takes numbers and lists of names as well.
        private static bool TryName<T>(string name, out T value)
            where T : struct, Enum => Enum.TryParse(name, out value) && string.Equals(value.ToString(), name, StringComparison.Ordinal);
    }
}
