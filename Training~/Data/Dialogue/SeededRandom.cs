using System.Collections.Generic;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// SplitMix64 (Steele, Lea, Flood 2014): a stream that depends on its seed alone, on every platform and runtime, which System.Random does not promise.
    /// </summary>
    internal sealed class SeededRandom
    {
        private ulong state;

        public SeededRandom(ulong seed, ulong stream)
        {
            state = Mix(seed ^ Mix(stream + 0x9E3779B97F4A7C15UL));
        }

        public ulong NextUInt64()
        {
            state += 0x9E3779B97F4A7C15UL;
            return Mix(state);
        }

        /// <summary>0 to <paramref name="bound"/> - 1.</summary>
        public int Next(int bound) => (int)(((NextUInt64() >> 32) * (ulong)bound) >> 32);

        public bool Chance(double probability) => (NextUInt64() >> 11) * (1.0 / (1UL << 53)) < probability;

        public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

        /// <summary>Fisher-Yates.</summary>
        public void Shuffle<T>(IList<T> items)
        {
            for (var i = items.Count - 1; i > 0; i--)
            {
                var j = Next(i + 1);
                (items[i], items[j]) = (items[j], items[i]);
            }
        }

        private static ulong Mix(ulong z)
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
