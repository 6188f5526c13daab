using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Gives out places in a run of weights; everything starts on a 128-bit word, and rows are padded to 32 elements.</summary>
    internal sealed class WeightPlan
    {
        /// <summary>Elements that rows are padded to, with zeros.</summary>
        public const int RowPadding = 32;

        private uint words;

        /// <param name="startWord">32-bit words before the run; a multiple of 4.</param>
        public WeightPlan(uint startWord)
        {
            words = startWord;
        }

        /// <summary>32-bit words so far, counted from the start of the segment.</summary>
        public uint End => words;

        public static int Padded(int elements) => (elements + RowPadding - 1) / RowPadding * RowPadding;

        /// <summary>32-bit words of one padded row.</summary>
        public static int RowWords(int columns, WeightFormat format)
        {
            int padded = Padded(columns);
            switch (format)
            {
                case WeightFormat.Float32: return padded;
                case WeightFormat.Float16: return padded / 2;
                case WeightFormat.Int8: return padded / 4;
                default: return padded / 8;
            }
        }

        /// <summary>Bytes from the start of the weights to one scale: a 128-bit word holds one group's scales of eight rows.</summary>
        public static long ScaleByte(in MatrixLocation matrix, uint row, int group) => ((matrix.Scales + (row / 8 * matrix.ScaleStride) + group) * 16) + (row % 8 * 2);

        public static bool Quantized(WeightFormat format) => format == WeightFormat.Int8 || format == WeightFormat.Int4;

        /// <summary>Place for 32-bit words.</summary>
        public uint Reserve(int count)
        {
            uint at = words;
            words += ((uint)count + 3) / 4 * 4;
            return at;
        }

        public MatrixLocation Matrix(int rows, int columns, WeightFormat format) => Experts(1, rows, columns, format).First;

        /// <summary>Experts behind one another; the result describes expert 0.</summary>
        public ExpertMatrices Experts(int experts, int rows, int columns, WeightFormat format)
        {
            int rowWords = RowWords(columns, format), groups = Quantized(format) ? Quantization.Groups(columns) : 0;
            int chunk = format == WeightFormat.Int8 ? 16 : format == WeightFormat.Int4 ? 32 : 8;
            int scales = (rows + 7) / 8 * groups;
            var first = new MatrixLocation
            {
                Start = Reserve(checked(experts * rows * rowWords)) / 4,
                Stride = (uint)rowWords / 4,
                Chunks = (uint)((columns + chunk - 1) / chunk),
                Rows = (uint)rows,
                Scales = groups == 0 ? 0 : Reserve(checked(experts * scales * 4)) / 4,
                ScaleStride = (uint)groups,
            };
            return new ExpertMatrices(first, (uint)rows * first.Stride, (uint)scales, format, columns);
        }
    }

    /// <summary>The same matrix of every expert; one expert when the model is dense.</summary>
    internal readonly struct ExpertMatrices
    {
        public ExpertMatrices(MatrixLocation first, uint words, uint scales, WeightFormat format, int columns)
        {
            First = first;
            Words = words;
            Scales = scales;
            Format = format;
            Columns = columns;
        }

        public MatrixLocation First { get; }

        /// <summary>128-bit words from one expert to the next.</summary>
        public uint Words { get; }

        /// <summary>128-bit words of scales from one expert to the next.</summary>
        public uint Scales { get; }

        public WeightFormat Format { get; }

        public int Columns { get; }

        /// <summary>The matrix of one expert.</summary>
        public MatrixLocation Of(int expert)
        {
            MatrixLocation location = First;
            location.Start += (uint)expert * Words;
            location.Scales += (uint)expert * Scales;
            return location;
        }
    }
}
