using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Engine;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>A matrix as kernels read it, with the padding poisoned where padding must not matter.</summary>
    internal static class MatrixInMemory
    {
        /// <summary>Lays rows out and replaces <paramref name="w"/> by what the format keeps of it.</summary>
        public static (MatrixLocation Location, uint[] Words) Write(float[] w, int rows, int columns, WeightFormat format)
        {
            var plan = new WeightPlan(8);
            MatrixLocation location = plan.Matrix(rows, columns, format);
            var words = new uint[plan.End];

            // What lies before the matrix is not its own: NaN.
            words.AsSpan(0, 8).Fill(0x7FC00000);
            Span<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(words.AsSpan());
            for (int row = 0; row < rows; row++)
            {
                Span<float> values = w.AsSpan(row * columns, columns);
                Span<byte> to = bytes.Slice((int)(location.Start + (row * location.Stride)) * 16);
                if (WeightPlan.Quantized(format))
                {
                    var scales = new ushort[Quantization.Groups(columns)];
                    Span<byte> codes = to.Slice(0, Quantization.RowBytes(format, columns));
                    Quantization.Encode(format, values, columns, codes, scales);
                    Quantization.Decode(format, codes, scales, columns, values);
                    for (int group = 0; group < scales.Length; group++)
                    {
                        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(bytes.Slice((int)WeightPlan.ScaleByte(location, (uint)row, group)), scales[group]);
                    }

                    continue;
                }

                for (int i = 0; i < columns; i++)
                {
                    if (format == WeightFormat.Float16)
                    {
                        ushort half = HalfFloat.ToHalf(values[i]);
                        values[i] = HalfFloat.ToSingle(half);
                        System.Buffers.Binary.BinaryPrimitives.WriteUInt16LittleEndian(to.Slice(2 * i), half);
                    }
                    else
                    {
                        System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(to.Slice(4 * i), BitConverter.SingleToInt32Bits(values[i]));
                    }
                }
            }

            return (location, words);
        }
    }
}
