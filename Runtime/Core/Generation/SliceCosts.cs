using System;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// What slices of each kind cost: the lower quartile of the last sixteen measurements, in milliseconds. A quartile forgets spikes (another process, a
    /// frame of the game between), and a moving one follows drift.
    /// </summary>
    internal sealed class SliceCosts
    {
        private const int Window = 16;

        private float[] _samples = Array.Empty<float>();
        private int[] _counts = Array.Empty<int>();
        private float[] _quartiles = Array.Empty<float>();
        private int _kinds;

        /// <summary>Makes room for more kinds; returns the first one's number.</summary>
        public int AddKinds(int count)
        {
            int first = _kinds;
            _kinds += count;
            if (_kinds > _counts.Length)
            {
                int room = Math.Max(_kinds, 2 * _counts.Length);
                Array.Resize(ref _samples, room * Window);
                Array.Resize(ref _counts, room);
                Array.Resize(ref _quartiles, room);
            }

            return first;
        }

        /// <summary>NaN for a kind that was never measured.</summary>
        public double Of(int kind) => _counts[kind] == 0 ? double.NaN : _quartiles[kind];

        public void Add(int kind, double milliseconds)
        {
            int seen = _counts[kind]++;
            int start = kind * Window;
            _samples[start + (seen % Window)] = (float)milliseconds;
            if (_counts[kind] == 2 * Window)
            {
                _counts[kind] = Window;
            }

            int count = Math.Min(seen + 1, Window);
            Span<float> sorted = stackalloc float[Window];
            for (int i = 0; i < count; i++)
            {
                float value = _samples[start + i];
                int at = i;
                while (at > 0 && sorted[at - 1] > value)
                {
                    sorted[at] = sorted[at - 1];
                    at--;
                }

                sorted[at] = value;
            }

            _quartiles[kind] = sorted[(count - 1) / 4];
        }
    }
}
