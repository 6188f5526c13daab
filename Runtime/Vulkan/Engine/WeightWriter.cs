using System;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Fills a run of weights on the host, as the kernels read it: the checkpoint's own bits, row by row, with zeros behind.</summary>
    internal readonly ref struct WeightWriter
    {
        private readonly GpuBuffer<uint> segment;
        private readonly Span<uint> data;
        private readonly uint start;

        /// <summary>Writes into the segment itself where the host sees it, and beside it otherwise.</summary>
        /// <param name="segment">Where the run belongs.</param>
        /// <param name="start">First 32-bit word of the run in its segment.</param>
        /// <param name="end">One past the last.</param>
        public WeightWriter(GpuBuffer<uint> segment, uint start, uint end)
        {
            this.segment = segment;
            this.start = start;
            int count = (int)(end - start);
            data = segment.IsMapped ? segment.Mapped.Slice((int)start, count) : new uint[count];
            if (segment.IsMapped)
            {
                data.Clear();
            }
        }

        /// <summary>Puts the run on the device.</summary>
        public void Flush()
        {
            if (!segment.IsMapped)
            {
                segment.Upload(data, start);
            }
        }

        public void Floats(uint at, ReadOnlySpan<float> values) => MemoryMarshal.AsBytes(values).CopyTo(Bytes(at));

        /// <summary>One byte a word.</summary>
        public void Words(uint at, ReadOnlySpan<byte> values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                data[(int)(at - start) + i] = values[i];
            }
        }

        /// <summary>Copies rows of a stored tensor.</summary>
        /// <param name="target">Where.</param>
        /// <param name="targetRow">Row of the target for the tensor's row <paramref name="firstRow"/>.</param>
        /// <param name="rowStep">Target rows from one to the next: 2 interleaves gate and up.</param>
        /// <param name="checkpoint">Holds the tensor and, when it is quantized, its scales.</param>
        /// <param name="tensor">Name; the last axis is K.</param>
        /// <param name="firstRow">First row of the tensor.</param>
        /// <param name="rows">How many.</param>
        public void Rows(in MatrixLocation target, int targetRow, int rowStep, PrismCheckpoint checkpoint, string tensor, int firstRow, int rows)
        {
            CheckpointTensor source = checkpoint.Tensors[tensor];
            WeightFormat format = checkpoint.FormatOf(tensor);
            int rowBytes = (int)(source.Data.Length / (source.Elements / source.Shape[source.Shape.Length - 1]));
            ReadOnlySpan<byte> bytes = source.Data.Span;
            ReadOnlySpan<byte> scales = WeightPlan.Quantized(format) ? checkpoint.Tensors[TensorNames.Scale(tensor)].Data.Span : default;
            int groups = scales.IsEmpty ? 0 : scales.Length / 2 / (bytes.Length / rowBytes);
            for (int i = 0; i < rows; i++)
            {
                uint row = (uint)(targetRow + (i * rowStep));
                int from = firstRow + i;
                bytes.Slice(from * rowBytes, rowBytes).CopyTo(Bytes((target.Start + (row * target.Stride)) * 4));
                if (groups != 0)
                {
                    Scales(target, row, MemoryMarshal.Cast<byte, ushort>(scales.Slice(from * groups * 2, groups * 2)));
                }
            }
        }

        /// <summary>Writes the transpose of a matrix, as float32 or float16.</summary>
        public void Transposed(in MatrixLocation target, WeightFormat format, ReadOnlySpan<float> values, int rows, int columns)
        {
            for (int column = 0; column < columns; column++)
            {
                Span<byte> to = Bytes((target.Start + ((uint)column * target.Stride)) * 4);
                for (int row = 0; row < rows; row++)
                {
                    float value = values[(row * columns) + column];
                    if (format == WeightFormat.Float16)
                    {
                        BinaryPrimitives.WriteUInt16LittleEndian(to.Slice(2 * row), HalfFloat.ToHalf(value));
                    }
                    else
                    {
                        BinaryPrimitives.WriteInt32LittleEndian(to.Slice(4 * row), BitConverter.SingleToInt32Bits(value));
                    }
                }
            }
        }

        private void Scales(in MatrixLocation target, uint row, ReadOnlySpan<ushort> scales)
        {
            Span<ushort> halves = MemoryMarshal.Cast<uint, ushort>(data);
            int at = (int)((WeightPlan.ScaleByte(target, row, 0) / 2) - (2L * start));
            for (int group = 0; group < scales.Length; group++)
            {
                halves[at + (8 * group)] = scales[group];
            }
        }

        private Span<byte> Bytes(uint word) => MemoryMarshal.AsBytes(data.Slice((int)(word - start)));
    }
}
