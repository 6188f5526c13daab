using System;

namespace PrismLM.Core.Generation
{
    /// <summary>Logits as unsigned integers that sort the same way, so that thresholds are found bit by bit.</summary>
    internal static class SamplingKey
    {
        /// <summary>A token that cannot be chosen.</summary>
        public const uint Excluded = 0;

        private const uint SignBit = 0x80000000;
        private const uint Infinity = 0x7F800000;

        /// <summary>2^64: larger magnitudes are cut to it, so that no later operation overflows.</summary>
        private const uint Largest = 0x5F800000;

        /// <summary>2^-64: smaller magnitudes become +0, so that no operation meets a subnormal, which devices may flush.</summary>
        private const uint Smallest = 0x1F800000;

        /// <summary>True for numbers; false for NaN and minus infinity, which exclude a token.</summary>
        public static bool IsUsable(float logit)
        {
            uint bits = (uint)BitConverter.SingleToInt32Bits(logit);
            return (bits & ~SignBit) <= Infinity && bits != (SignBit | Infinity);
        }

        /// <summary>The logit with its magnitude cut to 2^64, or +0 where it is below 2^-64.</summary>
        public static float Canonical(float logit)
        {
            uint bits = (uint)BitConverter.SingleToInt32Bits(logit);
            uint magnitude = bits & ~SignBit;
            if (magnitude < Smallest)
            {
                return 0f;
            }

            return magnitude > Largest ? BitConverter.Int32BitsToSingle((int)((bits & SignBit) | Largest)) : logit;
        }

        /// <summary>Key of a canonical logit: larger logits have larger keys, and no key is 0.</summary>
        public static uint Of(float canonical)
        {
            uint bits = (uint)BitConverter.SingleToInt32Bits(canonical);
            return (bits & SignBit) != 0 ? ~bits : bits | SignBit;
        }

        /// <summary>The logit of a key.</summary>
        public static float Logit(uint key)
            => BitConverter.Int32BitsToSingle((int)((key & SignBit) != 0 ? key & ~SignBit : ~key));

        /// <summary>How far below the best a token is, in powers of two at the given scale, Q24: the argument of <see cref="SamplingMath.Weight"/>.</summary>
        /// <param name="best">Canonical logit of the best token.</param>
        /// <param name="logit">Canonical logit of the token.</param>
        /// <param name="scale">1 / (temperature ln 2).</param>
        public static uint Distance(float best, float logit, float scale)
        {
            // The casts keep each operation at float32 where the runtime would compute in double (Mono).
            float difference = (float)(best - logit);
            float distance = (float)(difference * scale);
            return distance >= 32f ? SamplingMath.Far : (uint)(float)(distance * 16777216f);
        }
    }
}
