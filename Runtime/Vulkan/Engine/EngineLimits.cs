using System;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Checks of arguments, with what was found and what is allowed.</summary>
    internal static class EngineLimits
    {
        public static void Check(int value, int least, int most, string name)
        {
            if (value < least || value > most)
            {
                throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"Allowed: {least} to {most}."));
            }
        }

        public static void CheckTokens(ReadOnlySpan<int> tokens, int vocabulary)
        {
            for (int i = 0; i < tokens.Length; i++)
            {
                if ((uint)tokens[i] >= (uint)vocabulary)
                {
                    throw new ArgumentException(FormattableString.Invariant($"Token {i} is {tokens[i]}; ids run from 0 to {vocabulary - 1}."), nameof(tokens));
                }
            }
        }

        public static void CheckDials(ReadOnlySpan<float> dials, int expected)
        {
            if (!dials.IsEmpty && dials.Length != expected)
            {
                throw new ArgumentException(FormattableString.Invariant($"{dials.Length} head dials; expected none or {expected} (layers times heads)."), nameof(dials));
            }

            foreach (float dial in dials)
            {
                if (float.IsNaN(dial) || float.IsInfinity(dial))
                {
                    throw new ArgumentException("A head dial is not a finite number.", nameof(dials));
                }
            }
        }
    }
}
