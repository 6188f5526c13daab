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

        /// <summary>32-bit words of one row's scales: two binary16 numbers each.</summary>
        public static int ScaleWords(int columns, WeightFormat format) => Quantized(format) ? (Quantization.Groups(columns) + 1) / 2 : 0;

        public static bool Quantized(WeightFormat format) => format == WeightFormat.Int8 || format == WeightFormat.Int4;

        /// <summary>Place for 32-bit words.</summary>
        public uint Reserve(int count)
        {
            uint at = words;
            words += ((uint)count + 3) / 4 * 4;
            return at;
        }

        public MatrixLocation Matrix(int rows, int columns, WeightFormat format)
        {
            int rowWords = RowWords(columns, format), scaleWords = ScaleWords(columns, format);
            int chunk = format == WeightFormat.Int8 ? 16 : format == WeightFormat.Int4 ? 32 : 8;
            return new MatrixLocation
            {
                Start = Reserve(checked(rows * rowWords)) / 4,
                Stride = (uint)rowWords / 4,
                Chunks = (uint)((columns + chunk - 1) / chunk),
                Rows = (uint)rows,
                Scales = scaleWords == 0 ? 0 : Reserve(checked(rows * scaleWords)),
                ScaleStride = (uint)scaleWords,
            };
        }

        /// <summary>Experts behind one another; the result describes expert 0.</summary>
        public ExpertMatrices Experts(int experts, int rows, int columns, WeightFormat format)
        {
            MatrixLocation all = Matrix(checked(experts * rows), columns, format);
            all.Rows = (uint)rows;
            return new ExpertMatrices(all, (uint)rows * all.Stride, (uint)rows * all.ScaleStride, format, columns);
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

        /// <summary>32-bit words of scales from one expert to the next.</summary>
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
