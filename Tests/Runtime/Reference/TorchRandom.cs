using System;

namespace PrismLM.Tests.Reference
{
    /// <summary>
    /// What <c>torch.manual_seed(seed); torch.randn(count)</c> gives on a CPU for at least 16 numbers: MT19937, 24-bit uniforms for the whole
    /// array first, then Box-Muller within blocks of 16, number j paired with number j + 8. The fixtures hold outputs only; these are their inputs.
    /// </summary>
    internal static class TorchRandom
    {
        public static double[] Normal(uint seed, int count)
        {
            if (count < 16 || count % 16 != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(count), count, "Only whole blocks of 16 are reproduced.");
            }

            var twister = new MersenneTwister(seed);
            var uniform = new float[count];
            for (int i = 0; i < count; i++)
            {
                uniform[i] = (twister.Next() & 0xFFFFFF) * (1f / (1 << 24));
            }

            var normal = new double[count];
            for (int block = 0; block < count; block += 16)
            {
                for (int j = 0; j < 8; j++)
                {
                    double radius = Math.Sqrt(-2.0 * Math.Log(1f - uniform[block + j]));
                    double angle = 2.0 * Math.PI * uniform[block + j + 8];
                    normal[block + j] = (float)(radius * Math.Cos(angle));
                    normal[block + j + 8] = (float)(radius * Math.Sin(angle));
                }
            }

            return normal;
        }

        private sealed class MersenneTwister
        {
            private readonly uint[] _state = new uint[624];
            private int _next = 624;

            public MersenneTwister(uint seed)
            {
                _state[0] = seed;
                for (uint i = 1; i < 624; i++)
                {
                    _state[i] = (1812433253u * (_state[i - 1] ^ (_state[i - 1] >> 30))) + i;
                }
            }

            public uint Next()
            {
                if (_next == 624)
                {
                    for (int i = 0; i < 624; i++)
                    {
                        uint y = (_state[i] & 0x80000000u) | (_state[(i + 1) % 624] & 0x7FFFFFFFu);
                        _state[i] = _state[(i + 397) % 624] ^ (y >> 1) ^ ((y & 1) != 0 ? 0x9908B0DFu : 0u);
                    }

                    _next = 0;
                }

                uint x = _state[_next++];
                x ^= x >> 11;
                x ^= (x << 7) & 0x9D2C5680u;
                x ^= (x << 15) & 0xEFC60000u;
                return x ^ (x >> 18);
            }
        }
    }
}
