using System;
using System.Runtime.Intrinsics;
using System.Threading.Tasks;

namespace PrismLM.Training.Model.Cpu
{
    /// <summary>
    /// Rotation and causal attention of every head, forward and backward, one head at a time in the cache. The library's flash attention is
    /// made for long sequences and large heads; at 256 positions and heads of 32 it took more time than all matrix products together.
    /// </summary>
    internal static unsafe class AttentionKernel
    {
        private const int Lanes = 16;

        /// <param name="projected">(batch, length, plan.Width).</param>
        /// <param name="output">(batch, length, heads * headDim).</param>
        public static void Forward(AttentionPlan plan, float* projected, float* output, int batch, int length, int threads)
        {
            var share = plan.Heads / plan.KvHeads;
            Parallel.For(0, batch * plan.KvHeads, new ParallelOptions { MaxDegreeOfParallelism = threads }, job =>
            {
                var (sequence, kvHead) = Math.DivRem(job, plan.KvHeads);
                var rows = projected + ((long)sequence * length * plan.Width);
                var s = AttentionScratch.Get(length, plan.HeadDim);
                LoadKeysAndValues(plan, rows, kvHead, share, length, s);
                for (var head = kvHead * share; head < (kvHead + 1) * share; head++)
                {
                    LoadRotated(plan, rows + (head * plan.HeadDim), head, length, (float)(1.0 / Math.Sqrt(plan.HeadDim)), s.Queries);
                    var target = output + ((long)sequence * length * plan.Heads * plan.HeadDim) + (head * plan.HeadDim);
                    for (var r = 0; r < length; r += RowBlock.Rows)
                    {
                        Probabilities(s, r, plan.HeadDim);
                        RowBlock.Mix(s.Probabilities, s.Stride, s.Values, plan.HeadDim, Math.Min(r + RowBlock.Rows, length), s.QueryGradient);
                        for (var i = 0; i < Math.Min(RowBlock.Rows, length - r); i++)
                        {
                            new ReadOnlySpan<float>(s.QueryGradient + (i * plan.HeadDim), plan.HeadDim)
                                .CopyTo(new Span<float>(target + ((long)(r + i) * plan.Heads * plan.HeadDim), plan.HeadDim));
                        }
                    }
                }
            });
        }

        /// <param name="outputGradient">(batch, length, heads * headDim).</param>
        /// <param name="gradient">(batch, length, plan.Width), zero; receives the gradient of <paramref name="projected"/>.</param>
        public static void Backward(AttentionPlan plan, float* projected, float* outputGradient, float* gradient, int batch, int length, int threads)
        {
            var (share, size) = (plan.Heads / plan.KvHeads, plan.HeadDim);
            var scale = (float)(1.0 / Math.Sqrt(size));
            Parallel.For(0, batch * plan.KvHeads, new ParallelOptions { MaxDegreeOfParallelism = threads }, job =>
            {
                var (sequence, kvHead) = Math.DivRem(job, plan.KvHeads);
                var rows = projected + ((long)sequence * length * plan.Width);
                var target = gradient + ((long)sequence * length * plan.Width);
                var s = AttentionScratch.Get(length, size);
                LoadKeysAndValues(plan, rows, kvHead, share, length, s);
                Block(s.Values, length, size, s.ValuesBlocked);
                s.ClearGradients(size);
                for (var head = kvHead * share; head < (kvHead + 1) * share; head++)
                {
                    LoadRotated(plan, rows + (head * size), head, length, scale, s.Queries);
                    var from = outputGradient + ((long)sequence * length * plan.Heads * size) + (head * size);
                    for (var i = 0; i < length; i++)
                    {
                        new ReadOnlySpan<float>(from + ((long)i * plan.Heads * size), size).CopyTo(new Span<float>(s.OutputGradient + (i * size), size));
                    }

                    for (var r = 0; r < length; r += RowBlock.Rows)
                    {
                        var columns = Probabilities(s, r, size);
                        var count = Math.Min(r + RowBlock.Rows, length);
                        RowBlock.Scores(s.OutputGradient + (r * size), s.ValuesBlocked, size, s.Stride, columns, s.ScoreGradient);
                        for (var i = 0; i < RowBlock.Rows; i++)
                        {
                            RowBlock.SoftmaxGradient(s.Probabilities + (i * s.Stride), s.ScoreGradient + (i * s.Stride), columns);
                        }

                        RowBlock.Mix(s.ScoreGradient, s.Stride, s.Keys, size, count, s.QueryGradient + (r * size));
                        RowBlock.Spread(s.ScoreGradient, s.Stride, s.Queries + (r * size), size, count, s.KeyGradient);
                        RowBlock.Spread(s.Probabilities, s.Stride, s.OutputGradient + (r * size), size, count, s.ValueGradient);
                    }

                    AddRotatedBack(plan, s.QueryGradient, head, length, scale, target + (head * size));
                }

                AddRotatedBack(plan, s.KeyGradient, kvHead * share, length, 1f, target + plan.KeyOffset + (kvHead * size));
                Add(s.ValueGradient, plan, length, target + plan.ValueOffset + (kvHead * size));
            });
        }

        /// <summary>Probabilities of four query rows; returns the columns that were computed.</summary>
        private static int Probabilities(AttentionScratch s, int row, int size)
        {
            var columns = (row + RowBlock.Rows + RowBlock.Step - 1) / RowBlock.Step * RowBlock.Step;
            RowBlock.Scores(s.Queries + (row * size), s.KeysBlocked, size, s.Stride, columns, s.Probabilities);
            for (var i = 0; i < RowBlock.Rows; i++)
            {
                RowBlock.Softmax(s.Probabilities + (i * s.Stride), row + i + 1, columns);
            }

            return columns;
        }

        private static void LoadKeysAndValues(AttentionPlan plan, float* rows, int kvHead, int share, int length, AttentionScratch s)
        {
            var size = plan.HeadDim;
            LoadRotated(plan, rows + plan.KeyOffset + (kvHead * size), kvHead * share, length, 1f, s.Keys);
            Block(s.Keys, length, size, s.KeysBlocked);
            for (var i = 0; i < length; i++)
            {
                new ReadOnlySpan<float>(rows + plan.ValueOffset + (kvHead * size) + ((long)i * plan.Width), size).CopyTo(new Span<float>(s.Values + (i * size), size));
            }
        }

        private static void LoadRotated(AttentionPlan plan, float* from, int head, int length, float scale, float* to)
        {
            var group = plan.Group(head);
            fixed (float* cosines = plan.Cosines[group], sines = plan.Sines[group])
            {
                var cos = cosines;
                var sin = sines;
                for (var i = 0; i < length; i++, from += plan.Width)
                {
                    for (var m = 0; m < plan.HeadDim; m += Lanes, to += Lanes, cos += Lanes, sin += Lanes)
                    {
                        var x = Vector512.Load(from + m);
                        ((x * Vector512.Load(cos) + (Swapped(x) * Vector512.Load(sin))) * Vector512.Create(scale)).Store(to);
                    }
                }
            }
        }

        /// <summary>Rotates back by the opposite angle and adds.</summary>
        private static void AddRotatedBack(AttentionPlan plan, float* from, int head, int length, float scale, float* to)
        {
            var group = plan.Group(head);
            fixed (float* cosines = plan.Cosines[group], sines = plan.Sines[group])
            {
                var cos = cosines;
                var sin = sines;
                for (var i = 0; i < length; i++, to += plan.Width)
                {
                    for (var m = 0; m < plan.HeadDim; m += Lanes, from += Lanes, cos += Lanes, sin += Lanes)
                    {
                        var x = Vector512.Load(from);
                        (Vector512.Load(to + m) + (((x * Vector512.Load(cos)) - (Swapped(x) * Vector512.Load(sin))) * Vector512.Create(scale))).Store(to + m);
                    }
                }
            }
        }

        private static Vector512<float> Swapped(Vector512<float> x) =>
            Vector512.Shuffle(x, Vector512.Create(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));

        private static void Add(float* from, AttentionPlan plan, int length, float* to)
        {
            for (var i = 0; i < length; i++, from += plan.HeadDim, to += plan.Width)
            {
                for (var m = 0; m < plan.HeadDim; m++)
                {
                    to[m] += from[m];
                }
            }
        }

        /// <summary>Rows in blocks of 32, each transposed: (blocks, size, 32). Rows past the end are zero.</summary>
        private static void Block(float* from, int length, int size, float* to)
        {
            for (var start = 0; start < length; start += RowBlock.Step)
            {
                for (var i = 0; i < RowBlock.Step; i++, from += size)
                {
                    for (var m = 0; m < size; m++)
                    {
                        to[(m * RowBlock.Step) + i] = from[m];
                    }
                }

                to += size * RowBlock.Step;
            }
        }
    }
}
