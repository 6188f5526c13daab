using System;
using System.Collections.Generic;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>One stored tensor: row-major, little-endian bytes.</summary>
    public sealed class CheckpointTensor
    {
        internal CheckpointTensor(string name, DType type, int[] shape, ReadOnlyMemory<byte> data)
        {
            Name = name;
            DType = type;
            Shape = shape;
            Data = data;
        }

        public string Name { get; }

        public DType DType { get; }

        /// <summary>1 to 4 sizes, slowest first. Treat as read-only.</summary>
#pragma warning disable CA1819 // a shape is read in the innermost set-up loops of every backend; a copy per access would be the surprise
        public int[] Shape { get; }
#pragma warning restore CA1819

        public ReadOnlyMemory<byte> Data { get; }

        /// <summary>Product of the shape.</summary>
        public long Elements => Count(Shape);

        internal static long Count(IReadOnlyList<int> shape)
        {
            long count = 1;
            for (int i = 0; i < shape.Count; i++)
            {
                count = checked(count * shape[i]);
            }

            return count;
        }
    }
}
