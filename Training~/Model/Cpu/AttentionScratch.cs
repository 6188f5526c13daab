using System;
using System.Runtime.InteropServices;

namespace PrismLM.Training.Model.Cpu
{
    /// <summary>One thread's working memory for one head, zeroed where padding is read.</summary>
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

        public float* KeysTransposed { get; private set; }

        public float* Values { get; private set; }

        public float* ValuesTransposed { get; private set; }

        public float* OutputGradient { get; private set; }

        public float* QueryGradient { get; private set; }

        public float* KeyGradient { get; private set; }

        public float* ValueGradient { get; private set; }

        /// <summary>(4, stride).</summary>
        public float* Probabilities { get; private set; }

        /// <summary>(4, stride).</summary>
        public float* ScoreGradient { get; private set; }

        /// <summary>Positions rounded up to 32, and a step more so that rows of different heads do not share cache sets.</summary>
        public int Stride { get; private set; }

        public static AttentionScratch Get(int length, int size)
        {
            var scratch = _ofThread ??= new AttentionScratch();
            scratch.Shape(length, size);
            return scratch;
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

            new Span<float>(_memory, floats).Clear();
            var at = (float*)_memory;
            float* Take(int count)
            {
                var taken = at;
                at += count;
                return taken;
            }

            Queries = Take(matrix);
            Keys = Take(matrix);
            KeysTransposed = Take(matrix);
            Values = Take(matrix);
            ValuesTransposed = Take(matrix);
            OutputGradient = Take(matrix);
            QueryGradient = Take(matrix);
            KeyGradient = Take(matrix);
            ValueGradient = Take(matrix);
            Probabilities = Take(4 * Stride);
            ScoreGradient = Take(4 * Stride);
        }
    }
}
