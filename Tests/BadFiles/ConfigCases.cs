using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.BadFiles
{
    /// <summary>Class C: the configuration.</summary>
    internal static class ConfigCases
    {
        public static IEnumerable<BadFile> All() => Values().Concat(Keys());

        private static IEnumerable<BadFile> Values()
        {
            foreach (string value in new[] { "0", "-1", "129", "1000000000" })
            {
                yield return Meta("97 layers", "layers", value, "PC097", value, "1 to 128");
            }

            yield return Meta("98 key/value heads that do not divide", "kv_heads", "2", "PC098", FileEditor.Config with { SignalHeads = 2, NoiseHeads = 1, KvHeads = 3 }, "kv_heads", "a divisor of 3");
            yield return Meta("98 fewer key/value heads where V = Q", "kv_heads", "1", "PC098", FileEditor.Config with { Qkv = QkvMode.SharedValue }, "because V = Q");
            yield return Meta("98 fewer key/value heads where Q = K = V", "kv_heads", "1", "PC098", FileEditor.Config with { Qkv = QkvMode.Dictionary }, "because Q = K = V");
            yield return Meta("99 negative signal heads", "signal_heads", "-1", "PC099", "-1");
            yield return Meta("99 too many noise heads", "noise_heads", "1025", "PC099", "1025", "1024");
            yield return new BadFile("99 no heads", "PC099", () => FileEditor.Good().Meta("signal_heads", "0").Meta("noise_heads", "0").Bytes(), "found 0");
            yield return Meta("99 other heads than the tensors", "noise_heads", "3", "PT080", "[4, 4]", "[8, 4]", "heads");
            yield return Meta("99 no key/value heads", "kv_heads", "0", "PC099", "kv_heads", "found 0");
            yield return Meta("100 vocabulary 0", "vocab", "0", "PC100", "found 0");
            yield return Meta("100 vocabulary 65,537", "vocab", "65537", "PC100", "65537", "65536");
            yield return Meta("101 context 0", "context", "0", "PC101", "found 0");
            yield return Meta("101 context 2^31", "context", "2147483648", "PC101", "131072");
            yield return Meta("103 epsilon 0", "norm_eps", "0", "PC103", "above 0");
            yield return Meta("103 epsilon negative", "norm_eps", "-1E-05", "PC103", "-1E-05");
            yield return Meta("104 experts 0", "experts", "0", "PC104", "found 0");
            yield return Meta("104 top_k 0", "top_k", "0", "PC104", "found 0");
            yield return Meta("104 top_k above experts", "top_k", "2", "PC104", "1 to 1");
            yield return Meta("104 experts with ista", "experts", "2", "PC104", FileEditor.Config with { FeedForward = FeedForwardKind.Ista }, "ista");
            yield return Meta("105 dictionary smaller than the width", "hidden", "3", "PC105", FileEditor.Config with { FeedForward = FeedForwardKind.Ista }, "overcomplete", "dim = 4");
            yield return Meta("dim 0", "dim", "0", "PC200", "dim");
            yield return Meta("dim too large", "dim", "16385", "PC200", "16384");
            yield return Meta("head_dim odd", "head_dim", "3", "PC200", "even");
            yield return Meta("head_dim 0", "head_dim", "0", "PC200", "head_dim");
            yield return Meta("hidden 0", "hidden", "0", "PC200", "hidden");
            yield return new BadFile("a product over the tensor limit", "PC200", () => FileEditor.Good().Meta("dim", "16384").Meta("hidden", "65536").Bytes(), "dim", "2147483591");
            yield return Meta("special token at the vocabulary's end", "bos_id", "8", "PC201", "bos_id", "vocab = 8");
            yield return Meta("special token -2", "end_id", "-2", "PC201", "end_id", "-2");
            yield return Meta("language tag with mark-up", "languages", "en,<b>", "PC109", "\\u003cb>", "BCP 47");
        }

        private static IEnumerable<BadFile> Keys()
        {
            yield return Meta("106 format version 0", "format_version", "0", "PC106", "version \"0\"", "version \"1\"");
            yield return Meta("106 format version 2", "format_version", "2", "PC106", "version \"2\"", "version \"1\"");
            yield return Meta("107 another architecture", "architecture", "llama", "PC107", "llama", "prism");
            yield return new BadFile("107 no architecture", "PC108", () => FileEditor.Good().RemoveMeta("architecture").Bytes(), "architecture", "no such key");
            yield return new BadFile("107 no metadata at all", "PC108", () => FileEditor.Good().SetHeader("{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}").Data(new byte[4]).Bytes(), "format_version", "Is this a Prism checkpoint?");
            yield return new BadFile("108 unknown key gives a warning", string.Empty, () => FileEditor.Good().Meta("mystery", "1").Bytes());
            yield return new BadFile("108 known key missing", "PC108", () => FileEditor.Good().RemoveMeta("head_dim").Bytes(), "head_dim");
            foreach (string value in new[] { "four", "", " 4", "4 ", "4.0", "+4", "04", "4e0", "\\u0664", "0x4", "1,000" })
            {
                yield return Meta("109 width \"" + value + "\"", "dim", value, "PC109", "metadata dim", "an integer");
            }

            foreach (string value in new[] { "NaN", "Infinity", "1e400", "0,00001", "x", "" })
            {
                yield return Meta("109 epsilon \"" + value + "\"", "norm_eps", value, "PC109", "metadata norm_eps", "a finite number");
            }

            yield return Meta("110 unknown block", "ffn", "relu", "PC110", "relu", "swiglu, gelu, ista");
            yield return Meta("110 unknown qkv", "qkv", "Separate", "PC110", "Separate", "separate, shared_value, dictionary");
            yield return Meta("110 unknown layout", "rope_layout", "half", "PC110", "half", "interleaved");
            yield return Meta("110 tied is no boolean", "tied", "True", "PC110", "True", "false, true");
            yield return Meta("110 unknown key/value format", "kv_format", "f64", "PC110", "f64");
            yield return Meta("110 unknown weight format", "weight_format", "q4", "PC110", "q4", "int8");
        }

        private static BadFile Meta(string id, string key, string value, string code, params string[] contain) => Meta(id, key, value, code, FileEditor.Config, contain);

        private static BadFile Meta(string id, string key, string value, string code, ModelConfig config, params string[] contain) =>
            new BadFile(id + " " + key + "=" + value, code, () => FileEditor.Of(config).Meta(key, value).Bytes(), contain);
    }
}
