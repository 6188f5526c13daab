using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>Values are looked at many at once: a bad one is found wherever it stands, and named by its index.</summary>
    public class ValueCheckTests
    {
        private const int Most = 70;

        private static IEnumerable<TestCaseData> BadFloats()
        {
            yield return new TestCaseData(DType.F32, 4, 0x7FC00000u, FileErrorCodes.NaN);
            yield return new TestCaseData(DType.F32, 4, 0xFF800000u, FileErrorCodes.Infinite);
            yield return new TestCaseData(DType.F32, 4, 0xC61C4001u, FileErrorCodes.TooBig);
            yield return new TestCaseData(DType.F16, 2, 0xFE00u, FileErrorCodes.NaN);
            yield return new TestCaseData(DType.F16, 2, 0x7C00u, FileErrorCodes.Infinite);
            yield return new TestCaseData(DType.F16, 2, 0x70E3u, FileErrorCodes.TooBig);
            yield return new TestCaseData(DType.BF16, 2, 0xC61Du, FileErrorCodes.TooBig);
        }

        [TestCaseSource(nameof(BadFloats))]
        public void ABadNumberIsFoundAtEveryPlace(DType type, int size, uint bits, string code)
        {
            for (int length = 1; length < Most; length++)
            {
                var bytes = new byte[length * size];
                for (int i = 0; i < length; i++)
                {
                    // 1.0 in each format, so that neighbours are neither zero nor large.
                    Put(bytes, i, size, type == DType.F32 ? 0x3F800000u : type == DType.F16 ? 0x3C00u : 0x3F80u);
                }

                int at = length % 3 == 0 ? length - 1 : length % 3 == 1 ? 0 : length / 2;
                Assert.That(() => ValueCheck.Run(Tensor(type, bytes, length), "f"), Throws.Nothing);
                Put(bytes, at, size, bits);
                var found = Assert.Throws<PrismFileException>(() => ValueCheck.Run(Tensor(type, bytes, length), "f"));
                Assert.That(found!.Code, Is.EqualTo(code));
                Assert.That(found.Message, Does.Match(FormattableString.Invariant($"index {at}\\b")), "of {0}", length);
            }
        }

        [Test]
        public void ACodeWithoutCounterpartIsFoundAtEveryPlace([Values(WeightFormat.Int8, WeightFormat.Int4)] WeightFormat format)
        {
            for (int columns = 1; columns < Most; columns++)
            {
                int groups = Quantization.Groups(columns), rowBytes = Quantization.RowBytes(format, columns);
                var codes = new byte[rowBytes];
                var scales = new byte[2 * groups];
                MemoryMarshal.Cast<byte, ushort>(scales.AsSpan()).Fill(0x3C00);
                CheckpointTensor Codes() => Tensor(format == WeightFormat.Int8 ? DType.I8 : DType.U8, codes, rowBytes);
                Assert.That(() => ValueCheck.Quantized(Codes(), Tensor(DType.F16, scales, groups), format, columns, "f"), Throws.Nothing);
                int at = columns % 2 == 0 ? columns - 1 : columns / 2;
                codes[format == WeightFormat.Int8 ? at : at / 2] = format == WeightFormat.Int8 ? (byte)0x80 : at % 2 == 0 ? (byte)0x08 : (byte)0x80;
                var found = Assert.Throws<PrismFileException>(() => ValueCheck.Quantized(Codes(), Tensor(DType.F16, scales, groups), format, columns, "f"));
                Assert.That(found!.Code, Is.EqualTo(FileErrorCodes.QuantizedRange));
                Assert.That(found.Message, Does.Match(FormattableString.Invariant($"index {at}\\b")), "of {0}", columns);
            }
        }

        [Test]
        public void ALargeScaleMattersOnlyWithALargeCode()
        {
            var codes = new byte[32];
            var scales = new byte[2];
            MemoryMarshal.Cast<byte, ushort>(scales.AsSpan())[0] = HalfFloat.ToHalf(200f);
            void Check() => ValueCheck.Quantized(Tensor(DType.I8, codes, 32), Tensor(DType.F16, scales, 1), WeightFormat.Int8, 32, "f");
            codes[5] = 50;
            Assert.That(Check, Throws.Nothing);
            codes[5] = 51;
            Assert.That(Assert.Throws<PrismFileException>(Check)!.Code, Is.EqualTo(FileErrorCodes.TooBig));
        }

        private static CheckpointTensor Tensor(DType type, byte[] bytes, int length) => new CheckpointTensor("t", type, new[] { length }, bytes);

        private static void Put(byte[] bytes, int index, int size, uint bits)
        {
            for (int i = 0; i < size; i++)
            {
                bytes[(index * size) + i] = (byte)(bits >> (8 * i));
            }
        }
    }
}
