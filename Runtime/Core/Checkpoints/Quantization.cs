using System;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>
    /// Symmetric integers with one float16 scale per group of 32 along a row: s = f16(max|w| / 127) or f16(max|w| / 7), q = clamp(round-half-even(w / s)), s = 0 gives 0.
    /// A row whose length is no multiple of 32 ends in a shorter group, as if padded with zeros that are not stored. Four bits: two's complement, low nibble first;
    /// a row of odd length ends in a zero nibble.
    /// </summary>
    public static class Quantization
    {
        /// <summary>Weights that share a scale.</summary>
        public const int GroupSize = 32;

        /// <summary>Groups of a row.</summary>
        public static int Groups(int columns) => (columns + GroupSize - 1) / GroupSize;

        /// <summary>Bytes of a row.</summary>
        public static int RowBytes(WeightFormat format, int columns) => format == WeightFormat.Int4 ? (columns + 1) / 2 : columns;

        /// <summary>Largest |q|: 127 or 7.</summary>
        public static int Limit(WeightFormat format) =>
            format == WeightFormat.Int8 ? 127 : format == WeightFormat.Int4 ? 7 : throw new ArgumentOutOfRangeException(nameof(format), format, "Int8 or Int4.");

        /// <summary>Encodes rows of finite weights.</summary>
        /// <param name="format">Int8 or Int4.</param>
        /// <param name="weights">(rows, columns)</param>
        /// <param name="columns">Length of a row, the input axis.</param>
        /// <param name="codes">(rows, <see cref="RowBytes"/>)</param>
        /// <param name="scales">(rows, <see cref="Groups"/>), float16 bits</param>
        public static void Encode(WeightFormat format, ReadOnlySpan<float> weights, int columns, Span<byte> codes, Span<ushort> scales)
        {
            int limit = Limit(format);
            int rows = Rows(weights.Length, columns, format, codes.Length, scales.Length);
            int groups = Groups(columns), rowBytes = RowBytes(format, columns);
            codes.Clear();
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<float> rowWeights = weights.Slice(row * columns, columns);
                Span<byte> rowCodes = codes.Slice(row * rowBytes, rowBytes);
                for (int group = 0; group < groups; group++)
                {
                    int start = group * GroupSize, end = Math.Min(columns, start + GroupSize);
                    float largest = 0;
                    for (int i = start; i < end; i++)
                    {
                        largest = Math.Max(largest, Math.Abs(rowWeights[i]));
                    }

                    ushort half = HalfFloat.ToHalf(largest / limit);
                    scales[row * groups + group] = half;
                    double scale = HalfFloat.ToSingle(half);
                    for (int i = start; i < end; i++)
                    {
                        // Double keeps the quotient of two float32 exact enough that only true ties are ties.
                        double quotient = scale == 0 ? 0 : Math.Round(rowWeights[i] / scale, MidpointRounding.ToEven);
                        Put(format, rowCodes, i, (int)Math.Max(-limit, Math.Min(limit, quotient)));
                    }
                }
            }
        }

        /// <summary>Decodes rows: w = q * s in float32.</summary>
        /// <param name="format">Int8 or Int4.</param>
        /// <param name="codes">(rows, <see cref="RowBytes"/>)</param>
        /// <param name="scales">(rows, <see cref="Groups"/>), float16 bits</param>
        /// <param name="columns">Length of a row.</param>
        /// <param name="weights">(rows, columns)</param>
        public static void Decode(WeightFormat format, ReadOnlySpan<byte> codes, ReadOnlySpan<ushort> scales, int columns, Span<float> weights)
        {
            int rows = Rows(weights.Length, columns, format, codes.Length, scales.Length);
            int groups = Groups(columns), rowBytes = RowBytes(format, columns);
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<byte> rowCodes = codes.Slice(row * rowBytes, rowBytes);
                for (int i = 0; i < columns; i++)
                {
                    weights[row * columns + i] = Get(format, rowCodes, i) * HalfFloat.ToSingle(scales[row * groups + i / GroupSize]);
                }
            }
        }

        /// <summary>The signed code of one column of a row.</summary>
        public static int Get(WeightFormat format, ReadOnlySpan<byte> rowCodes, int column)
        {
            if (format == WeightFormat.Int8)
            {
                return unchecked((sbyte)rowCodes[column]);
            }

            int nibble = (rowCodes[column / 2] >> (column % 2 * 4)) & 15;
            return nibble < 8 ? nibble : nibble - 16;
        }

        private static void Put(WeightFormat format, Span<byte> rowCodes, int column, int code)
        {
            if (format == WeightFormat.Int8)
            {
                rowCodes[column] = unchecked((byte)code);
            }
            else
            {
                rowCodes[column / 2] |= (byte)((code & 15) << (column % 2 * 4));
            }
        }

        private static int Rows(int weights, int columns, WeightFormat format, int codes, int scales)
        {
            if (columns <= 0 || weights % columns != 0)
            {
                throw new ArgumentException("The weights are not whole rows.", nameof(weights));
            }

            int rows = weights / columns;
            if (codes != rows * RowBytes(format, columns) || scales != rows * Groups(columns))
            {
                throw new ArgumentException("The codes or scales have another size than their weights need.", nameof(codes));
            }

            return rows;
        }
    }
}
