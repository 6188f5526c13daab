using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Float32 weights to stored tensors.</summary>
    internal static class TensorEncoder
    {
        /// <summary>Adds the tensor, and its scales when it is quantized.</summary>
        public static void Encode(TensorSpec spec, ReadOnlySpan<float> values, WeightFormat format, List<CheckpointTensor> output)
        {
            var shape = new List<int>(spec.Shape);
            if (format == WeightFormat.Float32)
            {
                output.Add(new CheckpointTensor(spec.Name, DType.F32, shape.ToArray(), MemoryMarshal.AsBytes(values).ToArray()));
                return;
            }

            if (format == WeightFormat.Float16)
            {
                var halves = new byte[2 * values.Length];
                Span<ushort> bits = MemoryMarshal.Cast<byte, ushort>(halves.AsSpan());
                for (int i = 0; i < values.Length; i++)
                {
                    bits[i] = HalfFloat.ToHalf(values[i]);
                }

                output.Add(new CheckpointTensor(spec.Name, DType.F16, shape.ToArray(), halves));
                return;
            }

            int columns = spec.Columns, rows = values.Length / columns, groups = Quantization.Groups(columns);
            var codes = new byte[rows * Quantization.RowBytes(format, columns)];
            var scales = new byte[2 * rows * groups];
            Quantization.Encode(format, values, columns, codes, MemoryMarshal.Cast<byte, ushort>(scales.AsSpan()));
            shape[shape.Count - 1] = Quantization.RowBytes(format, columns);
            output.Add(new CheckpointTensor(spec.Name, format == WeightFormat.Int8 ? DType.I8 : DType.U8, shape.ToArray(), codes));
            shape[shape.Count - 1] = groups;
            output.Add(new CheckpointTensor(TensorNames.Scale(spec.Name), DType.F16, shape.ToArray(), scales));
        }
    }
}
