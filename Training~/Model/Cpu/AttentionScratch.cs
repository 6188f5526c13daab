using System;
using System.Runtime.InteropServices;

namespace PrismLM.Training.Model.Cpu
{
    /// <summary>One thread's working memory for one head, zero where padding is read.</summary>
    internal sealed unsafe class AttentionScratch
    {
        [ThreadStatic]
        private static AttentionScratch? _ofThread;

        private void* _memory;
        private int _floats;

        private AttentionScratch()
        {
        }

        ~AttentionScratch() => NativeMemory.AlignedFree(_memory);

        public float* Queries { get; private set; }

        public float* Keys { get; private set; }

        public float* KeysBlocked { get; private set; }

        public float* Values { get; private set; }

        public float* ValuesBlocked { get; private set; }

        public float* OutputGradient { get; private set; }

        public float* QueryGradient { get; private set; }

        public float* KeyGradient { get; private set; }

        public float* ValueGradient { get; private set; }

        /// <summary>(4, stride).</summary>
        public float* Probabilities { get; private set; }

        /// <summary>(4, stride).</summary>
        public float* ScoreGradient { get; private set; }

        /// <summary>Positions rounded up to whole blocks of 32, and 16 more so that rows do not share cache sets.</summary>
        public int Stride { get; private set; }

        public static AttentionScratch Get(int length, int size)
        {
            var scratch = _ofThread ??= new AttentionScratch();
            scratch.Shape(length, size);
            return scratch;
        }

        /// <summary>Clears the sums of a backward pass.</summary>
        public void ClearGradients(int size)
        {
            new Span<float>(KeyGradient, Stride * size).Clear();
            new Span<float>(ValueGradient, Stride * size).Clear();
        }

        private void Shape(int length, int size)
        {
            Stride = ((length + RowBlock.Step - 1) / RowBlock.Step * RowBlock.Step) + 16;
            var matrix = Stride * size;
            var floats = (9 * matrix) + (8 * Stride);
            if (floats > _floats)
            {
                NativeMemory.AlignedFree(_memory);
                _memory = NativeMemory.AlignedAlloc((nuint)floats * sizeof(float), 64);
                _floats = floats;
            }

            var at = (float*)_memory;
            float* Take(int count)
            {
                var taken = at;
                at += count;
                return taken;
            }

            Queries = Take(matrix);
            Keys = Take(matrix);
            KeysBlocked = Take(matrix);
            Values = Take(matrix);
            ValuesBlocked = Take(matrix);
            OutputGradient = Take(matrix);
            QueryGradient = Take(matrix);
            KeyGradient = Take(matrix);
            ValueGradient = Take(matrix);
            Probabilities = Take(4 * Stride);
            ScoreGradient = Take(4 * Stride);
            foreach (var rows in stackalloc[] { (nint)Queries, (nint)Keys, (nint)Values, (nint)OutputGradient })
            {
                // Whole blocks of rows are read; those past the end must be finite and add nothing.
                new Span<float>((float*)rows + (length * size), (Stride - length) * size).Clear();
            }
        }
    }
}
