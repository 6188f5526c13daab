using System;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>IEEE 754 binary16 as 16 bits, by integer code alone: the same bits on every runtime and machine.</summary>
    public static class HalfFloat
    {
        /// <summary>Smallest positive normal value, 2^-14.</summary>
        public const float MinNormal = 6.103515625e-5f;

        /// <summary>Largest finite value.</summary>
        public const float MaxValue = 65504f;

        /// <summary>
        /// Rounds to nearest, ties to even. A result that would be subnormal becomes zero of the same sign, because devices differ in whether they keep subnormals;
        /// what rounds up to 2^-14 is kept. From 65520 on the result is infinite; NaN stays NaN.
        /// </summary>
        public static ushort ToHalf(float value)
        {
            ushort half = ToHalfKeepingSubnormals(value);
            return (half & 0x7C00) == 0 ? (ushort)(half & 0x8000) : half;
        }

        /// <summary>Rounds to nearest, ties to even, subnormal results kept.</summary>
        public static ushort ToHalfKeepingSubnormals(float value)
        {
            uint bits = unchecked((uint)BitConverter.SingleToInt32Bits(value));
            uint sign = (bits >> 16) & 0x8000;
            uint magnitude = bits & 0x7FFFFFFF;
            if (magnitude >= 0x7F800000)
            {
                uint payload = magnitude == 0x7F800000 ? 0u : 0x200u | ((magnitude >> 13) & 0x3FF);
                return (ushort)(sign | 0x7C00 | payload);
            }

            if (magnitude >= 0x477FF000)
            {
                return (ushort)(sign | 0x7C00);
            }

            if (magnitude >= 0x38800000)
            {
                // Normal: re-bias the exponent (127 - 15 = 112) and round away 13 bits; a carry moves into the exponent by itself.
                uint rebased = magnitude - (112u << 23);
                return (ushort)(sign | ((rebased + 0xFFF + ((rebased >> 13) & 1)) >> 13));
            }

            // Subnormal: the significand with its hidden bit, shifted so that one unit is 2^-24.
            int exponent = (int)(magnitude >> 23);
            int shift = 126 - exponent;
            if (shift > 24)
            {
                return (ushort)sign;
            }

            uint significand = (magnitude & 0x7FFFFF) | 0x800000;
            uint half = significand >> shift;
            uint rest = significand & ((1u << shift) - 1);
            uint tie = 1u << (shift - 1);
            half += rest > tie || (rest == tie && (half & 1) != 0) ? 1u : 0u;
            return (ushort)(sign | half);
        }

        /// <summary>The exact value; subnormals and NaN included.</summary>
        public static float ToSingle(ushort half)
        {
            uint sign = (uint)(half & 0x8000) << 16;
            uint exponent = (uint)(half >> 10) & 0x1F;
            uint fraction = (uint)half & 0x3FF;
            if (exponent == 0)
            {
                float subnormal = fraction * (1f / 16777216f);
                return sign != 0 ? -subnormal : subnormal;
            }

            uint bits = exponent == 31 ? sign | 0x7F800000 | (fraction << 13) : sign | ((exponent + 112) << 23) | (fraction << 13);
            return BitConverter.Int32BitsToSingle(unchecked((int)bits));
        }
    }
}
