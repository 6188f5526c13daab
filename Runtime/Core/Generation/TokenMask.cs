using System;

namespace PrismLM.Core.Generation
{
    /// <summary>A set of token ids as bits: token i is allowed when bit i % 32 of word i / 32 is set.</summary>
    public static class TokenMask
    {
        /// <summary>Words that a vocabulary needs.</summary>
        public static int Words(int vocabulary) => (vocabulary + 31) / 32;

        /// <summary>All tokens of a vocabulary but those in <paramref name="banned"/>.</summary>
        public static uint[] AllBut(int vocabulary, ReadOnlySpan<int> banned)
        {
            var mask = new uint[Words(vocabulary)];
            for (int token = 0; token < vocabulary; token++)
            {
                mask[token / 32] |= 1u << (token % 32);
            }

            foreach (int token in banned)
            {
                mask[token / 32] &= ~(1u << (token % 32));
            }

            return mask;
        }

        /// <summary>The tokens in <paramref name="allowed"/> alone.</summary>
        public static uint[] Only(int vocabulary, ReadOnlySpan<int> allowed)
        {
            var mask = new uint[Words(vocabulary)];
            foreach (int token in allowed)
            {
                mask[token / 32] |= 1u << (token % 32);
            }

            return mask;
        }

        /// <summary>An empty mask allows every token.</summary>
        public static bool Allows(ReadOnlySpan<uint> mask, int token)
            => mask.IsEmpty || ((mask[token / 32] >> (token % 32)) & 1) != 0;
    }
}
