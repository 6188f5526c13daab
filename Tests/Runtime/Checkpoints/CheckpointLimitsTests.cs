using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Tests.BadFiles;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>Every limit at one below, at it, and one above.</summary>
    public class CheckpointLimitsTests
    {
        [TestCase(-1, "")]
        [TestCase(0, "")]
        [TestCase(1, "PH026")]
        public void HeaderBytes(int beyond, string code)
        {
            FileEditor file = FileEditor.Good();
            Check(file.SetHeader(file.Header.PadRight((1 << 20) + beyond)).Bytes(), code);
        }

        [TestCase(-1, "")]
        [TestCase(0, "")]
        [TestCase(1, "PJ050")]
        public void Tensors(int beyond, string code) => Check(Bytes(4096 + beyond), code);

        [TestCase("[1,1,1]", "")]
        [TestCase("[1,1,1,1]", "")]
        [TestCase("[1,1,1,1,1]", "PT073")]
        public void Rank(string shape, string code) => Check(One("U8", shape, 1), code);

        [TestCase("I8", 1, -1, "")]
        [TestCase("I8", 1, 0, "")]
        [TestCase("I8", 1, 1, "PT072")]
        [TestCase("F32", 4, 0, "")]
        [TestCase("F32", 4, 1, "PT072")]
        public void Dimension(string type, int size, int beyond, string code)
        {
            int n = (1 << 20) + beyond;
            Check(One(type, "[" + n + "]", size * n), code);
        }

        [TestCase(-1, "")]
        [TestCase(0, "")]
        [TestCase(1, "PT072")]
        public void DimensionOfBytes(int beyond, string code)
        {
            int n = (1 << 25) + beyond;
            Check(One("U8", "[" + n + "]", n), code);
        }

        [TestCase(255, "")]
        [TestCase(256, "")]
        [TestCase(257, "PJ047")]
        public void NameBytes(int length, string code) => Check(FileEditor.Good().SetHeader("{\"" + new string('a', length) + "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}").Data(new byte[1]).Bytes(), code);

        [TestCase(65535, "")]
        [TestCase(65536, "")]
        [TestCase(65537, "PJ047")]
        public void MetadataValueBytes(int length, string code) => Check(FileEditor.Good().Meta("name", new string('a', length)).Bytes(), code);

        [TestCase(1023, "")]
        [TestCase(1024, "")]
        [TestCase(1025, "PJ050")]
        public void MetadataEntries(int count, string code) =>
            Check(FileEditor.Good().SetHeader("{\"__metadata__\":{" + string.Join(",", Enumerable.Range(0, count).Select(i => "\"k" + i + "\":\"\"")) + "}}").Data(Array.Empty<byte>()).Bytes(), code);

        [TestCase(23, "PJ045")]
        [TestCase(24, "PJ045")]
        [TestCase(25, "PJ046")]
        public void NumberDigits(int digits, string code) => Check(One("U8", "[" + new string('9', digits) + "]", 1), code);

        [Test]
        public void AFullVocabularyLoads([Values(65535, 65536)] int vocabulary)
        {
            ModelConfig config = FileEditor.Config with { Layers = 1, Vocabulary = vocabulary, Dim = 1 };
            Assert.That(TestModels.Random(config, 1, WeightFormat.Int8).Config.Vocabulary, Is.EqualTo(vocabulary));
        }

        public static IEnumerable<TestCaseData> ConfigLimits()
        {
            yield return Case("layers", 1, 128, n => FileEditor.Config with { Layers = n });
            yield return Case("dim", 1, 16384, n => FileEditor.Config with { Dim = n });
            yield return Case("head_dim", 2, 1024, n => FileEditor.Config with { HeadDim = n }, step: 2);
            yield return Case("heads", 1, 1024, n => FileEditor.Config with { SignalHeads = n, NoiseHeads = 0, KvHeads = 1 });
            yield return Case("noise_heads", 0, 1023, n => FileEditor.Config with { NoiseHeads = n, KvHeads = 1 });
            yield return Case("hidden", 1, 262144, n => FileEditor.Config with { Hidden = n });
            yield return Case("experts", 1, 256, n => FileEditor.Config with { Experts = n });
            yield return Case("top_k", 1, 7, n => FileEditor.Config with { Experts = 7, TopK = n });
            yield return Case("vocab", 1, 65536, n => FileEditor.Config with { Vocabulary = n });
            yield return Case("context", 1, 131072, n => FileEditor.Config with { Context = n });
            yield return Case("special", -1, 7, n => FileEditor.Config with { Special = new SpecialTokens { Npc = n } });
            yield return Case("dialogue_format", 0, 1000, n => FileEditor.Config with { DialogueFormat = n });
        }

        [TestCaseSource(nameof(ConfigLimits))]
        public void Configuration(int minimum, int maximum, int step, Func<int, ModelConfig> with)
        {
            foreach (int good in new[] { minimum, minimum + step, maximum - step, maximum })
            {
                Assert.That(ConfigRules.Check(with(good))?.ToString(), Is.Null);
            }

            foreach (int bad in new[] { minimum - 1, maximum + 1, int.MinValue, int.MaxValue })
            {
                Assert.That(ConfigRules.Check(with(bad)), Is.Not.Null, bad.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Assert.That(() => new CheckpointWriter(with(bad), WeightFormat.Float32, new CheckpointInfo(), new byte[1]), Throws.ArgumentException);
            }
        }

        [TestCase(9999.999f, true)]
        [TestCase(10000f, true)]
        [TestCase(10000.001f, false)]
        [TestCase(float.NaN, false)]
        [TestCase(float.NegativeInfinity, false)]
        public void TheWriterRefusesWhatTheLoaderRefuses(float value, bool good)
        {
            var writer = new CheckpointWriter(FileEditor.Config, WeightFormat.Float32, new CheckpointInfo(), new byte[1]);
            var weights = new float[32];
            weights[31] = value;
            Assert.That(() => writer.Add("tok_emb", weights), good ? (NUnit.Framework.Constraints.IResolveConstraint)Throws.Nothing : Throws.ArgumentException.With.Message.Contains("tok_emb index 31"));
        }

        [Test]
        public void TheWriterRefusesForeignAndDoubleTensorsAndReservedKeys()
        {
            var writer = new CheckpointWriter(FileEditor.Config, WeightFormat.Int8, new CheckpointInfo(), new byte[1]);
            writer.Add("gf", new float[] { 1, 1, 1, 1 });
            Assert.That(() => writer.Add("gf", new float[4]), Throws.ArgumentException);
            Assert.That(() => writer.Add("head", new float[32]), Throws.ArgumentException);
            Assert.That(() => writer.Add("tok_emb", new float[31]), Throws.ArgumentException.With.Message.Contains("expected 32"));
            Assert.That(() => writer.Add("tok_emb", new float[32], WeightFormat.Int4), Throws.ArgumentException);
            Assert.That(() => writer.Add("tok_emb", new float[32], WeightFormat.Float16), Throws.Nothing);
            Assert.That(() => writer.SetGain(new float[5]), Throws.ArgumentException);
            Assert.That(() => writer.SetRope(new float[3], 2), Throws.ArgumentException);
            var info = new CheckpointInfo { Metadata = new Dictionary<string, string> { ["dim"] = "5" } };
            Assert.That(() => Complete(info), Throws.ArgumentException.With.Message.Contains("dim"));
        }

        [Test]
        public void AMatrixMayStayFinerThanTheRest()
        {
            var writer = new CheckpointWriter(FileEditor.Config, WeightFormat.Int4, new CheckpointInfo(), new byte[1]);
            foreach (TensorSpec spec in TensorSchema.Weights(FileEditor.Config))
            {
                writer.Add(spec.Name, Enumerable.Repeat(0.5f, (int)spec.Elements).ToArray(), spec.Name == "tok_emb" ? WeightFormat.Float16 : (WeightFormat?)null);
            }

            PrismCheckpoint loaded = PrismCheckpoint.Load(new MemoryStream(writer.ToBytes()), "a");
            Assert.That(loaded.FormatOf("tok_emb"), Is.EqualTo(WeightFormat.Float16));
            Assert.That(loaded.FormatOf("layers.0.wq"), Is.EqualTo(WeightFormat.Int4));
            Assert.That(loaded.FormatOf("gf"), Is.EqualTo(WeightFormat.Float32));
            Assert.That(() => loaded.FormatOf("head_group"), Throws.ArgumentException);
            Assert.That(() => loaded.FormatOf("none"), Throws.TypeOf<KeyNotFoundException>());
        }

        private static byte[] Complete(CheckpointInfo info)
        {
            var writer = new CheckpointWriter(FileEditor.Config, WeightFormat.Float32, info, new byte[1]);
            foreach (TensorSpec spec in TensorSchema.Weights(FileEditor.Config))
            {
                writer.Add(spec.Name, new float[spec.Elements]);
            }

            return writer.ToBytes();
        }

        private static TestCaseData Case(string name, int minimum, int maximum, Func<int, ModelConfig> with, int step = 1) =>
            new TestCaseData(minimum, maximum, step, with).SetName("{m}(" + name + ")");

        private static void Check(byte[] bytes, string code)
        {
            string found = string.Empty;
            try
            {
                SafetensorsReader.Read(new MemoryStream(bytes), "a.safetensors");
            }
            catch (PrismFileException error)
            {
                found = error.Code;
                BadFileTests.RequireContract(error);
            }

            Assert.That(found, Is.EqualTo(code));
        }

        private static byte[] One(string type, string shape, int bytes) =>
            FileEditor.Good().SetHeader("{\"a\":{\"dtype\":\"" + type + "\",\"shape\":" + shape + ",\"data_offsets\":[0," + bytes + "]}}").Data(new byte[bytes]).Bytes();

        private static byte[] Bytes(int tensors)
        {
            var header = new StringBuilder("{");
            for (int i = 0; i < tensors; i++)
            {
                header.Append(i == 0 ? "\"" : ",\"").Append('t').Append(i).Append("\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[").Append(i).Append(',').Append(i + 1).Append("]}");
            }

            return FileEditor.Good().SetHeader(header.Append('}').ToString()).Data(new byte[tensors]).Bytes();
        }
    }
}
