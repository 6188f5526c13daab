using System;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>The tile behind every matrix product, against double precision on the same rounded weights.</summary>
    public class MatMulTests : KernelTest
    {
        private static readonly int[] AwkwardSizes = { 1, 7, 8, 9, 33, 97, 1025 };

        [Test]
        public void MatchesReference([Values] WeightFormat format, [Values(1, 8)] int tile)
        {
            using ComputePipeline pipeline = Pipeline(format, tile);
            var random = new TestRandom(1);
            foreach (int rows in AwkwardSizes)
            {
                foreach (int k in AwkwardSizes)
                {
                    var problem = new Problem(random, rows, k, columns: 8, format);
                    float[] y = Run(pipeline, problem, tile);
                    Assert.That(problem.Excess(y), Is.LessThanOrEqualTo(1), "rows {0}, K {1}: largest error over its bound", rows, k);
                    Assert.That(Nmse(problem.Expected, y), Is.LessThanOrEqualTo(1e-11), "rows {0}, K {1}", rows, k);
                }
            }
        }

        [Test]
        public void HasTheSameBitsInEveryTile([Values] WeightFormat format)
        {
            using ComputePipeline narrow = Pipeline(format, 1);
            using ComputePipeline wide = Pipeline(format, 8);
            var problem = new Problem(new TestRandom(2), 97, 1025, columns: 16, format);
            Assert.That(Words(Run(wide, problem, 8)), Is.EqualTo(Words(Run(narrow, problem, 1))));
        }

        [Test]
        public void SurvivesOutliers()
        {
            using ComputePipeline pipeline = Pipeline(WeightFormat.Float32, 1);
            var problem = new Problem(new TestRandom(3), 16, 320, columns: 8, WeightFormat.Float32, outlier: 3e4f);
            float[] y = Run(pipeline, problem, 1);
            Assert.That(problem.Excess(y), Is.LessThanOrEqualTo(1));
        }

        /// <summary>The tolerance finds a weight that is read from the wrong place.</summary>
        [Test]
        public void ASeededBugExceedsTheTolerance([Values] WeightFormat format)
        {
            using ComputePipeline pipeline = Pipeline(format, 1);
            var problem = new Problem(new TestRandom(4), 16, 97, columns: 8, format);
            problem.Location.Chunks--;
            float[] y = Run(pipeline, problem, 1);
            Assert.That(problem.Excess(y), Is.GreaterThan(1));
            Assert.That(Nmse(problem.Expected, y), Is.GreaterThan(1e-11));
        }

        private static ComputePipeline Pipeline(WeightFormat format, int tile) => Device.CreatePipeline(
            TestKernels,
            TestKernelDescriptions.MatMul,
            new SpecializationConstant(Specialization.WeightFormat, (uint)format),
            new SpecializationConstant(Specialization.TileColumns, (uint)tile));

        private static float[] Run(ComputePipeline pipeline, Problem problem, int tile)
        {
            using GpuBuffer<uint> weights = Input<uint>(problem.Weights);
            using GpuBuffer<float> x = Input<float>(problem.X);
            using GpuBuffer<float> y = Guarded(problem.Columns * problem.Rows);
            var push = new TestKernelDescriptions.MatMulPush
            {
                M = problem.Location,
                XStride = (uint)problem.XStride / 4,
                YStart = GuardWords,
                YStride = (uint)problem.Rows,
            };
            Dispatch(pipeline, push, (Groups(problem.Rows, Kernel.TileRows), problem.Columns / tile, 1), weights, x, y);
            return Read(y);
        }

        private sealed class Problem
        {
            private readonly double[] bound;
            private readonly int roundings;

            public Problem(TestRandom random, int rows, int k, int columns, WeightFormat format, float outlier = 0)
            {
                Rows = rows;
                Columns = columns;
                XStride = WeightPlan.Padded(k);
                roundings = 4 + (format == WeightFormat.Int4 ? 32 : format == WeightFormat.Int8 ? 16 : 8);
                float[] w = Normal(random, rows * k, 0.3);
                if (outlier != 0)
                {
                    w[k / 2] = outlier;
                }

                (Location, Weights) = MatrixInMemory.Write(w, rows, k, format);
                X = new float[columns * XStride];
                Expected = new double[columns * rows];
                bound = new double[Expected.Length];
                for (int c = 0; c < columns; c++)
                {
                    float[] x = Normal(random, k);
                    x.CopyTo(X, c * XStride);
                    Solve(w, x, c, k);
                }
            }

            public int Rows { get; }

            public int Columns { get; }

            public int XStride { get; }

            public uint[] Weights { get; }

            public float[] X { get; }

            public double[] Expected { get; }

            public MatrixLocation Location;

            /// <summary>Largest error, in units of what is allowed: 0.1 K 2^-24 sum |ab|. Short rows have no fewer roundings than one step along K and the sum over lanes.</summary>
            public double Excess(float[] y)
            {
                double worst = 0;
                for (int i = 0; i < y.Length; i++)
                {
                    double error = Math.Abs(y[i] - Expected[i]);
                    worst = Math.Max(worst, error / bound[i]);
                }

                return worst;
            }

            private void Solve(float[] w, float[] x, int c, int k)
            {
                var wide = new double[k];
                for (int i = 0; i < k; i++)
                {
                    wide[i] = x[i];
                }

                var y = new double[Rows];
                MatVec.Multiply(w, wide, y);
                y.CopyTo(Expected, c * Rows);
                for (int r = 0; r < Rows; r++)
                {
                    double sum = 0;
                    for (int i = 0; i < k; i++)
                    {
                        sum += Math.Abs(w[(r * k) + i] * wide[i]);
                    }

                    bound[(c * Rows) + r] = Math.Max(0.1 * k, roundings) * Math.Pow(2, -24) * sum;
                }
            }
        }
    }
}
