using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PrismLM.Tests.BadFiles
{
    /// <summary>Class J: the JSON of the header.</summary>
    internal static class HeaderJsonCases
    {
        private const string First = "\"tok_emb\":{\"dtype\":\"F32\",\"shape\":[8,4],\"data_offsets\":[0,128]}";

        public static IEnumerable<BadFile> All() => Starts().Concat(Strings()).Concat(Structure()).Concat(Numbers()).Concat(Sizes());

        private static IEnumerable<BadFile> Starts()
        {
            yield return new BadFile("31 not an object", "PJ031", () => FileEditor.Good().Replace("{\"__meta", "x\"__meta").Bytes(), "byte 8", "0x78");
            yield return new BadFile("32 leading space", "PJ032", () => FileEditor.Good().Replace("{\"__meta", " {\"__meta").Bytes(), "0x20");
            yield return new BadFile("33 NUL padding", "PJ033", () => { FileEditor file = FileEditor.Good(); return file.SetHeader(file.Header + "\0\0\0").Bytes(); }, "0x00");
            yield return new BadFile("33 space padding is right", string.Empty, () => { FileEditor file = FileEditor.Good(); return file.SetHeader(file.Header + "     ").Bytes(); });
            yield return new BadFile("34 byte-order mark", "PJ034", () => FileEditor.Good().Replace("{\"__meta", "\u00EF\u00BB\u00BF{\"__meta").Bytes(), "byte-order mark");
            yield return new BadFile("54 array", "PJ054", () => FileEditor.Good().SetHeader("[]").Bytes(), "0x5B");
            yield return new BadFile("55 two values", "PJ055", () => { FileEditor file = FileEditor.Good(); return file.SetHeader(file.Header + "{}").Bytes(); }, "nothing after");
            yield return new BadFile("56 truncated", "PJ056", () => { FileEditor file = FileEditor.Good(); return file.SetHeader(file.Header.Substring(0, file.Header.Length - 1)).Bytes(); }, "the end of the text");
        }

        private static IEnumerable<BadFile> Strings()
        {
            yield return new BadFile("35 invalid UTF-8 in a name", "PJ035", () => FileEditor.Good().Replace("\"tok_emb\"", "\"tok\u00FFemb\"").Bytes(), "0xFF", "UTF-8");
            yield return new BadFile("35 invalid UTF-8 in a value", "PJ035", () => FileEditor.Good().Meta("name", "\u00C3(").Bytes(), "0xC3");
            yield return new BadFile("36 lone surrogate", "PJ036", () => FileEditor.Good().Meta("name", "\\ud800x").Bytes(), "surrogate");
            yield return new BadFile("36 reversed pair", "PJ036", () => FileEditor.Good().Meta("name", "\\ude00\\ud83d").Bytes(), "surrogate");
            yield return new BadFile("36 surrogate in UTF-8", "PJ035", () => FileEditor.Good().Meta("name", "\u00ED\u00A0\u0080").Bytes(), "0xED");
            yield return new BadFile("37 overlong", "PJ035", () => FileEditor.Good().Meta("name", "\u00C0\u00AF").Bytes(), "0xC0");
            yield return new BadFile("37 overlong of three", "PJ035", () => FileEditor.Good().Meta("name", "\u00E0\u0080\u00AF").Bytes(), "0xE0");
            yield return new BadFile("48 empty name", "PJ048", () => FileEditor.Good().Replace("\"gf\"", "\"\"").Bytes(), "an empty name");
            yield return new BadFile("48 empty metadata key", "PJ048", () => FileEditor.Good().Replace("\"name\":", "\"\":").Bytes(), "an empty name");
            yield return new BadFile("49 NUL in a name", "PJ049", () => FileEditor.Good().Replace("\"gf\"", "\"g\\u0000f\"").Bytes(), "g\\u0000f");
            yield return new BadFile("49 right-to-left override in a name", "PJ049", () => FileEditor.Good().Replace("\"gf\"", "\"g\\u202ef\"").Bytes(), "g\\u202ef");
            yield return new BadFile("49 mark-up in a name", "PJ049", () => FileEditor.Good().Replace("\"gf\"", "\"<b>gf\"").Bytes(), "\\u003cb>gf");
            yield return new BadFile("49 raw control character", "PJ049", () => FileEditor.Good().Meta("name", "a\nb").Bytes(), "0x0A");
            yield return new BadFile("a bad escape", "PJ200", () => FileEditor.Good().Meta("name", "\\x41").Bytes(), "\\x");
            yield return new BadFile("a missing colon", "PJ200", () => FileEditor.Good().Replace("\"shape\":", "\"shape\" ").Bytes(), "':'");
        }

        private static IEnumerable<BadFile> Structure()
        {
            yield return new BadFile("38 duplicate tensor", "PJ038", () => FileEditor.Good().Replace(First, First + "," + First).Bytes(), "tok_emb", "twice");
            yield return new BadFile("39 duplicate tensor behind an escape", "PJ038", () => FileEditor.Good().Replace(First, First + "," + First.Replace("tok_emb", "tok_\\u0065mb")).Bytes(), "tok_emb", "twice");
            yield return new BadFile("39 duplicate __metadata__ behind an escape", "PJ038", () => FileEditor.Good().Replace(First, "\"\\u005f_metadata__\":{}," + First).Bytes(), "__metadata__", "twice");
            yield return new BadFile("40 duplicate field", "PJ040", () => FileEditor.Good().Entry("tok_emb", "\"shape\":[8,4]", "\"shape\":[8,4],\"shape\":[8,4]").Bytes(), "shape", "twice");
            yield return new BadFile("40 duplicate metadata key", "PJ040", () => FileEditor.Good().Replace("\"name\":", "\"name\":\"a\",\"n\\u0061me\":").Bytes(), "name", "twice");
            yield return new BadFile("41 depth 4 is read", "PJ201", () => FileEditor.Good().Entry("tok_emb", "[8,4]", "[[8]]").Bytes(), "a number");
            yield return new BadFile("41 depth 5", "PJ041", () => FileEditor.Good().Entry("tok_emb", "[8,4]", "[[[8]]]").Bytes(), "depth 5", "at most 4");
            yield return new BadFile("41 depth 100,000", "PJ041", () => FileEditor.Good().Entry("tok_emb", "[8,4]", new string('[', 100000)).Bytes(), "at most 4");
            yield return new BadFile("41 depth in metadata", "PJ041", () => FileEditor.Good().Replace("\"name\":\"random\"", "\"name\":" + new string('[', 1000)).Bytes(), "at most 4");
            yield return new BadFile("42 trailing comma in an object", "PJ042", () => FileEditor.Good().Replace("\"data_offsets\":[0,128]}", "\"data_offsets\":[0,128],}").Bytes(), "'}' after ','");
            yield return new BadFile("42 trailing comma in an array", "PJ042", () => FileEditor.Good().Entry("tok_emb", "[8,4]", "[8,4,]").Bytes(), "']' after ','");
            yield return new BadFile("43 comment", "PJ043", () => FileEditor.Good().Replace("\"tok_emb\":", "/* */\"tok_emb\":").Bytes(), "a comment");
            yield return new BadFile("51 __metadata__ is an array", "PJ051", () => FileEditor.Good().SetHeader("{\"__metadata__\":[]}").Bytes(), "an object of strings");
            yield return new BadFile("51 metadata value is a number", "PJ051", () => FileEditor.Good().Replace("\"layers\":\"3\"", "\"layers\":3").Bytes(), "layers", "a string");
            yield return new BadFile("52 unknown field", "PJ052", () => FileEditor.Good().Entry("tok_emb", "\"shape\"", "\"strides\":[4,1],\"shape\"").Bytes(), "tok_emb", "strides");
            yield return new BadFile("53 no dtype", "PJ053", () => FileEditor.Good().Entry("tok_emb", "\"dtype\":\"F32\",", string.Empty).Bytes(), "no dtype");
            yield return new BadFile("53 no shape", "PJ053", () => FileEditor.Good().Entry("tok_emb", "\"shape\":[8,4],", string.Empty).Bytes(), "no shape");
            yield return new BadFile("53 no data_offsets", "PJ053", () => FileEditor.Good().Entry("tok_emb", ",\"data_offsets\":[0,128]", string.Empty).Bytes(), "no data_offsets");
            yield return new BadFile("53 one offset", "PJ053", () => FileEditor.Good().Entry("tok_emb", "[0,128]", "[0]").Bytes(), "no data_offsets of two numbers");
            yield return new BadFile("53 three offsets", "PJ053", () => FileEditor.Good().Entry("tok_emb", "[0,128]", "[0,128,128]").Bytes(), "no data_offsets of two numbers");
            yield return new BadFile("dtype is a number", "PJ201", () => FileEditor.Good().Entry("tok_emb", "\"F32\"", "32").Bytes(), "a string");
            yield return new BadFile("entry is a string", "PJ201", () => FileEditor.Good().Replace(First, "\"tok_emb\":\"F32\"").Bytes(), "an object");
        }

        private static IEnumerable<BadFile> Numbers()
        {
            yield return new BadFile("44 NaN", "PJ044", () => FileEditor.Good().Entry("tok_emb", "[8,4]", "[8,NaN]").Bytes(), "NaN");
            yield return new BadFile("44 Infinity", "PJ044", () => FileEditor.Good().Entry("tok_emb", "[8,4]", "[8,Infinity]").Bytes(), "Infinity");
            foreach (string number in new[] { "4.0", "4e0", "-0", "1e400", "18446744073709551616", "04", "+4", "4.", ".5", "0x4" })
            {
                string code = number[0] == '+' || number[0] == '.' || number == "0x4" ? "PJ200" : "PJ045";
                yield return new BadFile("45 dimension " + number, code, () => FileEditor.Good().Entry("tok_emb", "[8,4]", "[8," + number + "]").Bytes(), code == "PJ045" ? number : "found");
            }

            yield return new BadFile("46 number of a million digits", "PJ046", () => FileEditor.Good().Entry("tok_emb", "[8,4]", "[8," + new string('4', 1000000) + "]").Bytes(), "more than 24 characters");
        }

        private static IEnumerable<BadFile> Sizes()
        {
            yield return new BadFile("47 name of 1 MiB", "PH026", () => FileEditor.Good().Replace("\"gf\"", "\"" + new string('g', 1 << 20) + "\"").Append(new byte[1 << 20]).Bytes(), "at most 1048576");
            yield return new BadFile("47 name of 900 KB", "PJ047", () => FileEditor.Good().Replace("\"gf\"", "\"" + new string('g', 900000) + "\"").Bytes(), "more than 256 bytes");
            yield return new BadFile("50 a million entries", "PH026", () => FileEditor.Good().SetHeader(Many(200000)).Bytes(), "at most 1048576");
            yield return new BadFile("50 entries that fit into the header", "PJ050", () => FileEditor.Good().SetHeader(Many(15000)).Bytes(), "at most 4096");
            yield return new BadFile("50 empty entries", "PJ053", () => FileEditor.Good().SetHeader("{" + string.Join(",", Enumerable.Range(0, 60000).Select(i => "\"t" + i + "\":{}")) + "}").Bytes(), "no dtype");
            yield return new BadFile("51 metadata value of 10 MB", "PH026", () => FileEditor.Good().Meta("name", new string('n', 10000000)).Bytes(), "at most 1048576");
            yield return new BadFile("51 metadata value of 900 KB", "PJ047", () => FileEditor.Good().Meta("name", new string('n', 900000)).Bytes(), "more than 65536 bytes");
        }

        private static string Many(int count)
        {
            var header = new StringBuilder("{");
            for (int i = 0; i < count; i++)
            {
                header.Append(i == 0 ? "\"" : ",\"").Append('t').Append(i).Append("\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}");
            }

            return header.Append('}').ToString();
        }
    }
}
