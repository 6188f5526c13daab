using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>The tile behind every matrix product, y = W x, on weights as the format keeps them.</summary>
    internal sealed class MatMulCase : KernelCase
    {
        private readonly WeightFormat format;
        private readonly int tile;
        private readonly int rows;
        private readonly int k;
        private readonly int columns;

        public MatMulCase(WeightFormat format, int tile, int rows, int k, int columns)
            : base(FormattableString.Invariant($"matmul {format} tile {tile}, {rows} x {k} x {columns}"))
        {
            (this.format, this.tile, this.rows, this.k, this.columns) = (format, tile, rows, k, columns);
            IsLarge = (long)rows * k >= 1 << 18;
        }

        /// <summary>One weight of this size in the first row.</summary>
        public float Outlier { get; set; }

        /// <summary>Steps along K that the kernel leaves out: a bug that the tolerance must find.</summary>
        public int MissingChunks { get; set; }

        public ulong Seed { get; set; } = 1;

        public override KernelRun Create(CaseContext context) => new Run(context, this);

        internal sealed class Run : DispatchRun
        {
            private readonly MatMulCase problem;
            private readonly GpuBuffer<float> y;
            private readonly float[] w;
            private readonly float[] x;
            private readonly int xStride;

            public Run(CaseContext context, MatMulCase problem)
                : base(context)
            {
                this.problem = problem;
                (int rows, int k, int columns) = (problem.rows, problem.k, problem.columns);
                var random = new TestRandom(problem.Seed);
                w = Accuracy.Normal(random, rows * k, 0.3);
                w[k / 2] = problem.Outlier != 0 ? problem.Outlier : w[k / 2];
                (MatrixLocation location, uint[] words) = MatrixInMemory.Write(w, rows, k, problem.format);
                xStride = WeightPlan.Padded(k);
                x = new float[columns * xStride];
                for (int c = 0; c < columns; c++)
                {
                    Accuracy.Normal(random, k).CopyTo(x, c * xStride);
                }

                location.Chunks -= (uint)problem.MissingChunks;
                ComputePipeline pipeline = context.Pipeline(
                    TestKernelDescriptions.MatMul,
                    new SpecializationConstant(Specialization.WeightFormat, (uint)problem.format),
                    new SpecializationConstant(Specialization.TileColumns, (uint)problem.tile));
                y = Own(context.Guarded(columns * rows));
                var push = new TestKernelDescriptions.MatMulPush { M = location, XStride = (uint)xStride / 4, YStart = Accuracy.GuardWords, YStride = (uint)rows };
                Record(pipeline, push, (Accuracy.Groups(rows, Kernel.TileRows), columns / problem.tile, 1), Own(context.Input<uint>(words)), Own(context.Input<float>(x)), y);
                Bytes = (4.0 * words.Length) + (4.0 * columns * (k + rows));
                Operations = 2.0 * rows * k * columns;
            }

            /// <summary>What the kernel wrote; null when it wrote outside.</summary>
            public float[]? Result() => Accuracy.Between(y);

            public override string? Check()
            {
                (int rows, int k, int columns) = (problem.rows, problem.k, problem.columns);
                var expected = new double[columns * rows];
                var bound = new double[expected.Length];
                for (int c = 0; c < columns; c++)
                {
                    Solve(c, expected.AsSpan(c * rows, rows), bound.AsSpan(c * rows, rows), k);
                }

                return Result() is float[] found
                    ? Accuracy.AtMost("largest error over its bound", Accuracy.Excess(expected, found, i => bound[i]), 1) ?? Accuracy.AtMost("NMSE", Accuracy.Nmse(expected, found), 1e-11)
                    : "guard words were written";
            }

            // Bound of an element: 0.1 K 2^-24 sum |ab|. Short rows have no fewer roundings than one step along K and the sum over lanes.
            private void Solve(int column, Span<double> expected, Span<double> bound, int k)
            {
                var wide = new double[k];
                for (int i = 0; i < k; i++)
                {
                    wide[i] = x[(column * xStride) + i];
                }

                MatVec.Multiply(w, wide, expected);
                int roundings = 4 + (problem.format == WeightFormat.Int4 ? 32 : problem.format == WeightFormat.Int8 ? 16 : 8);
                for (int r = 0; r < expected.Length; r++)
                {
                    double sum = 0;
                    for (int i = 0; i < k; i++)
                    {
                        sum += Math.Abs(w[(r * k) + i] * wide[i]);
                    }

                    bound[r] = Math.Max(0.1 * k, roundings) * Math.Pow(2, -24) * sum;
                }
            }
        }
    }
}
