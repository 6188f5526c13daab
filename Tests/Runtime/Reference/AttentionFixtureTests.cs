using System;
using NUnit.Framework;
using PrismLM.Core.Reference;

namespace PrismLM.Tests.Reference
{
    /// <summary>Vectors computed by someone else's PyTorch code (see Fixtures/attention/LICENSE).</summary>
    public sealed class AttentionFixtureTests
    {
        private const int Batch = 4;
        private const int Queries = 12;
        private const int Keys = 16;
        private const int Width = 64;

        [Test]
        public void RopeMatchesPublishedVectors()
        {
            NpyFile expected = NpyFile.Load("test_rope.npz");
            Assert.That(expected.Shape, Is.EqualTo(new[] { Batch, Queries, Width }));
            var frequencies = new float[Width / 2];
            for (int m = 0; m < frequencies.Length; m++)
            {
                frequencies[m] = (float)Math.Pow(10000.0, -2.0 * m / Width);
            }

            var table = new RopeTable(frequencies, 1, Queries);
            double[] x = TorchRandom.Normal(4, Batch * Queries * Width);
            for (int row = 0; row < Batch * Queries; row++)
            {
                int position = row % Queries;
                Rope.Rotate(x.AsSpan(row * Width, Width), table.Cos(position, 0), table.Sin(position, 0));
            }

            Assert.That(MaxDifference(x, expected.Data), Is.LessThan(2e-6));
        }

        [TestCase(1, "test_scaled_dot_product_attention.npz")]
        [TestCase(2, "test_4d_scaled_dot_product_attention.npz")]
        public void MaskedAttentionMatchesPublishedVectors(int heads, string file)
        {
            NpyFile expected = NpyFile.Load(file);
            double[] q = TorchRandom.Normal(1, Batch * Queries * Width);
            double[] k = TorchRandom.Normal(2, Batch * Keys * Width);
            double[] v = TorchRandom.Normal(3, Batch * Keys * Width);
            double[] mask = TorchRandom.Normal(5, Batch * Queries * Keys);
            var actual = new double[Batch * Queries * Width];
            var seenKeys = new double[Keys * Width];
            var seenValues = new double[Keys * Width];
            for (int row = 0; row < Batch * Queries; row++)
            {
                int batch = row / Queries;
                int seen = 0;
                for (int j = 0; j < Keys; j++)
                {
                    if (mask[(row * Keys) + j] > 0.5)
                    {
                        k.AsSpan(((batch * Keys) + j) * Width, Width).CopyTo(seenKeys.AsSpan(seen * Width));
                        v.AsSpan(((batch * Keys) + j) * Width, Width).CopyTo(seenValues.AsSpan(seen * Width));
                        seen++;
                    }
                }

                Assert.That(seen, Is.GreaterThan(0), "a row of the mask is empty, so the inputs are not the fixture's");
                Attention.Attend(
                    q.AsSpan(row * Width, Width), seenKeys, seenValues, Width, 1.0, new double[seen], actual.AsSpan(row * Width, Width));
            }

            Assert.That(expected.Shape, Has.Length.EqualTo(heads == 1 ? 3 : 4));
            Assert.That(MaxDifference(actual, expected.Data), Is.LessThan(2e-6));
        }

        private static double MaxDifference(double[] actual, float[] expected)
        {
            Assert.That(actual, Has.Length.EqualTo(expected.Length));
            double max = 0;
            for (int i = 0; i < actual.Length; i++)
            {
                max = Math.Max(max, Math.Abs(actual[i] - expected[i]));
            }

            return max;
        }
    }
}
