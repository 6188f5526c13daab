using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using NUnit.Framework;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>One builder and one row for each case of class K of the bad-input catalogue, and for the form of the file (PK200).</summary>
    internal static class BadTokenizerFiles
    {
        private const string ByteLevel = "\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":false,\"trim_offsets\":true,\"use_regex\":true}";
        private const string NoPostProcessor = "\"post_processor\":null";

        internal static IEnumerable<TestCaseData> Rows()
        {
            foreach (Func<IEnumerable<TestCaseData>> part in new Func<IEnumerable<TestCaseData>>[] { Vocabulary, Merges, Tokens, Specials, Components, Form })
            {
                foreach (TestCaseData row in part())
                {
                    yield return row;
                }
            }
        }

        private static IEnumerable<TestCaseData> Vocabulary()
        {
            yield return Row("IdGap", "PK111", json => json.Replace("\"aa\":263", "\"aa\":9000"), "no token with id 263");
            yield return Row("IdTwice", "PK111", json => json.Replace("\"aa\":263", "\"aa\":262"), "id 262", "aa");
            yield return Row("NegativeId", "PK111", json => json.Replace("\"aa\":263", "\"aa\":-1"), "id -1", "0 to 65535");
            yield return Row("IdAboveLimit", "PK111", json => json.Replace("\"aa\":263", "\"aa\":65536"), "id 65536");
            yield return Row("SpecialIdAboveLimit", "PK111", json => json.Replace("{\"id\":266", "{\"id\":10000000"), "id 10000000");
            yield return Row("SpecialIdLeavesGap", "PK111", json => Without(json, "\"<|bos|>\":266,").Replace("{\"id\":266", "{\"id\":300"), "no token with id 266");
            yield return Row("TooManyTokens", "PK111", json => BigTokenizer.WithTokens(BigTokenizer.MaxTokens + 1), "65536");
        }

        private static IEnumerable<TestCaseData> Merges()
        {
            yield return Row("PartUnknown", "PK112", json => json.Replace("\"a a\"", "\"a zz\""), "merges[7]", "a zz", "not in the vocabulary");
            yield return Row("ResultUnknown", "PK112", json => json.Replace("\"a a\"", "\"a q\""), "merges[7]", "a q", "result");
            yield return Row("PairTwice", "PK112", json => json.Replace("\"aa aa\"", "\"a a\""), "merges[8]", "second rule");
            yield return Row("NoSpace", "PK112", json => json.Replace("\"a a\"", "\"aa\""), "merges[7]", "one space");
            yield return Row("TwoSpaces", "PK112", json => json.Replace("\"a a\"", "\"a a a\""), "one space");
            yield return Row("EmptyPart", "PK112", json => json.Replace("\"a a\"", "\" a\""), "one space");
            yield return Row("EmptyListPart", "PK112", json => json.Replace("\"a a\"", "[\"\",\"a\"]"), "not in the vocabulary");
            yield return Row("SpecialPart", "PK112", json => json.Replace("\"a a\"", "[\"\\u003c|bos|>\",\"a\"]"), "\\u003c|bos|>", "not in the vocabulary");
            yield return Row("TooManyMerges", "PK112", json => BigTokenizer.WithMerges(BigTokenizer.MaxMerges + 1), "131072");
        }

        private static IEnumerable<TestCaseData> Tokens()
        {
            yield return Row("NotOfTheAlphabet", "PK113", json => json.Replace("\"aa\":263", "\"a a\":263"), "token 263", "alphabet");
            yield return Row("Nul", "PK113", json => json.Replace("\"aa\":263", "\"a\\u0000\":263"), "token 263");
            yield return Row("EmptyToken", "PK113", json => json.Replace("\"aa\":263", "\"\":263"), "token 263 of 0 bytes");
            yield return Row("LongToken", "PK113", json => json.Replace("\"aa\":263", "\"" + new string('a', 257) + "\":263"), "257 bytes", "1 to 256");
            yield return Row("MegabyteToken", "PK200", json => json.Replace("\"aa\":263", "\"" + new string('a', 1 << 20) + "\":263"), "bytes");
            yield return Row("ByteMissing", "PK113", json => json.Replace("\"z\":89", "\"zz\":89"), "byte 0x7A");
            yield return Row("ByteFallbackIncomplete", "PK113", _ => TinySentencePiece.Json().Replace("<0x41>", "<0xx1>"), "\\u003c0x41>");
            yield return Row("SpaceInPiece", "PK113", _ => TinySentencePiece.Json().Replace("\"ab\":", "\"a b\":"), "U+2581");
        }

        private static IEnumerable<TestCaseData> Specials()
        {
            yield return Row("IdOfAnotherToken", "PK114", json => json.Replace("{\"id\":266", "{\"id\":65"), "\\u003c|bos|>", "id 65");
            yield return Row("NameOfAnotherToken", "PK114", json => json.Replace("\"content\":\"<|bos|>\"", "\"content\":\"hello\""), "hello");
            yield return Row("SpecialTwice", "PK114", json => json.Replace("{\"id\":267,\"content\":\"<|eos|>\"", "{\"id\":266,\"content\":\"<|bos|>\""), "\\u003c|bos|>");
            yield return Row("EmptyContent", "PK114", json => json.Replace("\"content\":\"<|bos|>\"", "\"content\":\"\""), "no content");
            yield return Row("NoId", "PK114", json => json.Replace("{\"id\":266,", "{"), "no id");
            yield return Row("NotSpecial", "PK114", json => json.Replace("\"special\":true", "\"special\":false"), "not special");
        }

        private static IEnumerable<TestCaseData> Components()
        {
            yield return Row("HostileExpression", "PK115", json => json.Replace(ByteLevel, "\"pre_tokenizer\":{\"type\":\"Split\",\"pattern\":{\"Regex\":\"(a+)+$\"},\"behavior\":\"Isolated\"}"), "$.pre_tokenizer", "(a+)+$");
            yield return Row("OtherPreTokenizer", "PK115", json => json.Replace(ByteLevel, "\"pre_tokenizer\":{\"type\":\"Whitespace\"}"), "Whitespace");
            yield return Row("PrefixSpace", "PK115", json => json.Replace(ByteLevel, ByteLevel.Replace("false", "true")), "add_prefix_space");
            yield return Row("NoPreTokenizer", "PK115", json => json.Replace(ByteLevel, "\"pre_tokenizer\":null"), "$.pre_tokenizer");
            yield return Row("Normalizer", "PK116", json => json.Replace("\"normalizer\":null", "\"normalizer\":{\"type\":\"NFKC\"}"), "$.normalizer", "NFKC");
            yield return Row("Template", "PK116", json => json.Replace(NoPostProcessor, "\"post_processor\":{\"type\":\"TemplateProcessing\",\"single\":[]}"), "TemplateProcessing");
            yield return Row("Decoder", "PK116", json => json.Replace("\"decoder\":{\"type\":\"ByteLevel\"", "\"decoder\":{\"type\":\"WordPiece\""), "$.decoder", "WordPiece");
            yield return Row("NoDecoder", "PK116", json => json.Replace("\"decoder\":{\"type\":\"ByteLevel\"", "\"decoder\":null,\"_\":{\"type\":\"ByteLevel\""), "$.decoder");
            yield return Row("OtherModel", "PK116", json => json.Replace("\"type\":\"BPE\"", "\"type\":\"Unigram\""), "$.model.type", "Unigram");
            yield return Row("Dropout", "PK116", json => json.Replace("\"dropout\":null", "\"dropout\":0.1"), "$.model.dropout");
            yield return Row("Suffix", "PK116", json => json.Replace("\"end_of_word_suffix\":null", "\"end_of_word_suffix\":\"</w>\""), "\\u003c/w>");
            yield return Row("IgnoreMerges", "PK116", json => json.Replace("\"ignore_merges\":false", "\"ignore_merges\":true"), "ignore_merges");
            yield return Row("ByteFallbackOverBytes", "PK116", json => json.Replace("\"byte_fallback\":false", "\"byte_fallback\":true"), "byte_fallback");
        }

        private static IEnumerable<TestCaseData> Form()
        {
            yield return Row("Empty", "PK200", _ => string.Empty, "end of the text");
            yield return Row("Array", "PK200", _ => "[]", "$");
            yield return Row("NoModel", "PK200", _ => "{}", "$.model");
            yield return Row("NoMerges", "PK200", _ => "{\"model\":{\"type\":\"BPE\",\"vocab\":{}}}", "no merges");
            yield return Row("Truncated", "PK200", json => json.Substring(0, json.Length / 2), "end of the text");
            yield return Row("Trailing", "PK200", json => json + "{}", "nothing after");
            yield return Row("TokenTwice", "PK200", json => json.Replace("\"aa\":263", "\"hello\":263"), "hello");
            yield return Row("TokenTwiceByEscape", "PK200", json => json.Replace("\"aa\":263", "\"\\u0068ello\":263"), "hello");
            yield return Row("FractionalId", "PK200", json => json.Replace("\"aa\":263", "\"aa\":263.0"), "263.0");
            yield return Row("HugeId", "PK200", json => json.Replace("\"aa\":263", "\"aa\":18446744073709551616"), "18446744073709551616");
            yield return Row("MergeIsNumber", "PK200", json => json.Replace("\"a a\"", "12"), "$.model.merges[7]");
            yield return Row("MergeOfThree", "PK200", json => json.Replace("\"a a\"", "[\"a\",\"a\",\"a\"]"), "$.model.merges[7]");
            yield return Row("DepthBomb", "PK200", _ => new string('[', 100_000), "object");
            yield return Row("DepthBombInside", "PK200", json => json.Replace("\"truncation\":null", "\"truncation\":" + new string('[', 100_000)), "at most 12");
            yield return Row("LoneSurrogate", "PK200", json => json.Replace("\"aa\":263", "\"\\ud800\":263"), "surrogate");
            yield return Row("ByteOrderMark", "PK200", json => "\uFEFF" + json, "byte-order mark");
        }

        /// <summary>A row whose file is <see cref="TinyTokenizer.Json"/>, spoilt.</summary>
        private static TestCaseData Row(string name, string code, Func<string, string> spoil, params string[] facts)
        {
            Func<byte[]> build = () =>
            {
                string good = TinyTokenizer.Json();
                string bad = spoil(good);
                Assert.That(bad, Is.Not.EqualTo(good), "the builder changed nothing");
                return Encoding.UTF8.GetBytes(bad);
            };
            return new TestCaseData(code, build, facts).SetName(string.Format(CultureInfo.InvariantCulture, "Refuses_{0}", name));
        }

        private static string Without(string json, string part) => json.Replace(part, string.Empty);
    }
}
