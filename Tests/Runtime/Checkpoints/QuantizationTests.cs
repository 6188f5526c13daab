using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.Checkpoints
{
    public class QuantizationTests
    {
        [Test]
        public void Int4ByHand()
        {
            // max 7 gives s = 1: 0.5 and 2.5 are ties to even, 1.5 goes up, 7 is the limit. Low nibble first, two's complement.
            (byte[] codes, ushort[] scales) = Encode(WeightFormat.Int4, new[] { 0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -2.5f, 7f, -7f }, 8);
            Assert.That(scales, Is.EqualTo(new ushort[] { 0x3C00 }));
            Assert.That(codes, Is.EqualTo(new byte[] { 0x20, 0x02, 0xEE, 0x97 }));
            Assert.That(Decode(WeightFormat.Int4, codes, scales, 8), Is.EqualTo(new[] { 0f, 2, 2, 0, -2, -2, 7, -7 }));
        }

        [Test]
        public void Int8ByHand()
        {
            (byte[] codes, ushort[] scales) = Encode(WeightFormat.Int8, new[] { 127f, -127f, 0.5f, 1.5f, -2.5f, 0f }, 6);
            Assert.That(scales, Is.EqualTo(new ushort[] { 0x3C00 }));
            Assert.That(codes, Is.EqualTo(new byte[] { 127, 129, 0, 2, 254, 0 }));
        }

        [Test]
        public void ClampsWhereTheScaleWasRoundedDown()
        {
            // 0.3 / 7 rounds down to a smaller float16, so 0.3 / s is 7.0016 and -0.3 / s the same below: both stay at the limit.
            (byte[] codes, ushort[] scales) = Encode(WeightFormat.Int4, new[] { 0.3f, -0.3f }, 2);
            float scale = HalfFloat.ToSingle(scales[0]);
            Assert.That(scales[0], Is.EqualTo(HalfFloat.ToHalf(0.3f / 7)));
            Assert.That(codes, Is.EqualTo(new byte[] { 0x97 }));
            Assert.That(Decode(WeightFormat.Int4, codes, scales, 2), Is.EqualTo(new[] { 7 * scale, -7 * scale }));

            // The largest ratio a rounded scale can give: 127.06 must not become 128.
            float weight = 127 * HalfFloat.ToSingle(0x3C00) * (1 + 1f / 2048);
            (codes, scales) = Encode(WeightFormat.Int8, new[] { weight, -weight }, 2);
            Assert.That(scales[0], Is.EqualTo(0x3C00));
            Assert.That(codes, Is.EqualTo(new byte[] { 127, 129 }));
        }

        [Test]
        public void ScaleZeroGivesZeroAlsoForWhatFloat16CannotHold()
        {
            (byte[] codes, ushort[] scales) = Encode(WeightFormat.Int8, new[] { 0f, -0f, 1e-5f, -1e-5f }, 4);
            Assert.That(scales, Is.EqualTo(new ushort[] { 0 }), "1e-5 / 127 is a float16 subnormal, flushed");
            Assert.That(codes, Is.EqualTo(new byte[4]));
        }

        [TestCase(1, 1, 1, 1)]
        [TestCase(31, 1, 31, 16)]
        [TestCase(32, 1, 32, 16)]
        [TestCase(33, 2, 33, 17)]
        [TestCase(172, 6, 172, 86)]
        public void RowsOfAnyLengthHaveAShorterLastGroup(int columns, int groups, int int8Bytes, int int4Bytes)
        {
            Assert.That(Quantization.Groups(columns), Is.EqualTo(groups));
            Assert.That(Quantization.RowBytes(WeightFormat.Int8, columns), Is.EqualTo(int8Bytes));
            Assert.That(Quantization.RowBytes(WeightFormat.Int4, columns), Is.EqualTo(int4Bytes));
            var random = new TestRandom(9);
            float[] weights = Enumerable.Range(0, 3 * columns).Select(i => (float)random.Normal() * (1 + i % columns / 32)).ToArray();
            foreach (WeightFormat format in new[] { WeightFormat.Int8, WeightFormat.Int4 })
            {
                (byte[] codes, ushort[] scales) = Encode(format, weights, columns);
                float[] back = Decode(format, codes, scales, columns);
                for (int i = 0; i < weights.Length; i++)
                {
                    int start = i / columns * columns + i % columns / 32 * 32, end = Math.Min(start + 32, (i / columns + 1) * columns);
                    float largest = weights.Skip(start).Take(end - start).Max(Math.Abs);
                    ushort scale = scales[i / columns * groups + i % columns / 32];
                    Assert.That(scale, Is.EqualTo(HalfFloat.ToHalf(largest / Quantization.Limit(format))), "each group by its own maximum");

                    // Half a step, and at the ends what the scale lost by rounding to 11 bits; a scale below 2^-14 is flushed and its group with it.
                    double bound = scale == 0 ? largest : 0.5 * HalfFloat.ToSingle(scale) + largest / 2048;
                    Assert.That(Math.Abs(back[i] - weights[i]), Is.LessThanOrEqualTo(bound * 1.00001));
                }

                if (format == WeightFormat.Int4 && columns % 2 == 1)
                {
                    Assert.That(codes[int4Bytes - 1] >> 4, Is.Zero, "the nibble after the row");
                }
            }
        }

        [Test]
        public void RefusesPartsOfRows()
        {
            Assert.That(() => Quantization.Encode(WeightFormat.Int8, new float[5], 4, new byte[5], new ushort[2]), Throws.ArgumentException);
            Assert.That(() => Quantization.Encode(WeightFormat.Int8, new float[4], 4, new byte[3], new ushort[1]), Throws.ArgumentException);
            Assert.That(() => Quantization.Decode(WeightFormat.Int4, new byte[2], new ushort[2], 4, new float[4]), Throws.ArgumentException);
            Assert.That(() => Quantization.Limit(WeightFormat.Float16), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        private static (byte[], ushort[]) Encode(WeightFormat format, float[] weights, int columns)
        {
            int rows = weights.Length / columns;
            var codes = new byte[rows * Quantization.RowBytes(format, columns)];
            var scales = new ushort[rows * Quantization.Groups(columns)];
            codes.AsSpan().Fill(0xFF);
            Quantization.Encode(format, weights, columns, codes, scales);
            return (codes, scales);
        }

        private static float[] Decode(WeightFormat format, byte[] codes, ushort[] scales, int columns)
        {
            var weights = new float[codes.Length / Quantization.RowBytes(format, columns) * columns];
            Quantization.Decode(format, codes, scales, columns, weights);
            return weights;
        }
    }
}
