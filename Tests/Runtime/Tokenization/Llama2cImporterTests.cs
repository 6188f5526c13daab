using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Checkpoints.Import;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    public sealed class Llama2cImporterTests
    {
        [Test]
        public void ReadsTheArchitecture()
        {
            PrismCheckpoint checkpoint = Stories260K.Load();
            ModelConfig config = checkpoint.Config;
            Assert.That(new[] { config.Dim, config.Hidden, config.Layers, config.Heads, config.KvHeads, config.Vocabulary, config.Context }, Is.EqualTo(new[] { 64, 172, 5, 8, 4, 512, 512 }));
            Assert.That(config.NoiseHeads, Is.Zero);
            Assert.That(config.Tied, Is.True);
            Assert.That(config.Special.Bos, Is.EqualTo(1));
            Assert.That(checkpoint.KvFloat32, Is.True);
            Assert.That(checkpoint.RopeGroups, Is.EqualTo(1));
            Assert.That(checkpoint.RopeInvFreq[1], Is.EqualTo(0.1f));
            Assert.That(checkpoint.Gain, Has.All.EqualTo(1f));
            Assert.That(checkpoint.HeadGroup, Has.All.EqualTo(0));
        }

        [Test]
        public void TakesEveryWeightFromItsPlace()
        {
            byte[] file = File.ReadAllBytes(Stories260K.ModelPath);
            float At(long index) => BitConverter.ToSingle(file, 28 + (int)(4 * index));
            PrismCheckpoint checkpoint = Stories260K.Load();
            long at = 0;
            void Next(string name, int layers, int count)
            {
                for (int layer = 0; layer < layers; layer++)
                {
                    float[] read = checkpoint.ReadFloats(layers == 1 ? name : TensorNames.Layer(layer, name));
                    Assert.That(read, Has.Length.EqualTo(count), name);
                    Assert.That(new[] { read[0], read[count - 1] }, Is.EqualTo(new[] { At(at), At(at + count - 1) }), name);
                    at += count;
                }
            }

            Next("tok_emb", 1, 512 * 64);
            Next("g1", 5, 64);
            Next("wq", 5, 64 * 64);
            Next("wk", 5, 32 * 64);
            Next("wv", 5, 32 * 64);
            Next("wo", 5, 64 * 64);
            Next("g2", 5, 64);
            Next("w1", 5, 172 * 64);
            Next("w2", 5, 172 * 64);
            Next("w3", 5, 172 * 64);
            Next("gf", 1, 64);
            Assert.That(28 + (4 * (at + (512 * 8))), Is.EqualTo(file.Length));
        }

        [Test]
        public void CarriesItsTokenizer()
        {
            ITextTokenizer tokenizer = Stories260K.Tokenizer();
            Assert.That(tokenizer.Encode(Stories260K.Prompt), Is.EqualTo(Stories260K.GoldenTokens.Skip(1).Take(4)));
            Assert.That(Stories260K.GoldenText, Does.StartWith(tokenizer.Decode(Stories260K.GoldenTokens)));
            Assert.That(tokenizer.Encode(Stories260K.GoldenText).Take(63), Is.EqualTo(Stories260K.GoldenTokens.Skip(1)));
        }

        [Test]
        public void ReadsAnUntiedHead()
        {
            byte[] model = File.ReadAllBytes(Stories260K.ModelPath);
            byte[] untied = new byte[model.Length + (512 * 64 * 4)];
            model.CopyTo(untied, 0);
            BitConverter.GetBytes(-512).CopyTo(untied, 20);
            BitConverter.GetBytes(0.5f).CopyTo(untied, model.Length);
            byte[] bytes = Llama2cImporter.Import(untied, "m.bin", File.ReadAllBytes(Stories260K.TokenizerPath), "t.bin").ToBytes();
            PrismCheckpoint checkpoint = PrismCheckpoint.Load(new MemoryStream(bytes), "m");
            Assert.That(checkpoint.Config.Tied, Is.False);
            Assert.That(checkpoint.ReadFloats("head")[0], Is.EqualTo(0.5f));
        }

        [TestCaseSource(nameof(BadModels))]
        public void RefusesBadModels(string code, Func<byte[], byte[]> spoil, string fact)
        {
            byte[] model = spoil(File.ReadAllBytes(Stories260K.ModelPath));
            byte[] tokenizer = File.ReadAllBytes(Stories260K.TokenizerPath);
            var error = Assert.Throws<PrismFileException>(() => Llama2cImporter.Import(model, "some/m.bin", tokenizer, "t.bin"));
            Assert.That(error!.Code, Is.EqualTo(code));
            Assert.That(error.File, Is.EqualTo("m.bin"));
            Assert.That(error.Message, Does.Contain(fact));
        }

        [TestCaseSource(nameof(BadTokenizers))]
        public void RefusesBadTokenizers(string code, Func<byte[], byte[]> spoil, string fact)
        {
            byte[] model = File.ReadAllBytes(Stories260K.ModelPath);
            byte[] tokenizer = spoil(File.ReadAllBytes(Stories260K.TokenizerPath));
            var error = Assert.Throws<PrismFileException>(() => Llama2cImporter.Import(model, "m.bin", tokenizer, "some/t.bin"));
            Assert.That(error!.Code, Is.EqualTo(code));
            Assert.That(error.File, Is.EqualTo("t.bin"));
            Assert.That(error.Message, Does.Contain(fact));
        }

        [Test]
        public void RefusesMissingFiles()
        {
            var error = Assert.Throws<PrismFileException>(() => Llama2cImporter.Import(Stories260K.ModelPath + ".none", Stories260K.TokenizerPath));
            Assert.That(error!.Code, Is.EqualTo("PF001"));
        }

        private static IEnumerable<TestCaseData> BadModels()
        {
            TestCaseData Row(string name, string code, Func<byte[], byte[]> spoil, string fact) => new TestCaseData(code, spoil, fact).SetName("RefusesModel_" + name);

            yield return Row("Empty", "PI200", _ => Array.Empty<byte>(), "0 bytes");
            yield return Row("CutInHeader", "PI200", m => m.AsSpan(0, 27).ToArray(), "27 bytes");
            yield return Row("NewerVersion", "PI200", m => With(With(m, 0, 0x616B3432), 4, 2), "version 2");
            yield return Row("CutInWeights", "PI202", m => m.AsSpan(0, m.Length - 1).ToArray(), "1056539");
            yield return Row("TrailingByte", "PI202", m => m.Concat(new byte[1]).ToArray(), "1056541");
            yield return Row("NoDim", "PI201", m => With(m, 0, 0), "dim");
            yield return Row("NegativeHidden", "PI201", m => With(m, 4, -172), "-172");
            yield return Row("HugeLayers", "PI201", m => With(m, 8, int.MaxValue), "n_layers");
            yield return Row("HugeEverything", "PI202", m => With(With(With(With(m, 0, 1 << 20), 4, 1 << 20), 8, 4096), 24, 1 << 20), "1056540 bytes");
            yield return Row("MoreHeadsThanDim", "PI201", m => With(m, 12, 65), "n_heads");
            yield return Row("HeadsDoNotDivide", "PI201", m => With(m, 12, 7), "divisor of dim 64");
            yield return Row("OddHeadSize", "PI201", m => With(With(m, 12, 64), 16, 4), "even");
            yield return Row("KvHeadsDoNotDivide", "PI201", m => With(m, 16, 3), "divisor of n_heads 8");
            yield return Row("NoVocabulary", "PI201", m => With(m, 20, 0), "vocab_size");
            yield return Row("SmallestVocabulary", "PI201", m => With(m, 20, int.MinValue), "-2147483648");
            yield return Row("HugeVocabulary", "PI201", m => With(m, 20, 65537), "65536");
            yield return Row("NoContext", "PI201", m => With(m, 24, 0), "seq_len");
            yield return Row("OtherVocabulary", "PI202", m => With(m, 20, 511), "bytes");
            yield return Row("NaN", "PI203", m => With(m, 28 + 400, 0x7FC00000), "tok_emb, index 100");
            yield return Row("HugeWeight", "PI203", m => With(m, 28, BitConverter.SingleToInt32Bits(20000f)), "20000");
        }

        private static IEnumerable<TestCaseData> BadTokenizers()
        {
            TestCaseData Row(string name, string code, Func<byte[], byte[]> spoil, string fact) => new TestCaseData(code, spoil, fact).SetName("RefusesTokenizer_" + name);

            yield return Row("Empty", "PI204", _ => Array.Empty<byte>(), "before token 0");
            yield return Row("Cut", "PI204", t => t.AsSpan(0, t.Length - 1).ToArray(), "token 511");
            yield return Row("CutBetweenTokens", "PI204", t => t.AsSpan(0, t.Length - 11).ToArray(), "before token 511");
            yield return Row("TrailingBytes", "PI204", t => t.Concat(new byte[9]).ToArray(), "9 bytes after token 511");
            yield return Row("NaNScore", "PI205", t => With(t, 4, 0x7FC00000), "not a number");
            yield return Row("NegativeLength", "PI205", t => With(t, 8, -1), "-1 bytes");
            yield return Row("HugeLength", "PI205", t => With(t, 8, int.MaxValue), "2147483647 bytes");
            yield return Row("OtherByteName", "PI205", t => Byte(t, 4 + 13 + 13 + 14 + 8 + 3, (byte)'1'), "token 3");
            yield return Row("NotUtf8", "PI205", t => Byte(t, t.Length - 1, 0xFF), "token 511");
            yield return Row("SameTokenTwice", "PI205", t => Byte(t, LastByteOf(t, 505), (byte)'<'), "token 505");
        }

        private static byte[] With(byte[] file, int at, int value)
        {
            BitConverter.GetBytes(value).CopyTo(file, at);
            return file;
        }

        private static byte[] Byte(byte[] file, int at, byte value)
        {
            file[at] = value;
            return file;
        }

        private static int LastByteOf(byte[] tokenizer, int token)
        {
            int at = 4;
            for (int id = 0; id < token; id++)
            {
                at += 8 + BitConverter.ToInt32(tokenizer, at + 4);
            }
            return at + 7 + BitConverter.ToInt32(tokenizer, at + 4);
        }
    }
}
