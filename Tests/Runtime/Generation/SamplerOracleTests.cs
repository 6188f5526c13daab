using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>The sampler against its specification written down a second time, with sorting and running sums in place of radix selection.</summary>
    public sealed class SamplerOracleTests
    {
        [Test]
        public void AgreesWithSortingOnRandomOptionsAndTies()
        {
            var random = new TestRandom(21);
            for (int round = 0; round < 400; round++)
            {
                int vocabulary = 1 + random.Below(round % 2 == 0 ? 12 : 300);

                // Quarters make ties frequent.
                float[] logits = Enumerable.Range(0, vocabulary).Select(_ => (random.Below(81) - 40) / 4f).ToArray();
                SamplingOptions options = RandomOptions(random);
                int[] recent = Enumerable.Range(0, random.Below(70)).Select(_ => random.Below(vocabulary)).ToArray();
                uint[] mask = TokenMask.AllBut(vocabulary, Enumerable.Range(0, vocabulary / 4).Select(_ => random.Below(vocabulary)).ToArray());
                var sampler = new Sampler(vocabulary);
                int actual = sampler.Choose(logits, new SamplerParameters(options, 4), (uint)round, recent, mask);
                int expected = Oracle(logits, options, 4, (uint)round, recent, mask, out int[] set);
                Assert.That(actual, Is.EqualTo(expected), "round {0}: {1}", round, options);
                if (options.Temperature > 0)
                {
                    Assert.That(sampler.Candidates.ToArray(), Is.EqualTo(set), "round {0}: {1}", round, options);
                }
            }
        }

        /// <summary>One number over many draws: the same on every runtime and machine, and what a shader has to give.</summary>
        [Test]
        public void GivesTheSameTokensOnEveryRuntime()
        {
            var random = new TestRandom(77);
            var sampler = new Sampler(500);
            uint hash = 2166136261;
            for (uint draw = 0; draw < 300; draw++)
            {
                float[] logits = Enumerable.Range(0, 500).Select(_ => (float)((random.Uniform() * 30) - 20)).ToArray();
                var parameters = new SamplerParameters(RandomOptions(random), draw % 7);
                int[] recent = Enumerable.Range(0, 20).Select(_ => random.Below(500)).ToArray();
                hash = unchecked((hash ^ (uint)sampler.Choose(logits, parameters, draw, recent)) * 16777619);
            }

            Assert.That(hash, Is.EqualTo(4236108049u));
        }

        private static SamplingOptions RandomOptions(TestRandom random) => new SamplingOptions
        {
            Temperature = random.Below(8) == 0 ? 0f : (1 + random.Below(60)) / 20f,
            TopK = random.Below(3) == 0 ? 0 : 1 + random.Below(60),
            TopP = random.Below(3) == 0 ? 1f : (1 + random.Below(99)) / 100f,
            MinP = random.Below(2) == 0 ? 0f : random.Below(50) / 100f,
            RepetitionPenalty = random.Below(2) == 0 ? 1f : 1f + (random.Below(20) / 10f),
            RepetitionWindow = random.Below(65),
            Seed = (uint)random.Next(),
        };

        private static int Oracle(float[] logits, SamplingOptions options, uint npc, uint draw, int[] recent, uint[] mask, out int[] set)
        {
            var parameters = new SamplerParameters(options, npc);
            var penalised = new HashSet<int>(recent.Skip(Math.Max(0, recent.Length - options.RepetitionWindow)));
            float Logit(int i)
            {
                if (!penalised.Contains(i) || options.RepetitionPenalty == 1f)
                {
                    return logits[i];
                }

                return (float)(logits[i] * (logits[i] > 0 ? parameters.InversePenalty : options.RepetitionPenalty));
            }

            List<int> order = Enumerable.Range(0, logits.Length).Where(i => TokenMask.Allows(mask, i)).OrderByDescending(Logit).ThenBy(i => i).ToList();
            set = Array.Empty<int>();
            if (order.Count == 0)
            {
                return -1;
            }

            if (options.Temperature == 0f)
            {
                return order[0];
            }

            order = order.Take(options.TopK == 0 ? order.Count : options.TopK).ToList();
            float best = Logit(order[0]);
            uint Distance(int i) => SamplingKey.Distance(best, Logit(i), parameters.Scale);
            ulong total = order.Aggregate(0UL, (sum, i) => sum + SamplingMath.Weight(Distance(i)));
            ulong target = parameters.TopP == 65536 ? ulong.MaxValue : ((total * parameters.TopP) + 65535) / 65536;
            var kept = new List<int>();
            ulong held = 0;
            foreach (int i in order)
            {
                if (held >= target)
                {
                    break;
                }

                kept.Add(i);
                held += SamplingMath.Weight(Distance(i));
            }

            set = kept.Where(i => SamplingMath.Weight(Distance(i)) >= Math.Max(1, Math.Ceiling(options.MinP * (double)SamplingMath.One))).OrderBy(i => i).ToArray();
            return set.OrderBy(i => SamplingMath.WaitingTime(Philox.First((uint)i, draw, parameters.Key), Distance(i))).ThenBy(i => i).First();
        }
    }
}
