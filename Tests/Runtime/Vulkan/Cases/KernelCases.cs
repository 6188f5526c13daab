using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Tests.Vulkan.Engine;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>The one list of kernel cases: <c>KernelCaseTests</c> runs all of them, <c>prism bench --kernels</c> times them, the stand-alone executable does both.</summary>
    internal static class KernelCases
    {
        private static readonly int[] AwkwardSizes = { 1, 7, 8, 9, 33, 97, 1025 };

        private static readonly WeightFormat[] Formats = { WeightFormat.Float32, WeightFormat.Float16, WeightFormat.Int8, WeightFormat.Int4 };

        public static IEnumerable<KernelCase> All() => MatMuls().Concat(Rows()).Concat(ElementCase.All()).Concat(Routers()).Concat(Samples()).Concat(Attentions()).Concat(Models());

        private static IEnumerable<KernelCase> MatMuls()
        {
            foreach (WeightFormat format in Formats)
            {
                foreach (int tile in new[] { 1, 2, 4, 8 })
                {
                    foreach (int rows in AwkwardSizes)
                    {
                        foreach (int k in AwkwardSizes)
                        {
                            yield return new MatMulCase(format, tile, rows, k, columns: 8);
                        }
                    }

                    foreach ((int rows, int k) in new[] { (512, 512), (1376, 512), (512, 1376), (8192, 512) })
                    {
                        yield return new MatMulCase(format, tile, rows, k, columns: tile);
                    }
                }
            }

            yield return new MatMulCase(WeightFormat.Float32, 1, 16, 320, columns: 8) { Outlier = 3e4f, Seed = 3 };
        }

        private static IEnumerable<KernelCase> Rows()
        {
            foreach (int size in new[] { 1, 7, 8, 9, 97, 1025 })
            {
                foreach (float scale in new[] { 1f, 1e-4f, 1e4f })
                {
                    yield return RowCase.RmsNorm(size, scale);
                }

                yield return RowCase.Softmax(size, 1);
                yield return RowCase.Softmax(size, 3);
            }

            foreach (int headDim in new[] { 8, 32, 64, 128 })
            {
                foreach (int position in new[] { 0, 1, 511, 4095 })
                {
                    yield return RowCase.Rope(headDim, position);
                }
            }
        }

        private static IEnumerable<KernelCase> Routers()
        {
            foreach (int experts in new[] { 2, 4, 8, 9, 33, 64 })
            {
                foreach (int topK in new[] { 1, 2, 8 }.Select(k => Math.Min(k, experts)).Distinct())
                {
                    yield return new RouterCase(experts, topK);
                }
            }
        }

        private static IEnumerable<KernelCase> Samples()
        {
            foreach (int vocabulary in new[] { 1, 5, 97, 512, 1025, 4096 })
            {
                for (int round = 0; round < 8; round++)
                {
                    yield return new SampleCase(vocabulary, round);
                }
            }

            yield return new SampleCase(50257, 0);
            yield return new SampleCase(65536, 0);
        }

        private static IEnumerable<KernelCase> Attentions()
        {
            foreach (bool kvFloat32 in new[] { true, false })
            {
                int[][] all = Enumerable.Range(0, Accuracy.Groups(600, StateLayout.MaxColumns))
                    .Select(i => Enumerable.Range(i * StateLayout.MaxColumns, Math.Min(StateLayout.MaxColumns, 600 - (i * StateLayout.MaxColumns))).ToArray()).ToArray();
                yield return new AttentionCase("every length up to 600", 600, 4, 2, 8, kvFloat32, all);
                foreach (int headDim in new[] { 64, 128 })
                {
                    yield return new AttentionCase("up to 4096 keys", 4096, 2, 1, headDim, kvFloat32, new[] { 4095, 4094, 4079, 3840, 3839, 2048, 255, 256 });
                }
            }

            foreach (int headDim in new[] { 24, 40, 96 })
            {
                yield return new AttentionCase("no power of two", 300, 2, 2, headDim, false, new[] { 0, 1, 15, 16, 17, 254, 255, 256, 299 });
            }

            foreach (int depth in new[] { 512, 2048 })
            {
                yield return new AttentionCase(FormattableString.Invariant($"one query at {depth}"), 4096, 8, 8, 64, false, new[] { depth });
            }
        }

        private static IEnumerable<KernelCase> Models()
        {
            foreach (string name in ModelCases.Names)
            {
                yield return new ModelCase(name, WeightFormat.Float32, kvFloat32: true, dials: false);
                yield return new ModelCase(name, WeightFormat.Float16, kvFloat32: true, dials: true);
            }

            foreach (string name in new[] { "game", "ista", "mixture", "untied" })
            {
                yield return new ModelCase(name, WeightFormat.Int8, kvFloat32: true, dials: true);
                yield return new ModelCase(name, WeightFormat.Int4, kvFloat32: true, dials: true);
            }

            foreach (string name in new[] { "game", "paper", "grouped queries", "wide heads" })
            {
                yield return new ModelCase(name, WeightFormat.Float16, kvFloat32: false, dials: false);
            }
        }
    }
}
