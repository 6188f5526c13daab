using System;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>The integer functions against double precision.</summary>
    public sealed class SamplingMathTests
    {
        [Test]
        public void WeightIsThePowerOfTwoAndNeverIncreases()
        {
            Assert.That(SamplingMath.Weight(0), Is.EqualTo(1u << 30));
            Assert.That(SamplingMath.Weight(1u << 24), Is.EqualTo(1u << 29));
            Assert.That(SamplingMath.Weight(30u << 24), Is.EqualTo(1u));
            Assert.That(SamplingMath.Weight(SamplingMath.Far), Is.Zero);
            Assert.That(SamplingMath.Weight(uint.MaxValue), Is.Zero);
            uint last = uint.MaxValue;
            for (uint d = 0; d < SamplingMath.Far; d += d < (3u << 24) ? 3u : 1021u)
            {
                uint weight = SamplingMath.Weight(d);
                if (weight > last)
                {
                    Assert.Fail(FormattableString.Invariant($"the weight rises at distance {d}"));
                }

                double exact = Math.Pow(2, 30 - (d / 16777216.0));
                if (Math.Abs(weight - exact) > 1 + (exact * 8e-9))
                {
                    Assert.Fail(FormattableString.Invariant($"weight {weight} at distance {d}; exact is {exact}"));
                }

                last = weight;
            }
        }

        [Test]
        public void WaitingTimeIsTheLogarithmOfAnExponentialTime()
        {
            double worst = 0;
            for (uint z = 0; z < 1u << 23; z += z < 4096 || z > (1u << 23) - 4096 ? 1u : 61u)
            {
                double v = (z + 0.5) / (1 << 23);
                double exact = 24 + Math.Log(-Log1p(-v) / Math.Log(2), 2);
                double actual = SamplingMath.WaitingTime(z << 9, 0) / 16777216.0;
                worst = Math.Max(worst, Math.Abs(actual - exact));
            }

            // Last mantissa bit times 1/ln 2, two polynomials of relative error 2^-25 and one truncation.
            Assert.That(worst, Is.LessThan(4.0 / (1 << 24)));
        }

        [Test]
        public void WaitingTimeIgnoresTheLowNineBitsAndAddsTheDistance()
        {
            uint time = SamplingMath.WaitingTime(0x12345600, 0);
            Assert.That(SamplingMath.WaitingTime(0x123457FF, 77), Is.EqualTo(time + 77));
            Assert.That(SamplingMath.WaitingTime(0x12345800, 0), Is.Not.EqualTo(time));
        }

        [Test]
        public void WaitingTimeStaysInRangeAtBothEnds()
        {
            Assert.That(SamplingMath.WaitingTime(0, 0), Is.LessThan(1u << 24));
            Assert.That(SamplingMath.WaitingTime(uint.MaxValue, SamplingMath.Far - 1), Is.LessThan(1u << 30));
        }

        [Test]
        public void KeysSortLikeLogitsAndGiveThemBack()
        {
            float[] ascending = { -1e30f, -3f, -2.9999998f, -1e-10f, 0f, 1e-10f, 2f, 1e30f };
            uint last = SamplingKey.Excluded;
            foreach (float value in ascending)
            {
                float canonical = SamplingKey.Canonical(value);
                uint key = SamplingKey.Of(canonical);
                Assert.That(key, Is.GreaterThan(last));
                Assert.That(SamplingKey.Logit(key), Is.EqualTo(canonical));
                last = key;
            }
        }

        [Test]
        public void CanonicalLogitsAreNeitherTinyNorHugeNorMinusZero()
        {
            Assert.That(1f / SamplingKey.Canonical(-0f), Is.EqualTo(float.PositiveInfinity));
            Assert.That(SamplingKey.Canonical(-float.Epsilon), Is.Zero);
            Assert.That(SamplingKey.Canonical(float.PositiveInfinity), Is.EqualTo(18446744073709551616f));
            Assert.That(SamplingKey.Canonical(float.MinValue), Is.EqualTo(-18446744073709551616f));
            Assert.That(SamplingKey.IsUsable(float.NaN) || SamplingKey.IsUsable(float.NegativeInfinity), Is.False);
            Assert.That(SamplingKey.IsUsable(float.PositiveInfinity) && SamplingKey.IsUsable(float.MinValue), Is.True);
        }

        private static double Log1p(double x)
            => Math.Abs(x) < 1e-4 ? x - (x * x / 2) + (x * x * x / 3) - (x * x * x * x / 4) : Math.Log(1 + x);
    }
}
