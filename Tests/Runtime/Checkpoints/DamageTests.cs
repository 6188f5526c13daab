using System;
using System.IO;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Tests.BadFiles;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>A transfer that loses or changes anything is noticed.</summary>
    public class DamageTests
    {
        private static ModelConfig Tiny => FileEditor.Config with { Layers = 1, Dim = 2, Hidden = 2, Vocabulary = 2, Qkv = QkvMode.Dictionary };

        [Test]
        public void EveryFlippedBitOfASmallFileIsFound()
        {
            byte[] good = FileEditor.Of(Tiny).Bytes();
            Assert.That(good.Length, Is.LessThan(2600));
            Assert.That(Refusal(good), Is.Empty);
            for (int bit = 0; bit < 8 * good.Length; bit++)
            {
                good[bit / 8] ^= (byte)(1 << (bit % 8));
                if (Refusal(good).Length == 0)
                {
                    Assert.Fail("Bit " + (bit % 8) + " of byte " + (bit / 8) + " can flip unseen.");
                }

                good[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        [Test]
        public void SampledFlippedBitsOfEveryFormatAreFound([Values] WeightFormat format)
        {
            byte[] good = TestModels.Writer(TestModels.Small with { Experts = 2, TopK = 1 }, 2, format).ToBytes();
            var random = new TestRandom(11);
            for (int i = 0; i < 400; i++)
            {
                int bit = random.Below(8 * good.Length);
                good[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.That(Refusal(good), Is.Not.Empty);
                good[bit / 8] ^= (byte)(1 << (bit % 8));
            }
        }

        [Test]
        public void EveryTruncationIsFound()
        {
            byte[] good = FileEditor.Of(Tiny).Bytes();
            for (int length = 0; length < good.Length; length++)
            {
                if (Refusal(good.AsSpan(0, length).ToArray()).Length == 0)
                {
                    Assert.Fail("A file cut to " + length + " bytes loads.");
                }
            }
        }

        private static string Refusal(byte[] bytes)
        {
            try
            {
                PrismCheckpoint.Load(new MemoryStream(bytes), "a.safetensors");
                return string.Empty;
            }
            catch (PrismFileException error)
            {
                return error.Code;
            }
        }
    }
}
