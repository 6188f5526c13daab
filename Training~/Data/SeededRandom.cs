using System;

namespace PrismLM.Training.Data
{
    /// <summary>SplitMix64: a small generator whose numbers do not change with the runtime's version, so that a saved cursor stays valid.</summary>
    internal sealed class SeededRandom
    {
        private ulong _state;

        public SeededRandom(ulong seed) => _state = seed;

        public ulong NextBits()
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }

        /// <summary>0 to <paramref name="bound"/> - 1.</summary>
        public int Next(int bound) => (int)(NextBits() % (ulong)bound);

        /// <summary>0 to below 1.</summary>
        public double NextUnit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

        public void Shuffle<T>(Span<T> items)
        {
            for (var i = items.Length - 1; i > 0; i--)
            {
                var j = Next(i + 1);
                (items[i], items[j]) = (items[j], items[i]);
            }
        }
    }
}
