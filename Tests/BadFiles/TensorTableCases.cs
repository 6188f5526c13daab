using System.Collections.Generic;
using System.Linq;
using System.Text;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.BadFiles
{
    /// <summary>Class T: the table of tensors, by itself and against the configuration.</summary>
    internal static class TensorTableCases
    {
        public static IEnumerable<BadFile> All() => Types().Concat(Offsets()).Concat(Shapes()).Concat(Schema());

        private static IEnumerable<BadFile> Types()
        {
            yield return Type("57 unknown type", "F33", "PT057");
            foreach (string known in new[] { "F64", "I4", "F8_E4M3", "BOOL", "I64" })
            {
                yield return Type("58 unsupported type " + known, known, "PT058");
            }

            yield return Type("59 letter case", "f32", "PT059");
            yield return Type("59 letter case of a foreign type", "f64", "PT059");
            yield return Type("57 type with a control character", "F32\\u0007", "PT057", "F32\\u0007");
            yield return new BadFile("60 norm in f16", "PT060", () => FileEditor.Good().Entry("gf", "\"F32\",\"shape\":[4]", "\"F16\",\"shape\":[8]").Bytes(), "gf", "F16", "F32");
            yield return new BadFile("60 matrix in f16 where f32 is said", "PT060", () => FileEditor.Of(FileEditor.Config, WeightFormat.Float16).Meta("weight_format", "f32").Bytes(), "weight_format f32");
            yield return new BadFile("60 bf16 is for import alone", "PT060", () => FileEditor.Of(FileEditor.Config, WeightFormat.Float16).Entry("tok_emb", "F16", "BF16").Bytes(), "BF16");
            yield return new BadFile("60 int4 where int8 is said", "PT060", () => FileEditor.Of(FileEditor.Config, WeightFormat.Int4).Meta("weight_format", "int8").Bytes(), "U8", "weight_format int8");
            yield return new BadFile("60 scales in I8", "PT060", () => FileEditor.Of(FileEditor.Config, WeightFormat.Int8).Entry("tok_emb.scale", "\"F16\",\"shape\":[8,1]", "\"I8\",\"shape\":[8,2]").Bytes(), "tok_emb.scale", "F16");
        }

        private static IEnumerable<BadFile> Offsets()
        {
            yield return Offset("61 end before begin", "[128,0]", "PT061", "[128, 0]");
            yield return Offset("62 negative", "[-128,0]", "PT062", "-128");
            yield return Offset("63 end beyond the data", "[0,100000]", "PT063", "100000", "Is the download complete?");
            yield return new BadFile("63 last byte cut off", "PT063", () => { byte[] file = FileEditor.Good().Bytes(); return file.Take(file.Length - 1).ToArray(); }, "tokenizer_json");
            yield return Offset("64 end 2^64 - 1", "[0,18446744073709551615]", "PT063", "18446744073709551615");
            yield return Offset("64 both 2^64 - 1", "[18446744073709551615,18446744073709551615]", "PT063", "18446744073709551615");
            yield return Offset("76 offsets beyond 4 GiB", "[4294967296,4294967424]", "PT063", "4294967424");
            yield return new BadFile("65 overlap by one byte", "PT065", () => FileEditor.Good().Entry("tokenizer_json", "[1622,1820]", "[1621,1819]").Bytes(), "tokenizer_json", "1621");
            yield return new BadFile("66 one range for all", "PT065", () => FileEditor.Good().SetHeader(Same(4096)).Bytes(), "inside the tensor before it");
            yield return new BadFile("66 one range for 100,000", "PH026", () => FileEditor.Good().SetHeader(Same(100000)).Bytes(), "at most 1048576");
            yield return new BadFile("67 hole of one byte", "PT067", () => FileEditor.Good().Entry("head_group", "[1616,1622]", "[1617,1623]").Entry("tokenizer_json", "[1622,1820]", "[1623,1821]").Append(0).Bytes(), "head_group", "1617");
            yield return new BadFile("68 first offset is not 0", "PT068", () => FileEditor.Good().SetHeader("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[1,5]}}").Data(new byte[5]).Bytes(), "begin 1");
            yield return new BadFile("69 bytes after the last tensor", "PT069", () => FileEditor.Good().SetHeader("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}").Data(new byte[5]).Bytes(), "1 bytes after");
            yield return new BadFile("69 no tensors, but data", "PT069", () => FileEditor.Good().SetHeader("{}").Bytes(), "1820 bytes after");
            yield return new BadFile("75 misaligned", "PT075", () => FileEditor.Good().SetHeader("{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}").Data(new byte[5]).Bytes(), "begin 1", "a multiple of 4");
            yield return new BadFile("70 entries in another order are right", string.Empty, () =>
            {
                FileEditor file = FileEditor.Good();
                const string Entry = ",\"gf\":{\"dtype\":\"F32\",\"shape\":[4],\"data_offsets\":[1568,1584]}";
                return file.Replace(Entry, string.Empty).Replace("\"tok_emb\":", Entry.Substring(1) + ",\"tok_emb\":").Bytes();
            });
        }

        private static IEnumerable<BadFile> Shapes()
        {
            yield return Shape("71 too small", "[8,3]", "PT071", "128 bytes", "96 bytes");
            yield return Shape("71 too large", "[8,5]", "PT071", "128 bytes", "160 bytes");
            yield return Shape("72 2^32 squared", "[4294967296,4294967296]", "PT072", "4294967296");
            yield return Shape("72 2^63 times 2", "[9223372036854775808,2]", "PT072", "9223372036854775808");
            yield return Shape("72 zero does not hide 2^63", "[0,9223372036854775808]", "PT072", "9223372036854775808");
            yield return Shape("72 product of allowed sizes", "[1048576,1048576,1048576,1048576]", "PT072", "2147483591");
            yield return Shape("72 zero does not hide a product", "[0,1048576,1048576,1048576]", "PT072", "2147483591");
            yield return Shape("73 rank 0", "[]", "PT073", "rank 0");
            yield return Shape("73 rank 5", "[8,4,1,1,1]", "PT073", "rank 5", "rank 1 to 4");
            yield return Shape("73 rank 1000", "[" + string.Join(",", Enumerable.Repeat("1", 1000)) + "]", "PT073", "rank 1000");
            yield return Shape("74 dimension 0", "[0,4]", "PT074", "[0, 4]");
            yield return Shape("62 negative dimension", "[-8,4]", "PJ045", "-8");
        }

        private static IEnumerable<BadFile> Schema()
        {
            ModelConfig mixture = FileEditor.Config with { Experts = 2, TopK = 1 };
            yield return new BadFile("77 missing tensor", "PT077", () => FileEditor.Good().Remove("layers.1.wo").Bytes(), "missing layers.1.wo");
            yield return new BadFile("77 missing router", "PT077", () => FileEditor.Of(mixture).Remove("layers.2.router").Bytes(), "missing layers.2.router");
            yield return new BadFile("77 missing scale", "PT077", () => FileEditor.Of(FileEditor.Config, WeightFormat.Int8).Remove("layers.0.wq.scale").Bytes(), "missing layers.0.wq.scale");
            yield return new BadFile("77 missing table", "PT077", () => FileEditor.Good().Remove("gain").Bytes(), "missing gain");
            yield return new BadFile("78 extra tensors", "PT078", () => Extra(7), "7 tensors", "extra0", "extra4");
            yield return new BadFile("78 separate keys where Q = K = V", "PT078", () => FileEditor.Good().Meta("qkv", "dictionary").Bytes(), "6 tensors", "layers.0.wk");
            yield return new BadFile("78 a tensor of a later layer", "PT078", () => FileEditor.Good().Add("layers.3.g1", "U8", "[1]", 1).Bytes(), "layers.3.g1");
            yield return new BadFile("80 a layer too many", "PT080", () => FileEditor.Good().Meta("layers", "2").Bytes(), "gain", "[3, 2]", "[2, 2]", "configuration's layers");
            yield return new BadFile("79 transposed", "PT079", () => FileEditor.Good().Entry("tok_emb", "[8,4]", "[4,8]").Bytes(), "transposed?", "[4, 8]", "[8, 4]");
            yield return new BadFile("80 another width", "PT080", () => FileEditor.Good().Meta("dim", "8").Bytes(), "[8, 4]", "[8, 8]", "configuration's dim");
            yield return new BadFile("80 another rank", "PT080", () => FileEditor.Good().Entry("layers.0.w1", "[1,4,4]", "[4,4]").Bytes(), "[4, 4]", "[1, 4, 4]");
            yield return new BadFile("81 output matrix beside a tied embedding", "PT081", () => FileEditor.Of(FileEditor.Config with { Tied = false }).Meta("tied", "true").Bytes(), "head", "tied");
            yield return new BadFile("82 layer gap", "PT082", () => Gap(), "layers.1.", "without a gap");
            yield return new BadFile("83 experts in the tensors", "PT083", () => FileEditor.Of(mixture).Meta("experts", "3").Bytes(), "[2, 4]", "[3, 4]");
            yield return new BadFile("83 experts of one matrix", "PT083", () => FileEditor.Of(mixture).Entry("layers.0.w1", "[2,4,4]", "[4,2,4]").Meta("hidden", "2").Bytes(), "[4, 2, 4]", "[2, 2, 4]");
            yield return new BadFile("84 foreign prefix", "PT084", () => FileEditor.Good().Replace("\"tok_emb\"", "\"model.tok_emb\"").Bytes(), "model.tok_emb", "prefix");
            yield return new BadFile("85 name in another letter case", "PT077", () => FileEditor.Good().Replace("\"gf\"", "\"GF\"").Bytes(), "missing gf");
            yield return new BadFile("85 name with a composed letter", "PJ049", () => FileEditor.Good().Replace("\"gf\"", "\"g\\u0301f\"").Bytes(), "A-Z a-z 0-9");
            yield return new BadFile("100 vocabulary of the configuration", "PC100", () => FileEditor.Good().Meta("vocab", "9").Bytes(), "[8, 4]", "[9, 4]");
        }

        private static BadFile Type(string id, string dtype, string code, string? shown = null) =>
            new BadFile(id, code, () => FileEditor.Good().Entry("tok_emb", "\"F32\"", "\"" + dtype + "\"").Bytes(), "tok_emb", shown ?? dtype);

        private static BadFile Offset(string id, string offsets, string code, params string[] contain) =>
            new BadFile(id, code, () => FileEditor.Good().Entry("tok_emb", "[0,128]", offsets).Bytes(), contain.Append("tok_emb").ToArray());

        private static BadFile Shape(string id, string shape, string code, params string[] contain) =>
            new BadFile(id, code, () => FileEditor.Good().Entry("tok_emb", "[8,4]", shape).Bytes(), contain);

        private static byte[] Extra(int count)
        {
            FileEditor file = FileEditor.Good();
            for (int i = 0; i < count; i++)
            {
                file.Add("extra" + i, "U8", "[1]", 1);
            }

            return file.Bytes();
        }

        private static byte[] Gap()
        {
            FileEditor file = FileEditor.Good();
            foreach (string part in new[] { "g1", "wq", "wk", "wv", "wo", "g2", "w1", "w3", "w2" })
            {
                file.Remove("layers.1." + part);
            }

            return file.Bytes();
        }

        private static string Same(int count)
        {
            var header = new StringBuilder("{");
            for (int i = 0; i < count; i++)
            {
                header.Append(i == 0 ? "\"" : ",\"").Append('t').Append(i).Append("\":{\"dtype\":\"U8\",\"shape\":[1820],\"data_offsets\":[0,1820]}");
            }

            return header.Append('}').ToString();
        }
    }
}
