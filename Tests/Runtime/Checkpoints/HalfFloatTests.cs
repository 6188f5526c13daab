using System;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.Checkpoints
{
    public class HalfFloatTests
    {
        [Test]
        public void EveryPatternSurvivesARoundTripExceptFlushedSubnormals()
        {
            int wrong = 0;
            for (int bits = 0; bits < 65536; bits++)
            {
                var half = (ushort)bits;
                int exponent = (bits >> 10) & 31, fraction = bits & 1023;
                ushort kept = HalfFloat.ToHalfKeepingSubnormals(HalfFloat.ToSingle(half)), flushed = HalfFloat.ToHalf(HalfFloat.ToSingle(half));
                bool nan = exponent == 31 && fraction != 0;
                ushort expected = nan ? (ushort)(half | 0x200) : half;
                wrong += kept == expected ? 0 : 1;
                wrong += flushed == (exponent == 0 ? (ushort)(half & 0x8000) : expected) ? 0 : 1;
            }

            Assert.That(wrong, Is.Zero);
        }

        [Test]
        public void ToSingleIsTheDefinition()
        {
            int wrong = 0;
            for (int bits = 0; bits < 65536; bits++)
            {
                int exponent = (bits >> 10) & 31, fraction = bits & 1023;
                double magnitude = exponent == 0 ? fraction * Math.Pow(2, -24) : exponent < 31 ? (1 + fraction / 1024.0) * Math.Pow(2, exponent - 15) : fraction == 0 ? double.PositiveInfinity : double.NaN;
                float found = HalfFloat.ToSingle((ushort)bits);
                wrong += double.IsNaN(magnitude) ? (float.IsNaN(found) ? 0 : 1) : found.Equals((float)((bits & 0x8000) != 0 ? -magnitude : magnitude)) ? 0 : 1;
            }

            Assert.That(wrong, Is.Zero);
        }

        [Test]
        public void EveryMidpointGoesToTheEvenNeighbourAndItsNeighboursToTheNearest()
        {
            int wrong = 0;
            for (int bits = 0; bits < 0x7BFF; bits++)
            {
                double low = HalfFloat.ToSingle((ushort)bits), high = HalfFloat.ToSingle((ushort)(bits + 1));
                var middle = (float)((low + high) / 2);
                int pattern = BitConverter.SingleToInt32Bits(middle);
                wrong += HalfFloat.ToHalfKeepingSubnormals(middle) == bits + (bits & 1) ? 0 : 1;
                wrong += HalfFloat.ToHalfKeepingSubnormals(BitConverter.Int32BitsToSingle(pattern - 1)) == bits ? 0 : 1;
                wrong += HalfFloat.ToHalfKeepingSubnormals(BitConverter.Int32BitsToSingle(pattern + 1)) == bits + 1 ? 0 : 1;
                wrong += HalfFloat.ToHalfKeepingSubnormals(-middle) == (0x8000 | (bits + (bits & 1))) ? 0 : 1;
            }

            Assert.That(wrong, Is.Zero);
        }

        [TestCase(1f, 0x3C00)]
        [TestCase(-2f, 0xC000)]
        [TestCase(0.1f, 0x2E66)]
        [TestCase(1f / 3f, 0x3555)]
        [TestCase(65504f, 0x7BFF)]
        [TestCase(65519.996f, 0x7BFF)]
        [TestCase(65520f, 0x7C00)]
        [TestCase(float.MaxValue, 0x7C00)]
        [TestCase(float.NegativeInfinity, 0xFC00)]
        [TestCase(2049f, 0x6800)]
        [TestCase(2051f, 0x6802)]
        [TestCase(6.103515625e-5f, 0x0400)]
        [TestCase(6.1005353927612305e-5f, 0x0400, Description = "2^-14 - 2^-25 is the tie that rounds up to the smallest normal value")]
        [TestCase(6.100535e-5f, 0x0000, Description = "just below it the result is subnormal, so zero")]
        [TestCase(-1e-7f, 0x8000)]
        [TestCase(-0f, 0x8000)]
        [TestCase(float.Epsilon, 0x0000)]
        public void KnownRoundings(float value, int bits) => Assert.That(HalfFloat.ToHalf(value), Is.EqualTo(bits));

        [TestCase(5.9604645e-8f, 0x0001)]
        [TestCase(2.9802322e-8f, 0x0000, Description = "half of the smallest: a tie to even")]
        [TestCase(2.9802326e-8f, 0x0001)]
        [TestCase(1e-9f, 0x0000)]
        public void KnownSubnormals(float value, int bits) => Assert.That(HalfFloat.ToHalfKeepingSubnormals(value), Is.EqualTo(bits));

        [Test]
        public void NaNStaysNaN() => Assert.That(HalfFloat.ToHalf(float.NaN) & 0x7FFF, Is.GreaterThan(0x7C00));
    }
}
