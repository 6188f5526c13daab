using System;
using NUnit.Framework;
using PrismLM.Core.Reference;

namespace PrismLM.Tests.Reference
{
    /// <summary>Single operations against cases that can be checked with pencil and paper.</summary>
    public sealed class OperationTests
    {
        private const double Exact = 1e-15;

        [Test]
        public void EmbeddingCopiesTheRow()
        {
            var row = new double[2];
            Embedding.Lookup(new float[] { 1, 2, 3, 4, 5, 6 }, 2, row);
            Assert.That(row, Is.EqualTo(new double[] { 5, 6 }));
        }

        [Test]
        public void RmsNormDividesByTheRootMeanSquare()
        {
            double[] x = { 3, 4 };
            RmsNorm.Apply(x, new float[] { 1, 2 }, 0, x);
            double rms = Math.Sqrt(12.5);
            Assert.That(x[0], Is.EqualTo(3 / rms).Within(Exact));
            Assert.That(x[1], Is.EqualTo(8 / rms).Within(Exact));
        }

        [Test]
        public void RmsNormOfZeroIsZeroNotNaN()
        {
            var x = new double[3];
            RmsNorm.Apply(x, new float[] { 1, 1, 1 }, 1e-5, x);
            Assert.That(x, Is.All.EqualTo(0.0));
        }

        [TestCase(1)]
        [TestCase(3)]
        [TestCase(4)]
        [TestCase(7)]
        public void MatVecSumsEveryColumn(int columns)
        {
            var w = new float[2 * columns];
            var x = new double[columns];
            double expected0 = 0, expected1 = 0;
            for (int k = 0; k < columns; k++)
            {
                w[k] = k + 1;
                w[columns + k] = -2 * k;
                x[k] = 10 + k;
                expected0 += (k + 1) * (10 + k);
                expected1 += -2 * k * (10 + k);
            }

            var y = new double[2];
            MatVec.Multiply(w, x, y);
            Assert.That(y, Is.EqualTo(new[] { expected0, expected1 }));
        }

        [Test]
        public void MatMulIsMatVecForEachToken()
        {
            float[] w = { 1, 2, 3, 4, 5, 6 };
            double[] x = { 1, 0, 2, -1, 3, 0.5 };
            var y = new double[4];
            MatMul.Multiply(w, 2, 3, x, y);
            Assert.That(y, Is.EqualTo(new[] { 7, 16, 6.5, 14 }));
        }

        [Test]
        public void SoftmaxAddsUpToOneAndShrugsOffLargeValues()
        {
            double[] x = { 1000, 1000 + Math.Log(3), double.NegativeInfinity };
            Softmax.Apply(x);
            Assert.That(x[0], Is.EqualTo(0.25).Within(1e-12));
            Assert.That(x[1], Is.EqualTo(0.75).Within(1e-12));
            Assert.That(x[2], Is.EqualTo(0.0));
        }

        [Test]
        public void RopeTurnsEachPairByItsAngle()
        {
            var table = new RopeTable(new float[] { 1f, 0.5f }, 1, 3);
            double[] head = { 1, 0, 0, 2 };
            Rope.Rotate(head, table.Cos(2, 0), table.Sin(2, 0));
            Assert.That(head[0], Is.EqualTo(Math.Cos(2)).Within(1e-7));
            Assert.That(head[1], Is.EqualTo(Math.Sin(2)).Within(1e-7));
            Assert.That(head[2], Is.EqualTo(-2 * Math.Sin(1)).Within(2e-7));
            Assert.That(head[3], Is.EqualTo(2 * Math.Cos(1)).Within(2e-7));
        }

        [Test]
        public void RopeTableIsRoundedOnceFromDouble()
        {
            // The largest angle of the longest context: float32 arithmetic would be wrong in the fourth digit.
            float frequency = (float)Math.Pow(31415.926535897932, -2.0 / 64);
            var table = new RopeTable(new[] { 1f, frequency }, 2, 4096);
            Assert.That(table.Pairs, Is.EqualTo(1));
            Assert.That(table.Cos(4095, 1)[0], Is.EqualTo((float)Math.Cos(4095 * (double)frequency)));
            Assert.That(table.Sin(4095, 0)[0], Is.EqualTo((float)Math.Sin(4095.0)));
            Assert.That(table.AllSin.Length, Is.EqualTo(2 * 4096));
        }

        [Test]
        public void AttentionScoresDependOnDistanceOnly()
        {
            var table = new RopeTable(new float[] { 1f, 0.1f }, 1, 40);
            double Score(int i, int j)
            {
                double[] q = { 0.3, -1, 2, 0.7 };
                double[] k = { 1, 0.2, -0.4, 0.9 };
                Rope.Rotate(q, table.Cos(i, 0), table.Sin(i, 0));
                Rope.Rotate(k, table.Cos(j, 0), table.Sin(j, 0));
                return (q[0] * k[0]) + (q[1] * k[1]) + (q[2] * k[2]) + (q[3] * k[3]);
            }

            Assert.That(Score(30, 25), Is.EqualTo(Score(7, 2)).Within(1e-6));
            Assert.That(Score(30, 25), Is.Not.EqualTo(Score(25, 30)).Within(1e-3));
        }

        [Test]
        public void AttentionMixesValuesByTheSoftmaxOfScaledProducts()
        {
            // Scores are 0 and 4 log(3) / sqrt(16) = log(3), so the weights are 1/4 and 3/4.
            var query = new double[16];
            query[0] = 4 * Math.Log(3);
            var keys = new double[2 * 20];
            keys[20] = 1;
            var values = new double[2 * 20];
            values[0] = 8;
            values[20] = 16;
            values[21] = 4;
            var weights = new double[2];
            var output = new double[16];
            Attention.Attend(query, keys, values, 20, -0.5, weights, output);
            Assert.That(weights[0], Is.EqualTo(0.25).Within(Exact));
            Assert.That(output[0], Is.EqualTo(-0.5 * 14).Within(1e-14));
            Assert.That(output[1], Is.EqualTo(-0.5 * 3).Within(1e-14));
        }

        [Test]
        public void SwiGluGatesWithSilu()
        {
            double[] gate = { 0, Math.Log(3), -1000 };
            SwiGlu.Apply(gate, new double[] { 5, 2, 1 });
            Assert.That(gate[0], Is.EqualTo(0.0));
            Assert.That(gate[1], Is.EqualTo(1.5 * Math.Log(3)).Within(1e-14));
            Assert.That(gate[2], Is.EqualTo(0.0));
        }

        [Test]
        public void GeluIsTheTanhForm()
        {
            // 0.8411920 is the tanh form at 1; the error-function form gives 0.8413447.
            double[] x = { 0, 1, -1, 10 };
            Gelu.Apply(x);
            Assert.That(x[0], Is.EqualTo(0.0));
            Assert.That(x[1], Is.EqualTo(0.8411919906082768).Within(1e-12));
            Assert.That(x[2], Is.EqualTo(0.8411919906082768 - 1).Within(1e-12));
            Assert.That(x[3], Is.EqualTo(10).Within(1e-12));
        }

        [Test]
        public void IstaTakesTwoShrinkageSteps()
        {
            // One atom (2, 0), eta = lambda = 0.1, x = (3, 1): z1 = 0.6 - 0.01 = 0.59; D z1 - x = (-1.82, -1); z2 = 0.59 + 0.364 - 0.01.
            var code = new double[2];
            Ista.Encode(new float[] { 2, 0, -2, 0 }, new double[] { 3, 1 }, 0.1, 0.1, new double[2], new double[2], code);
            Assert.That(code[0], Is.EqualTo(0.944).Within(1e-14));
            Assert.That(code[1], Is.EqualTo(0.0), "an atom that points away stays silent");
        }

        [Test]
        public void IstaLowersItsObjectiveAndLeavesAPerfectCodeAlone()
        {
            // With an orthonormal dictionary and lambda = 0 the exact code is D^T x; the steps go there by 1 - (1 - eta)^2.
            var code = new double[2];
            Ista.Encode(new float[] { 1, 0, 0, 1 }, new double[] { 1, 2 }, 0.5, 0, new double[2], new double[2], code);
            Assert.That(code, Is.EqualTo(new[] { 0.75, 1.5 }));
        }

        [Test]
        public void RouterGivesTiesToTheLowerIndex()
        {
            var chosen = new int[2];
            var weights = new double[2];
            Router.Choose(new double[] { 1, 5, 5, 5 }, chosen, weights);
            Assert.That(chosen, Is.EqualTo(new[] { 1, 2 }));
            Assert.That(weights, Is.EqualTo(new[] { 0.5, 0.5 }));
        }

        [Test]
        public void RouterNormalisesOverTheChosenOnly()
        {
            var chosen = new int[2];
            var weights = new double[2];
            Router.Choose(new double[] { Math.Log(3), -7, 0, -9 }, chosen, weights);
            Assert.That(chosen, Is.EqualTo(new[] { 0, 2 }));
            Assert.That(weights[0], Is.EqualTo(0.75).Within(Exact));
        }

        [Test]
        public void RouterSurvivesNaN()
        {
            var chosen = new int[1];
            var weights = new double[1];
            Router.Choose(new[] { double.NaN, 0, double.NaN }, chosen, weights);
            Assert.That(chosen[0], Is.EqualTo(1));
            Assert.That(weights[0], Is.EqualTo(1.0));
        }

        [Test]
        public void MixtureAddsWeightedExperts()
        {
            // Router rows are the unit vectors, so the logits are x: experts 0 and 2 win with weights 3/4 and 1/4. Expert e answers e + 1.
            double[] x = { Math.Log(3), -5, 0 };
            var y = new double[3];
            ExpertMixture.Apply(
                new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 },
                x,
                (expert, input, output) => output.Fill(expert + 1),
                new double[3],
                new int[2],
                new double[2],
                new double[3],
                y);
            Assert.That(y, Is.All.EqualTo(1.5).Within(1e-15));
        }
    }
}
