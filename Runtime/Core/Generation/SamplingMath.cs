namespace PrismLM.Core.Generation
{
    /// <summary>
    /// The integer functions of sampling. Integers, because Vulkan leaves the rounding of float32 functions to the device: these give the same
    /// bits everywhere. <c>Shaders/Include</c> states the same functions; <c>Documentation~/sampling.md</c> derives them.
    /// </summary>
    internal static class SamplingMath
    {
        /// <summary>Weight of the best token: 2^30.</summary>
        public const uint One = 1u << 30;

        /// <summary>Distances of this size and more weigh 0: 32 in Q24.</summary>
        public const uint Far = 32u << 24;

        /// <summary>Minimax coefficients of 2^f on [0, 1] in Q30, error 3e-9; the first is exact, so that distance 0 weighs exactly 2^30.</summary>
        private const uint P1 = 744260928, P2 = 257944889, P3 = 59573866, P4 = 10395076, P5 = 1333042, P6 = 234018;

        /// <summary>Minimax coefficients of -log2(1 - y) / y on [0, 1/2] in Q28, error 6e-9.</summary>
        private const int R0 = 387270500, R1 = 193635870, R2 = 129051518, R3 = 97749058, R4 = 66142536;
        private const int R5 = 142438085, R6 = -264304355, R7 = 830164657, R8 = -1028564401, R9 = 705428139;

        /// <summary>floor(2^30 * 2^-d), where <paramref name="distance"/> is d in Q24: how far, in powers of two, a token is below the best.</summary>
        public static uint Weight(uint distance)
        {
            if (distance >= Far)
            {
                return 0;
            }

            // 2^-d = 2^f / 2^n with n = ceil(d): then f >= 0 and every coefficient is positive.
            uint n = (distance + 0xFFFFFFu) >> 24;
            uint f = ((n << 24) - distance) << 8;
            uint p = P6;
            p = P5 + MulHigh(f, p);
            p = P4 + MulHigh(f, p);
            p = P3 + MulHigh(f, p);
            p = P2 + MulHigh(f, p);
            p = P1 + MulHigh(f, p);
            p = One + MulHigh(f, p);
            return n == 32 ? 0 : p >> (int)n;
        }

        /// <summary>
        /// log2(-log2(1 - v)) + d + 24 in Q24, v = ((random >> 9) + 1/2) / 2^23: the logarithm of an exponential waiting time at a rate of 2^-d.
        /// The token with the smallest value wins with a probability proportional to 2^-d.
        /// </summary>
        public static uint WaitingTime(uint random, uint distance)
        {
            // 1 - v = N / 2^24 with N odd; N = M / 2^e with M in [2^23, 2^24); y = 1 - M / 2^24.
            uint n = (1u << 24) - (((random >> 9) << 1) | 1u);
            int e = 23 - HighestBit(n);
            ulong wait = NegativeLog(n << e) + ((ulong)e << 52);

            int k = 32 + HighestBit((uint)(wait >> 32));
            if ((uint)(wait >> 32) == 0)
            {
                k = HighestBit((uint)wait);
            }

            uint mantissa = (uint)(wait >> (k - 23));
            return distance + ((uint)(k - 27) << 24) - (uint)(NegativeLog(mantissa) >> 28);
        }

        /// <summary>-log2(m / 2^24) in Q52, for m in [2^23, 2^24): y times the polynomial, so that it stays exact to 26 bits as y goes to 0.</summary>
        private static ulong NegativeLog(uint m)
        {
            uint y = (1u << 24) - m;
            int t = (int)(y << 7);
            int r = R9;
            r = R8 + (2 * MulHigh(t, r));
            r = R7 + (2 * MulHigh(t, r));
            r = R6 + (2 * MulHigh(t, r));
            r = R5 + (2 * MulHigh(t, r));
            r = R4 + (2 * MulHigh(t, r));
            r = R3 + (2 * MulHigh(t, r));
            r = R2 + (2 * MulHigh(t, r));
            r = R1 + (2 * MulHigh(t, r));
            r = R0 + (2 * MulHigh(t, r));
            return (ulong)y * (uint)r;
        }

        /// <summary>Upper word of the unsigned product: <c>umulExtended</c> in GLSL.</summary>
        private static uint MulHigh(uint a, uint b) => (uint)(((ulong)a * b) >> 32);

        /// <summary>Upper word of the signed product, rounded down: <c>imulExtended</c> in GLSL.</summary>
        private static int MulHigh(int a, int b) => (int)(((long)a * b) >> 32);

        /// <summary>Index of the highest set bit of a number above 0: <c>findMSB</c> in GLSL.</summary>
        private static int HighestBit(uint x)
        {
            int bit = 0;
            for (int step = 16; step > 0; step >>= 1)
            {
                if (x >> step != 0)
                {
                    x >>= step;
                    bit += step;
                }
            }

            return bit;
        }
    }
}
