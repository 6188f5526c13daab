using System;

namespace PrismLM.Tests
{
    /// <summary>SplitMix64: the same numbers on every runtime, unlike System.Random.</summary>
    public sealed class TestRandom
    {
        private ulong _state;

        public TestRandom(ulong seed) => _state = seed;

        public ulong Next()
        {
            unchecked
            {
                ulong z = _state += 0x9E3779B97F4A7C15;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return z ^ (z >> 31);
            }
        }

        public int Below(int limit) => (int)(Next() % (ulong)limit);

        /// <summary>In (0, 1).</summary>
        public double Uniform() => ((Next() >> 11) + 0.5) / (1UL << 53);

        public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());
    }
}
