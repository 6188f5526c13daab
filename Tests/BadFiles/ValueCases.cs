using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.BadFiles
{
    /// <summary>Class V: values and hashes.</summary>
    internal static class ValueCases
    {
        public static IEnumerable<BadFile> All() => Floats().Concat(BrainFloats()).Concat(Quantized()).Concat(Tables()).Concat(Hashes());

        private static IEnumerable<BadFile> Floats()
        {
            ModelConfig mixture = FileEditor.Config with { Experts = 2, TopK = 1 };
            yield return Float("87 NaN", "layers.1.wq", 5, float.NaN, "PV087", "NaN");
            yield return Float("87 NaN in a norm", "gf", 3, float.NaN, "PV087", "NaN");
            yield return Float("88 infinity", "tok_emb", 31, float.PositiveInfinity, "PV088", "Infinity");
            yield return Float("88 minus infinity", "tok_emb", 0, float.NegativeInfinity, "PV088", "-Infinity");
            yield return new BadFile("89 subnormals alone", "PV089", () => FileEditor.Good().Fill("layers.0.wo", 16, 1e-39f).Bytes(), "layers.0.wo", "subnormal");
            yield return new BadFile("89 zeros alone are right", string.Empty, () => FileEditor.Good().Fill("layers.0.wo", 16, 0).Bytes());
            yield return Float("90 a weight of 3e38", "layers.2.w2", 15, 3e38f, "PV090", "3E+38");
            yield return Float("90 just above 10000", "layers.2.w2", 0, 10000.001f, "PV090", "10000.001");
            yield return Float("90 just below -10000", "layers.2.w2", 0, -10000.001f, "PV090", "-10000.001");
            yield return new BadFile("90 exactly 10000 is right", string.Empty, () => FileEditor.Good().PokeFloat("layers.2.w2", 0, -10000f).Bytes());
            yield return Float("95 embeddings that make infinite logits", "tok_emb", 7, 1e30f, "PV090", "1E+30");
            yield return new BadFile("91 norm of zeros", "PV091", () => FileEditor.Good().Fill("layers.1.g2", 4, 0).Bytes(), "layers.1.g2", "zeros alone");
            yield return new BadFile("91 norm of minus zeros", "PV091", () => FileEditor.Good().Fill("gf", 4, -0f).Bytes(), "gf");
            yield return new BadFile("93 equal router rows are right", string.Empty, () => FileEditor.Of(mixture).Fill("layers.0.router", 8, 0.5f).Bytes());
            yield return new BadFile("94 NaN in a router", "PV087", () => FileEditor.Of(mixture).PokeFloat("layers.0.router", 2, float.NaN).Bytes(), "layers.0.router", "index 2");
            yield return new BadFile("87 NaN in f16", "PV087", () => FileEditor.Of(FileEditor.Config, WeightFormat.Float16).Poke("tok_emb", 6, 0x01, 0x7E).Bytes(), "tok_emb", "index 3", "NaN");
            yield return new BadFile("88 infinity in f16", "PV088", () => FileEditor.Of(FileEditor.Config, WeightFormat.Float16).Poke("tok_emb", 6, 0x00, 0xFC).Bytes(), "index 3", "-Infinity");
            yield return new BadFile("90 10008 in f16", "PV090", () => FileEditor.Of(FileEditor.Config, WeightFormat.Float16).Poke("tok_emb", 0, 0xE3, 0x70).Bytes(), "10008");
            yield return new BadFile("90 10000 in f16 is right", string.Empty, () => FileEditor.Of(FileEditor.Config, WeightFormat.Float16).Poke("tok_emb", 0, 0xE2, 0x70).Bytes());
        }

        // Read for import: a Prism checkpoint holds no bfloat16 (60).
        private static IEnumerable<BadFile> BrainFloats()
        {
            yield return Bf16("92 bf16 NaN with a payload", 0xFF81, "PV092", "NaN (bits 0xFF81)");
            yield return Bf16("92 bf16 NaN of the smallest payload", 0x7F81, "PV092", "NaN (bits 0x7F81)");
            yield return Bf16("92 bf16 quiet NaN", 0x7FC0, "PV092", "NaN (bits 0x7FC0)");
            yield return Bf16("88 infinity in bf16", 0xFF80, "PV088", "-Infinity");
            yield return Bf16("90 10048 in bf16", 0x461D, "PV090", "10048");
            yield return Bf16("92 9984 in bf16 is right", 0x461C, string.Empty);
        }

        private static BadFile Bf16(string id, ushort bits, string code, string shown = "") => new BadFile(
            id,
            code,
            () => FileEditor.Good().SetHeader("{\"a\":{\"dtype\":\"BF16\",\"shape\":[3],\"data_offsets\":[0,6]}}").Data(new byte[] { 0, 0x3F, (byte)bits, (byte)(bits >> 8), 0, 0 }).Bytes(),
            code.Length == 0 ? new string[0] : new[] { "tensor \"a\"", "index 1", shown }) { IsGeneral = true };

        private static IEnumerable<BadFile> Quantized()
        {
            yield return new BadFile("int8 code -128", "PV201", () => FileEditor.Of(FileEditor.Config, WeightFormat.Int8).Poke("layers.0.wq", 9, 0x80).Bytes(), "layers.0.wq", "index 9", "-128", "-127 to 127");
            yield return new BadFile("int4 code -8", "PV201", () => FileEditor.Of(FileEditor.Config, WeightFormat.Int4).Poke("layers.0.wq", 3, 0x81).Bytes(), "index 7", "-8", "-7 to 7");
            yield return new BadFile("negative scale", "PV202", () => FileEditor.Of(FileEditor.Config, WeightFormat.Int8).Poke("layers.0.wq.scale", 2, 0x00, 0xB0).Bytes(), "layers.0.wq.scale", "index 1");
            yield return new BadFile("88 infinite scale", "PV088", () => FileEditor.Of(FileEditor.Config, WeightFormat.Int8).Poke("layers.0.wq.scale", 2, 0x00, 0x7C).Bytes(), "layers.0.wq.scale", "index 1");
            yield return new BadFile("90 scale that makes a large weight", "PV090", () => FileEditor.Of(FileEditor.Config, WeightFormat.Int8).Poke("layers.0.wq.scale", 2, 0x00, 0x58).Poke("layers.0.wq", 4, 127).Bytes(), "index 4", "16256");
            yield return new BadFile("int4 padding that is not zero", "PV203", () => FileEditor.Of(FileEditor.Config with { Hidden = 5 }, WeightFormat.Int4).Poke("layers.0.w2", 2, 0x11).Bytes(), "layers.0.w2", "zero nibble");
        }

        private static IEnumerable<BadFile> Tables()
        {
            yield return new BadFile("frequency group that does not exist", "PV204", () => FileEditor.Good().Poke("head_group", 5, 2).Bytes(), "head_group", "index 5", "group 2");
            yield return new BadFile("key/value head of two groups", "PC202", () => FileEditor.Of(FileEditor.Config with { SignalHeads = 2, NoiseHeads = 2, KvHeads = 2 }).Poke("head_group", 1, 1).Bytes(), "index 1", "key/value head");
            yield return Float("102 negative frequency", "rope_inv_freq", 1, -1f, "PC102", "-1");
            yield return Float("102 frequency of NaN, as base -1 gives", "rope_inv_freq", 1, float.NaN, "PV087", "NaN");
            yield return Float("102 infinite frequency, as base 0 gives", "rope_inv_freq", 1, float.PositiveInfinity, "PV088", "Infinity");
            yield return new BadFile("102 frequency 0 is right", string.Empty, () => FileEditor.Good().PokeFloat("rope_inv_freq", 1, 0).Bytes());
            yield return Float("88 infinite gain", "gain", 4, float.NegativeInfinity, "PV088", "-Infinity");
        }

        private static IEnumerable<BadFile> Hashes()
        {
            yield return new BadFile("96 content changed", "PV096", () => FileEditor.Good().PokeFloat("tok_emb", 0, 0.125f).Bytes(hash: false), "sha256");
            yield return new BadFile("96 digits changed", "PV096", () => FileEditor.Good().Meta("sha256", new string('a', 64)).Bytes(hash: false), "aaaaaaaaa");
            yield return new BadFile("96 no hash", "PV200", () => FileEditor.Good().RemoveMeta("sha256").Bytes(), "no 64 digits");
            yield return new BadFile("96 short hash", "PV200", () => FileEditor.Good().Meta("sha256", "abc").Bytes(), "no 64 digits");
            yield return new BadFile("96 hash in upper case", "PV096", () => FileEditor.Good().Meta("sha256", new string('A', 64)).Bytes(), "AAAAAAAAA");
            yield return new BadFile("117 another tokenizer", "PK117", () => FileEditor.Good().Poke("tokenizer_json", 0, (byte)'[').Bytes(), "tokenizer_json");
        }

        private static BadFile Float(string id, string tensor, int index, float value, string code, string shown) =>
            new BadFile(id, code, () => FileEditor.Good().PokeFloat(tensor, index, value).Bytes(), tensor, "index " + index, shown);
    }
}
