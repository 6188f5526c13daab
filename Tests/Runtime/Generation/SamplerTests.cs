using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    public sealed class SamplerTests
    {
        private static readonly SamplingOptions Plain = new SamplingOptions { Temperature = 1f, TopK = 0, TopP = 1f };

        [Test]
        public void TemperatureZeroTakesTheBestAndTheLowerOfTies()
        {
            float[] logits = { 1f, 7f, 3f, 7f };
            Assert.That(Choose(logits, SamplingOptions.Greedy), Is.EqualTo(1));
        }

        [Test]
        public void NegativeAndPositiveZeroTie()
        {
            float[] logits = { -1f, -0f, 0f };
            Assert.That(Choose(logits, SamplingOptions.Greedy), Is.EqualTo(1));
        }

        [Test]
        public void NaNAndMinusInfinityAreNeverChosen()
        {
            float[] logits = { float.NaN, float.NegativeInfinity, -5f };
            Assert.That(Choose(logits, SamplingOptions.Greedy), Is.EqualTo(2));
            Assert.That(Set(logits, Plain), Is.EqualTo(new[] { 2 }));
        }

        [Test]
        public void NothingToChooseIsMinusOne()
        {
            Assert.That(Choose(new[] { float.NaN, float.NaN }, Plain), Is.EqualTo(-1));
        }

        [Test]
        public void TopKKeepsExactlyKAndTheLowerIdsOfTies()
        {
            float[] logits = { 0f, 2f, 1f, 1f, 3f, 1f };
            Assert.That(Set(logits, Plain with { TopK = 1 }), Is.EqualTo(new[] { 4 }));
            Assert.That(Set(logits, Plain with { TopK = 3 }), Is.EqualTo(new[] { 1, 2, 4 }));
            Assert.That(Set(logits, Plain with { TopK = 4 }), Is.EqualTo(new[] { 1, 2, 3, 4 }));
            Assert.That(Set(logits, Plain with { TopK = 6 }), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5 }));
            Assert.That(Set(logits, Plain with { TopK = 100 }), Has.Length.EqualTo(6));
        }

        [Test]
        public void TopKAgreesWithSortingOnRandomLogits()
        {
            var random = new Random(5);
            for (int round = 0; round < 50; round++)
            {
                float[] logits = Enumerable.Range(0, 97).Select(_ => (float)Math.Round((random.NextDouble() * 40) - 20) / 4).ToArray();
                int k = random.Next(1, 97);
                int[] expected = Enumerable.Range(0, 97).OrderByDescending(i => logits[i]).ThenBy(i => i).Take(k).OrderBy(i => i).ToArray();
                Assert.That(Set(logits, Plain with { TopK = k }), Is.EqualTo(expected));
            }
        }

        [Test]
        public void TopPKeepsTheSmallestSetThatReachesP()
        {
            // Shares 8, 4, 2, 1 and 1 of 16.
            float[] logits = Powers(1, 8, 1, 4, 2);
            Assert.That(Set(logits, Plain with { TopP = 0.4999f }), Is.EqualTo(new[] { 1 }));
            Assert.That(Set(logits, Plain with { TopP = 0.5001f }), Is.EqualTo(new[] { 1, 3 }));
            Assert.That(Set(logits, Plain with { TopP = 0.7499f }), Is.EqualTo(new[] { 1, 3 }));
            Assert.That(Set(logits, Plain with { TopP = 0.9f }), Is.EqualTo(new[] { 0, 1, 3, 4 }), "of equals the lower id stays");
            Assert.That(Set(logits, Plain with { TopP = 0.99f }), Is.EqualTo(new[] { 0, 1, 2, 3, 4 }));
            Assert.That(Set(logits, Plain with { TopP = 1e-6f }), Is.EqualTo(new[] { 1 }), "the best always stays");
        }

        [Test]
        public void TopPReachedExactlyIsEnough()
        {
            // Four equal tokens: exactly a half is two of them.
            Assert.That(Set(new float[4], Plain with { TopP = 0.5f }), Is.EqualTo(new[] { 0, 1 }));
            Assert.That(Set(new float[4], Plain with { TopP = 0.75f }), Is.EqualTo(new[] { 0, 1, 2 }));
        }

        [Test]
        public void TopPIsRenormalisedOverWhatTopKLeft()
        {
            float[] logits = Powers(8, 4, 2, 1, 1);
            Assert.That(Set(logits, Plain with { TopK = 2, TopP = 0.66f }), Is.EqualTo(new[] { 0 }));
            Assert.That(Set(logits, Plain with { TopP = 0.66f }), Is.EqualTo(new[] { 0, 1 }));
        }

        [Test]
        public void MinPIsRelativeToTheBest()
        {
            float[] logits = Powers(1, 8, 2, 4);
            Assert.That(Set(logits, Plain with { MinP = 0.2499f }), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(Set(logits, Plain with { MinP = 0.2501f }), Is.EqualTo(new[] { 1, 3 }));
            Assert.That(Set(logits, Plain with { MinP = 1f }), Is.EqualTo(new[] { 1 }));
        }

        [Test]
        public void TemperatureSharpensBeforeTopP()
        {
            // At temperature 1/2 the shares are 16 : 4 : 1 of 21.
            float[] logits = Powers(4, 2, 1);
            Assert.That(Set(logits, Plain with { Temperature = 0.5f, TopP = 0.75f }), Is.EqualTo(new[] { 0 }));
            Assert.That(Set(logits, Plain with { TopP = 0.75f }), Is.EqualTo(new[] { 0, 1 }));
        }

        [Test]
        public void PenaltyDividesPositiveAndMultipliesNegativeLogitsOnce()
        {
            SamplingOptions greedy = SamplingOptions.Greedy with { RepetitionPenalty = 2f, RepetitionWindow = 3 };
            Assert.That(Choose(new[] { 3f, 2f }, greedy, recent: new[] { 0 }), Is.EqualTo(1));
            Assert.That(Choose(new[] { 3f, 1f }, greedy, recent: new[] { 0, 0, 0 }), Is.EqualTo(0), "three times in the window is one penalty");
            Assert.That(Choose(new[] { -1f, -1.5f }, greedy, recent: new[] { 0 }), Is.EqualTo(1));
            Assert.That(Choose(new[] { 3f, 2f }, greedy, recent: new[] { 0, 1, 1, 1 }), Is.EqualTo(0), "the window holds the last three");
        }

        [Test]
        public void MaskAndBiasComeBeforeTheThresholds()
        {
            float[] logits = Powers(8, 4, 2, 1);
            uint[] mask = TokenMask.AllBut(4, new[] { 0 });
            Assert.That(Set(logits, Plain with { TopK = 2 }, allowed: mask), Is.EqualTo(new[] { 1, 2 }));
            Assert.That(Choose(logits, SamplingOptions.Greedy, allowed: TokenMask.Only(4, new[] { 3, 2 })), Is.EqualTo(2));
            Assert.That(Choose(logits, SamplingOptions.Greedy, bias: new[] { new TokenBias(3, 3f) }), Is.EqualTo(3));
            Assert.That(Choose(logits, SamplingOptions.Greedy, allowed: new uint[1]), Is.EqualTo(-1));
        }

        [Test]
        public void HugeLogitsAndTinyTemperaturesStayFinite()
        {
            float[] logits = { float.MaxValue, float.MinValue, 1e-45f, float.PositiveInfinity };
            Assert.That(Choose(logits, Plain with { Temperature = 1e-30f }), Is.EqualTo(0).Or.EqualTo(3));
            Assert.That(Set(logits, Plain with { Temperature = 10f }), Is.EqualTo(new[] { 0, 3 }));
        }

        [TestCase(1f, 0, 1f, 0f)]
        [TestCase(0.7f, 8, 1f, 0f)]
        [TestCase(1.5f, 0, 0.8f, 0f)]
        [TestCase(1f, 0, 1f, 0.1f)]
        public void DrawsFollowTheExactDistribution(float temperature, int topK, float topP, float minP)
        {
            var options = new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP, MinP = minP, Seed = 11 };
            float[] logits = { 0.1f, 2.3f, -1.2f, 1.9f, 0.4f, 0.4f, -3f, 1f, 2.2f, -0.7f, 0f, 1.1f };
            const int Draws = 200000;
            var counts = new int[logits.Length];
            var sampler = new Sampler(logits.Length);
            var parameters = new SamplerParameters(options, 3);
            for (uint draw = 0; draw < Draws; draw++)
            {
                counts[sampler.Choose(logits, parameters, draw)]++;
            }

            int[] set = sampler.Candidates.ToArray();
            double[] weights = set.Select(i => Math.Exp(logits[i] / temperature)).ToArray();
            double total = weights.Sum();
            double chiSquare = 0;
            for (int i = 0; i < set.Length; i++)
            {
                double expected = Draws * weights[i] / total;
                chiSquare += (counts[set[i]] - expected) * (counts[set[i]] - expected) / expected;
                counts[set[i]] = 0;
            }

            Assert.That(counts, Is.All.Zero, "a token outside the set was drawn");

            // Six standard deviations above the mean of the chi-square distribution: above any honest sampler, below a biased one.
            int freedom = set.Length - 1;
            Assert.That(chiSquare, Is.LessThan(freedom + (6 * Math.Sqrt(2.0 * freedom))));
        }

        [Test]
        public void NeighbouringDrawsAndNpcsAreIndependent()
        {
            // Two equal tokens: pairs of neighbouring draws, and of neighbouring NPCs, must be uniform over four outcomes.
            var sampler = new Sampler(2);
            var parameters = new[] { new SamplerParameters(Plain, 0), new SamplerParameters(Plain, 1) };
            var pairs = new int[8];
            for (uint draw = 0; draw < 40000; draw++)
            {
                int a = sampler.Choose(new float[2], parameters[0], draw);
                pairs[(2 * a) + sampler.Choose(new float[2], parameters[0], draw + 1)]++;
                pairs[4 + (2 * a) + sampler.Choose(new float[2], parameters[1], draw)]++;
            }

            Assert.That(pairs, Is.All.EqualTo(10000).Within(500));
        }

        [Test]
        public void TheDrawOfATokenDoesNotDependOnTheOthers()
        {
            // Removing a token that did not win never changes the winner.
            var random = new Random(9);
            float[] logits = Enumerable.Range(0, 50).Select(_ => 1f + (float)(random.NextDouble() * 4)).ToArray();
            logits[0] = 6f;
            for (uint draw = 0; draw < 200; draw++)
            {
                int winner = Choose(logits, Plain, draw: draw);
                int other = 1 + random.Next(49);
                if (other != winner)
                {
                    Assert.That(Choose(logits, Plain, draw: draw, allowed: TokenMask.AllBut(50, new[] { other })), Is.EqualTo(winner));
                }
            }
        }

        [Test]
        public void SeedDrawAndNpcReproduceAndDistinguish()
        {
            float[] logits = new float[64];
            List<int> Run(uint seed, uint npc, uint start)
                => Enumerable.Range(0, 20).Select(i => Choose(logits, Plain with { Seed = seed }, draw: start + (uint)i, npc: npc)).ToList();

            List<int> first = Run(1, 2, 0);
            Assert.That(Run(1, 2, 0), Is.EqualTo(first));
            Assert.That(Run(2, 2, 0), Is.Not.EqualTo(first));
            Assert.That(Run(1, 3, 0), Is.Not.EqualTo(first));
            Assert.That(Run(1, 2, 5).Take(15), Is.EqualTo(first.Skip(5)), "a saved counter continues");
        }

        [Test]
        public void LargestVocabularyWorks()
        {
            var logits = new float[Sampler.MaxVocabulary];
            Assert.That(Set(logits, Plain with { TopP = 0.5f }), Is.EqualTo(Enumerable.Range(0, 32768)));
            Assert.That(() => new Sampler(Sampler.MaxVocabulary + 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void WrongSizesAreRefused()
        {
            var sampler = new Sampler(40);
            var parameters = new SamplerParameters(Plain, 0);
            Assert.That(() => sampler.Choose(new float[39], parameters, 0), Throws.ArgumentException.With.Message.Contains("39"));
            Assert.That(() => sampler.Choose(new float[40], parameters, 0, allowed: new uint[1]), Throws.ArgumentException.With.Message.Contains("2"));
        }

        private static float[] Powers(params int[] weights) => weights.Select(w => (float)Math.Log(w)).ToArray();

        private static int Choose(
            float[] logits, SamplingOptions options, uint draw = 0, uint npc = 0, int[]? recent = null, uint[]? allowed = null, TokenBias[]? bias = null)
            => new Sampler(logits.Length).Choose(logits, new SamplerParameters(options, npc), draw, recent, allowed, bias);

        private static int[] Set(float[] logits, SamplingOptions options, uint[]? allowed = null)
        {
            var sampler = new Sampler(logits.Length);
            int chosen = sampler.Choose(logits, new SamplerParameters(options, 0), 0, allowed: allowed);
            int[] set = sampler.Candidates.ToArray();
            Assert.That(set, Does.Contain(chosen));
            return set;
        }
    }
}
