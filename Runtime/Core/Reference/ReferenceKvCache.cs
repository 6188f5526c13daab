using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Reference
{
    /// <summary>How the reference keeps keys and values.</summary>
    public enum ReferenceKvFormat
    {
        /// <summary>As computed.</summary>
        Float64,

        /// <summary>Rounded to float32, as a device with a float32 cache stores them.</summary>
        Float32,

        /// <summary>Rounded to float32 and then to float16, as a device with a float16 cache stores them.</summary>
        Float16,
    }

    /// <summary>Rotated keys and plain values of one sequence; grows by doubling, so that short replies of a long-context model stay small.</summary>
    internal sealed class ReferenceKvCache
    {
        private readonly ReferenceKvFormat _format;
        private readonly double[][] _keys;
        private readonly double[][] _values;
        private readonly int _width;
        private readonly int _context;
        private int _capacity;

        public ReferenceKvCache(ModelConfig config, ReferenceKvFormat format)
        {
            _format = format;
            _width = config.KvDim;
            _context = config.Context;
            _keys = new double[config.Layers][];
            _values = new double[config.Layers][];
            Resize(Math.Min(64, _context));
        }

        /// <summary>(positions, kv heads * head size) row-major, of one layer.</summary>
        public ReadOnlySpan<double> Keys(int layer) => _keys[layer];

        /// <inheritdoc cref="Keys"/>
        public ReadOnlySpan<double> Values(int layer) => _values[layer];

        /// <summary>Makes room for positions 0 to <paramref name="count"/> - 1.</summary>
        public void Reserve(int count)
        {
            if (count > _capacity)
            {
                Resize(Math.Min(_context, Math.Max(count, 2 * _capacity)));
            }
        }

        /// <summary>Stores one position of one layer, rounded as the format says.</summary>
        public void Store(int layer, int position, ReadOnlySpan<double> keys, ReadOnlySpan<double> values)
        {
            Round(keys, _keys[layer].AsSpan(position * _width, _width), _format);
            Round(values, _values[layer].AsSpan(position * _width, _width), _format);
        }

        public static void Round(ReadOnlySpan<double> source, Span<double> target, ReferenceKvFormat format)
        {
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = format switch
                {
                    ReferenceKvFormat.Float64 => source[i],
                    ReferenceKvFormat.Float32 => (float)source[i],
                    _ => HalfFloat.ToSingle(HalfFloat.ToHalf((float)source[i])),
                };
            }
        }

        private void Resize(int capacity)
        {
            for (int i = 0; i < _keys.Length; i++)
            {
                Array.Resize(ref _keys[i], capacity * _width);
                Array.Resize(ref _values[i], capacity * _width);
            }

            _capacity = capacity;
        }
    }
}
