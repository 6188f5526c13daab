using System;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>No value that a backend could choke on: NaN, infinities, |w| above 10,000, tensors that a device flushes to zero. One pass of integer compares, many at once;
    /// only when something is wrong a second one finds out where.</summary>
    internal static class ValueCheck
    {
        private const string Bound = "finite, at most 10000 in size";

        public static void Run(CheckpointTensor tensor, string file)
        {
            switch (tensor.DType)
            {
                case DType.F32: Single(tensor, file); break;
                case DType.F16: Sixteen(tensor, file, 0x7C00, 0x0400, HalfFloat.ToHalf(CheckpointLimits.MaxWeight)); break;
                case DType.BF16: Sixteen(tensor, file, 0x7F80, 0x0080, 0x461C); break; // 9984, the last bfloat16 up to 10000
            }
        }

        /// <summary>Codes and scales of one quantized tensor.</summary>
        public static void Quantized(CheckpointTensor codes, CheckpointTensor scales, WeightFormat format, int columns, string file)
        {
            int limit = Quantization.Limit(format), groups = Quantization.Groups(columns), rowBytes = Quantization.RowBytes(format, columns);
            ReadOnlySpan<byte> data = codes.Data.Span;
            ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(scales.Data.Span);
            for (int i = 0; i < halves.Length; i++)
            {
                if (halves[i] > 0x8000)
                {
                    throw Fail(FileErrorCodes.NegativeScale, file, scales, i, HalfFloat.ToSingle(halves[i]), "no negative scale");
                }
            }

            bool padded = format == WeightFormat.Int4 && columns % 2 == 1;
            if (!padded && !HasSmallest(data, format) && limit * HalfFloat.ToSingle(Largest(halves, (ushort)0x7FFF)) <= CheckpointLimits.MaxWeight)
            {
                return;
            }

            int rows = data.Length / rowBytes;
            for (int row = 0; row < rows; row++)
            {
                ReadOnlySpan<byte> rowCodes = data.Slice(row * rowBytes, rowBytes);
                for (int i = 0; i < columns; i++)
                {
                    int q = Quantization.Get(format, rowCodes, i);
                    if (q < -limit)
                    {
                        throw Fail(FileErrorCodes.QuantizedRange, file, codes, (long)row * columns + i, q, "-" + Text(limit) + " to " + Text(limit));
                    }

                    float weight = q * HalfFloat.ToSingle(halves[row * groups + i / Quantization.GroupSize]);
                    if (Math.Abs(weight) > CheckpointLimits.MaxWeight)
                    {
                        throw Fail(FileErrorCodes.TooBig, file, codes, (long)row * columns + i, weight, Bound);
                    }
                }

                if (format == WeightFormat.Int4 && columns % 2 == 1 && rowCodes[rowBytes - 1] >> 4 != 0)
                {
                    throw Fail(FileErrorCodes.NotZeroPadded, file, codes, (long)row * columns + columns, rowCodes[rowBytes - 1] >> 4, "a zero nibble after the last column");
                }
            }
        }

        /// <summary>A norm of zeros makes its block, or every logit, zero: no training ends there.</summary>
        public static void Norm(CheckpointTensor tensor, string file)
        {
            foreach (byte b in tensor.Data.Span)
            {
                if (b != 0 && b != 0x80)
                {
                    return;
                }
            }

            throw new PrismFileException(FileErrorCodes.ZeroNorm, file, Where(tensor), "zeros alone", "a norm with values");
        }

        private static void Single(CheckpointTensor tensor, string file)
        {
            ReadOnlySpan<int> bits = MemoryMarshal.Cast<byte, int>(tensor.Data.Span);
            int limit = BitConverter.SingleToInt32Bits(CheckpointLimits.MaxWeight), largest = Largest(bits, 0x7FFFFFFF);
            for (int i = 0; i < bits.Length && largest > limit; i++)
            {
                if ((bits[i] & 0x7FFFFFFF) > limit)
                {
                    throw Refuse(file, tensor, i, BitConverter.Int32BitsToSingle(bits[i]));
                }
            }

            RefuseSubnormals(largest > 0 && largest < 0x00800000, tensor, file);
        }

        private static void Sixteen(CheckpointTensor tensor, string file, int infinity, int normal, int limit)
        {
            ReadOnlySpan<ushort> bits = MemoryMarshal.Cast<byte, ushort>(tensor.Data.Span);
            int largest = Largest(bits, (ushort)0x7FFF);
            for (int i = 0; i < bits.Length && largest > limit; i++)
            {
                int magnitude = bits[i] & 0x7FFF;
                if (magnitude > infinity && tensor.DType == DType.BF16)
                {
                    string found = string.Format(CultureInfo.InvariantCulture, "NaN (bits 0x{0:X4})", bits[i]);
                    throw new PrismFileException(FileErrorCodes.Bf16NaN, file, Where(tensor) + " index " + Text(i), found, Bound);
                }

                if (magnitude > limit)
                {
                    float value = magnitude > infinity ? float.NaN : infinity == 0x7C00 ? HalfFloat.ToSingle(bits[i]) : BitConverter.Int32BitsToSingle(bits[i] << 16);
                    throw Refuse(file, tensor, i, value);
                }
            }

            RefuseSubnormals(largest > 0 && largest < normal, tensor, file);
        }

        private static T Largest<T>(ReadOnlySpan<T> bits, T magnitude)
            where T : struct, IComparable<T>
        {
            var mask = new Vector<T>(magnitude);
            Vector<T> all = Vector<T>.Zero;
            ReadOnlySpan<Vector<T>> wide = MemoryMarshal.Cast<T, Vector<T>>(bits);
            for (int i = 0; i < wide.Length; i++)
            {
                all = Vector.Max(all, wide[i] & mask);
            }

            for (int i = wide.Length * Vector<T>.Count; i < bits.Length; i++)
            {
                all = Vector.Max(all, new Vector<T>(bits[i]) & mask);
            }

            T largest = all[0];
            for (int i = 1; i < Vector<T>.Count; i++)
            {
                largest = all[i].CompareTo(largest) > 0 ? all[i] : largest;
            }

            return largest;
        }

        /// <summary>Whether a code is -128 or -8, which have no positive counterpart.</summary>
        private static bool HasSmallest(ReadOnlySpan<byte> codes, WeightFormat format)
        {
            if (format == WeightFormat.Int8)
            {
                return codes.IndexOf((byte)0x80) >= 0;
            }

            Vector<byte> low = new Vector<byte>(0x0F), high = new Vector<byte>(0xF0), lowSmallest = new Vector<byte>(0x08), highSmallest = new Vector<byte>(0x80), found = Vector<byte>.Zero;
            ReadOnlySpan<Vector<byte>> wide = MemoryMarshal.Cast<byte, Vector<byte>>(codes);
            for (int i = 0; i < wide.Length; i++)
            {
                found |= Vector.Equals(wide[i] & low, lowSmallest) | Vector.Equals(wide[i] & high, highSmallest);
            }

            bool any = found != Vector<byte>.Zero;
            for (int i = wide.Length * Vector<byte>.Count; i < codes.Length; i++)
            {
                any |= (codes[i] & 0x0F) == 0x08 || (codes[i] & 0xF0) == 0x80;
            }

            return any;
        }

        private static void RefuseSubnormals(bool only, CheckpointTensor tensor, string file)
        {
            if (only)
            {
                throw new PrismFileException(FileErrorCodes.OnlySubnormals, file, Where(tensor), "subnormal values alone", "values that a device does not flush to zero");
            }
        }

        private static PrismFileException Refuse(string file, CheckpointTensor tensor, long index, float value) =>
            Fail(float.IsNaN(value) ? FileErrorCodes.NaN : float.IsInfinity(value) ? FileErrorCodes.Infinite : FileErrorCodes.TooBig, file, tensor, index, value, Bound);

        private static PrismFileException Fail(string code, string file, CheckpointTensor tensor, long index, float value, string expected) =>
            new PrismFileException(code, file, Where(tensor) + " index " + Text(index), value.ToString("R", CultureInfo.InvariantCulture), expected);

        private static string Where(CheckpointTensor tensor) => "tensor " + SafeText.Quote(tensor.Name);

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
