using System;

namespace PrismLM.Core.Reference
{
    /// <summary>
    /// Cosines and sines of the rotary angles position * inv_freq[group][pair], computed in double from the stored float32 frequencies and
    /// rounded once to float32. Trainer, reference and runtime use these same numbers: float32 angles are off by 8e-4 rad at position 4,096,
    /// and Vulkan promises sin and cos only to 2^-11 [M].
    /// </summary>
    public sealed class RopeTable
    {
        private readonly float[] _cos;
        private readonly float[] _sin;

        /// <param name="inverseFrequencies">(groups, pairs) row-major, radians per position.</param>
        /// <param name="groups">Frequency groups; signal heads use group 0 and noise heads group 1 in our presets.</param>
        /// <param name="positions">Positions 0 to positions - 1 are tabulated.</param>
        public RopeTable(ReadOnlySpan<float> inverseFrequencies, int groups, int positions)
        {
            if (groups < 1 || inverseFrequencies.Length % groups != 0 || inverseFrequencies.Length == 0)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{inverseFrequencies.Length} frequencies cannot be divided among {groups} groups."), nameof(inverseFrequencies));
            }

            if (positions < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(positions), positions, "At least one position is needed.");
            }

            Groups = groups;
            Pairs = inverseFrequencies.Length / groups;
            Positions = positions;
            _cos = new float[positions * inverseFrequencies.Length];
            _sin = new float[_cos.Length];
            int at = 0;
            for (int position = 0; position < positions; position++)
            {
                for (int i = 0; i < inverseFrequencies.Length; i++, at++)
                {
                    double angle = position * (double)inverseFrequencies[i];
                    _cos[at] = (float)Math.Cos(angle);
                    _sin[at] = (float)Math.Sin(angle);
                }
            }
        }

        public int Groups { get; }

        /// <summary>Rotated pairs in a head: half the head size.</summary>
        public int Pairs { get; }

        public int Positions { get; }

        /// <summary>All cosines, (positions, groups, pairs) row-major.</summary>
        public ReadOnlySpan<float> AllCos => _cos;

        /// <summary>All sines, (positions, groups, pairs) row-major.</summary>
        public ReadOnlySpan<float> AllSin => _sin;

        /// <summary>Cosines of one group at one position, (pairs).</summary>
        public ReadOnlySpan<float> Cos(int position, int group) => _cos.AsSpan(((position * Groups) + group) * Pairs, Pairs);

        /// <summary>Sines of one group at one position, (pairs).</summary>
        public ReadOnlySpan<float> Sin(int position, int group) => _sin.AsSpan(((position * Groups) + group) * Pairs, Pairs);
    }
}
