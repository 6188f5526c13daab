using System;

namespace PrismLM.Core.Generation
{
    /// <summary>Thresholds among unsorted keys, by digits of eight bits from the top: counts and sums alone, in any order.</summary>
    internal sealed class RadixThreshold
    {
        private readonly ulong[] _histogram = new ulong[256];

        /// <summary>The largest key K for which the measures of all keys at or above K add up to <paramref name="target"/> or more.</summary>
        /// <param name="keys">Unsorted.</param>
        /// <param name="measures">One for each key, or empty for 1 each.</param>
        /// <param name="target">At least 1 and at most the sum of all measures.</param>
        /// <param name="above">Receives the sum of the measures of keys above K; it is below the target.</param>
        public uint Find(ReadOnlySpan<uint> keys, ReadOnlySpan<uint> measures, ulong target, out ulong above)
        {
            uint prefix = 0;
            uint mask = 0;
            above = 0;
            for (int shift = 24; shift >= 0; shift -= 8)
            {
                Array.Clear(_histogram, 0, _histogram.Length);
                for (int i = 0; i < keys.Length; i++)
                {
                    if ((keys[i] & mask) == prefix)
                    {
                        _histogram[(keys[i] >> shift) & 0xFF] += measures.IsEmpty ? 1 : measures[i];
                    }
                }

                int digit = 255;
                while (digit > 0 && above + _histogram[digit] < target)
                {
                    above += _histogram[digit];
                    digit--;
                }

                prefix |= (uint)digit << shift;
                mask |= 0xFFu << shift;
            }

            return prefix;
        }
    }
}
