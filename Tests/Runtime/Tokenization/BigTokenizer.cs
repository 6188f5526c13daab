using System.Collections.Generic;
using System.Globalization;
using System.Text;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>Tokenizer files at the limits.</summary>
    internal static class BigTokenizer
    {
        internal const int MaxTokens = 65_536;
        internal const int MaxMerges = 131_072;

        private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

        /// <summary>The bytes and words of three letters, so many tokens in all.</summary>
        internal static string WithTokens(int count)
        {
            var tokens = Bytes();
            for (int i = 0; tokens.Count < count; i++)
            {
                tokens.Add(string.Concat(Letters[i / (52 * 52)], Letters[i / 52 % 52], Letters[i % 52]));
            }
            return Json(tokens, new List<string>());
        }

        /// <summary>Runs of one letter up to 256, and so many ways to put two together.</summary>
        internal static string WithMerges(int count)
        {
            var tokens = Bytes();
            var merges = new List<string>();
            foreach (char letter in "abcdefg")
            {
                for (int length = 2; length <= 256; length++)
                {
                    tokens.Add(new string(letter, length));
                    for (int left = 1; left < length && merges.Count < count; left++)
                    {
                        merges.Add(new string(letter, left) + " " + new string(letter, length - left));
                    }
                }
            }
            return Json(tokens, merges);
        }

        /// <summary>One token of so many bytes beside the single bytes.</summary>
        internal static string WithTokenOf(int bytes)
        {
            var tokens = Bytes();
            tokens.Add(new string('a', bytes));
            return Json(tokens, new List<string>());
        }

        private static List<string> Bytes()
        {
            var tokens = new List<string>();
            foreach (byte value in ByteAlphabet.Order)
            {
                tokens.Add(ByteAlphabet.Spell(new[] { value }));
            }
            return tokens;
        }

        private static string Json(List<string> tokens, List<string> merges)
        {
            var json = new StringBuilder("{\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false},\"decoder\":{\"type\":\"ByteLevel\"},\"model\":{\"type\":\"BPE\",\"vocab\":{");
            for (int id = 0; id < tokens.Count; id++)
            {
                json.Append(id == 0 ? "\"" : ",\"").Append(tokens[id].Replace("\\", "\\\\").Replace("\"", "\\\"")).Append("\":")
                    .Append(id.ToString(CultureInfo.InvariantCulture));
            }
            json.Append("},\"merges\":[");
            for (int rank = 0; rank < merges.Count; rank++)
            {
                json.Append(rank == 0 ? "\"" : ",\"").Append(merges[rank]).Append('"');
            }
            return json.Append("]}}").ToString();
        }
    }
}
