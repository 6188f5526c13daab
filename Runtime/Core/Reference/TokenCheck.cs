using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Validation of token ids that come from outside.</summary>
    internal static class TokenCheck
    {
        /// <exception cref="ArgumentException">An id is outside [0, vocabulary).</exception>
        public static void Range(ReadOnlySpan<int> tokens, int vocabulary)
        {
            for (int i = 0; i < tokens.Length; i++)
            {
                if ((uint)tokens[i] >= (uint)vocabulary)
                {
                    throw new ArgumentException(FormattableString.Invariant(
                        $"Token {i} has the id {tokens[i]}; allowed: 0 to {vocabulary - 1}."), nameof(tokens));
                }
            }
        }
    }
}
