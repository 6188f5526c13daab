using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>A prefix file is read as it was written, or refused with the code of what is wrong with it.</summary>
    public sealed class PrefixFileTests
    {
        private static readonly ModelConfig Config = TestModels.Small;
        private static readonly string Model = string.Concat(Enumerable.Repeat("ab", 32));

        private static IEnumerable<TestCaseData> Damages()
        {
            TestCaseData Row(string name, string code, Func<byte[], byte[]> damage, params string[] says) => new TestCaseData(code, damage, says).SetArgDisplayNames(name);
            yield return Row("nothing", "PR001", _ => Array.Empty<byte>(), "0 bytes");
            yield return Row("a model", "PR001", b => Set(b, 0, 0x7b), "a prefix file");
            yield return Row("a newer version", "PR002", b => Seal(Set(b, 8, 2)), "found 2", "expected 1");
            yield return Row("cut off", "PR003", b => b.Take(b.Length - 1).ToArray(), "by its own numbers");
            yield return Row("grown", "PR003", b => b.Concat(new byte[] { 0 }).ToArray(), "by its own numbers");
            yield return Row("damaged", "PR004", b => Set(b, 70, 0x55), "sha256");
            yield return Row("a format of 17 bits", "PR011", b => Seal(Set(b, 12, 17)), "found 17", "16 or 32");
            yield return Row("no words", "PR011", b => Seal(Int(b, 48, 0)), "words of a page");
            yield return Row("17 tokens", "PR011", b => Seal(Int(b, 52, 17)), "found 17", "multiple of 16");
            yield return Row("no tokens", "PR011", b => Seal(Int(b, 52, 0)), "tokens");
            yield return Row("tokens without end", "PR011", b => Seal(Int(b, 52, int.MaxValue)), "2147483647");
            yield return Row("as many tokens as there may be", "PR003", b => Seal(Int(b, 52, 1 << 20)), "by its own numbers");
            yield return Row("dials without end", "PR011", b => Seal(Int(b, 56, -1)), "head dials");
        }

        private static IEnumerable<TestCaseData> Misfits()
        {
            TestCaseData Row(string name, string code, Action<PrefixData> change, params string[] says) => new TestCaseData(code, change, says).SetArgDisplayNames(name);
            yield return Row("another model", "PR005", p => p.Model = string.Concat(Enumerable.Repeat("cd", 32)), "cdcdcdcdcdcd", "abababababab");
            yield return Row("another format", "PR006", p => p.KvFloat32 = true, "found f32", "expected f16");
            yield return Row("another layout", "PR006", p => p.PageWords *= 2, "words of a page");
            yield return Row("dials of another model", "PR007", p => p.Dials = new[] { 1f }, "found 1", "none or");
            yield return Row("a dial without a value", "PR008", p => p.Dials[1] = float.NaN, "NaN");
            yield return Row("longer than the context", "PR009", p => p.Tokens = new int[32], "found 32", "at most 31");
            yield return Row("a token that the model lacks", "PR010", p => p.Tokens[5] = 40, "token 5", "found 40", "0 to 39");
        }

        [Test]
        public void IsReadAsItWasWritten()
        {
            PrefixData written = Prefix(), read = Read(PrefixFile.ToBytes(written));
            Assert.That(read.Model, Is.EqualTo(written.Model));
            Assert.That(read.KvFloat32, Is.EqualTo(written.KvFloat32));
            Assert.That(read.Dials, Is.EqualTo(written.Dials));
            Assert.That(read.Tokens, Is.EqualTo(written.Tokens));
            Assert.That(read.PageWords, Is.EqualTo(written.PageWords));
            Assert.That(read.Words, Is.EqualTo(written.Words));
            Assert.That(() => read.CheckAgainst("smith.prefix", Model, Config, false, Config.Context), Throws.Nothing);
        }

        [TestCaseSource(nameof(Damages))]
        public void DamageHasItsCode(string code, Func<byte[], byte[]> damage, string[] says)
            => Refused(() => Read(damage(PrefixFile.ToBytes(Prefix()))), code, says);

        [TestCaseSource(nameof(Misfits))]
        public void WhatDoesNotFitTheModelHasItsCode(string code, Action<PrefixData> change, string[] says)
        {
            PrefixData prefix = Prefix();
            change(prefix);
            Refused(() => prefix.CheckAgainst("smith.prefix", Model, Config, false, Config.Context), code, says);
        }

        [Test]
        public void EveryFlippedBitAndEveryLengthIsFound()
        {
            PrefixData small = Prefix();
            small.Words = new uint[small.PageWords = 3];
            byte[] bytes = PrefixFile.ToBytes(small);
            for (int bit = 0; bit < 8 * bytes.Length; bit++)
            {
                byte[] flipped = (byte[])bytes.Clone();
                flipped[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.That(() => Read(flipped), Throws.InstanceOf<PrismFileException>(), "bit {0}", bit);
            }

            for (int length = 0; length < bytes.Length; length++)
            {
                Assert.That(() => Read(bytes.Take(length).ToArray()), Throws.InstanceOf<PrismFileException>(), "{0} bytes", length);
            }
        }

        [Test]
        public void AFileThatIsNotThereHasTheCodeOfFiles()
            => Assert.That(() => PrefixFile.Read(Path.Combine(Path.GetTempPath(), "no such prefix")), Throws.InstanceOf<PrismFileException>().With.Property("Code").EqualTo("PF001"));

        internal static byte[] Seal(byte[] bytes)
        {
            using var sha = SHA256.Create();
            sha.ComputeHash(bytes, 0, bytes.Length - 32).CopyTo(bytes, bytes.Length - 32);
            return bytes;
        }

        private static void Refused(TestDelegate act, string code, string[] says)
        {
            PrismFileException refused = Assert.Throws<PrismFileException>(act)!;
            Assert.That(refused.Code, Is.EqualTo(code));
            Assert.That(refused.File, Is.EqualTo("smith.prefix"));
            Assert.That(refused.Expected, Is.Not.Empty);
            foreach (string part in says)
            {
                Assert.That(refused.Message, Does.Contain(part));
            }
        }

        private static PrefixData Prefix()
        {
            int words = PrefixData.PageWordsOf(Config, false);
            return new PrefixData
            {
                Model = Model,
                Dials = Enumerable.Range(0, Config.Layers * Config.Heads).Select(i => 0.5f + i).ToArray(),
                Tokens = Enumerable.Range(3, 16).ToArray(),
                PageWords = words,
                Words = Enumerable.Range(0, words).Select(i => (uint)i * 2654435761u).ToArray(),
            };
        }

        private static PrefixData Read(byte[] bytes) => PrefixFile.Read(new MemoryStream(bytes), "mods/smith.prefix");

        private static byte[] Set(byte[] bytes, int at, byte value)
        {
            bytes[at] = value;
            return bytes;
        }

        private static byte[] Int(byte[] bytes, int at, int value)
        {
            BitConverter.GetBytes(value).CopyTo(bytes, at);
            return bytes;
        }
    }
}
