using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Json;

namespace PrismLM.Tests.Json
{
    public class JsonReaderTests
    {
        private static readonly JsonLimits Strict = new JsonLimits();
        private static readonly JsonLimits Relaxed = new JsonLimits { AllowComments = true, AllowTrailingCommas = true, AllowByteOrderMark = true };

        [Test]
        public void GivesEveryTokenWithItsValue()
        {
            const string Text = " {\"a\" : [ 1 , -2.5e3, \"x\\n\\u00e9\\ud83d\\ude00\\/\" ] , \"b\":{ }, \"c\":true,\"d\":false,\"e\":null,\"\u4e2d\":[]} \r\n\t";
            Assert.That(Tokens(Text, Strict), Is.EqualTo(new[]
            {
                "StartObject", "PropertyName a", "StartArray", "Number 1", "Number -2500", "String x\n\u00e9\ud83d\ude00/", "EndArray", "PropertyName b", "StartObject", "EndObject",
                "PropertyName c", "True", "PropertyName d", "False", "PropertyName e", "Null", "PropertyName \u4e2d", "StartArray", "EndArray", "EndObject", "End",
            }));
        }

        [TestCase("1", "Number 1")]
        [TestCase("\"\"", "String ")]
        [TestCase("null", "Null")]
        [TestCase("[]", "StartArray EndArray")]
        public void AnyValueMayStandAlone(string text, string tokens) => Assert.That(string.Join(" ", Tokens(text, Strict)), Is.EqualTo(tokens + " End"));

        [TestCase("", JsonError.Truncated, 0)]
        [TestCase("  ", JsonError.Truncated, 2)]
        [TestCase("{", JsonError.Truncated, 1)]
        [TestCase("[1", JsonError.Truncated, 2)]
        [TestCase("\"abc", JsonError.Truncated, 4)]
        [TestCase("\"a\\", JsonError.Truncated, 2)]
        [TestCase("\"\\u12", JsonError.Truncated, 1)]
        [TestCase("{\"a\"", JsonError.Truncated, 4)]
        [TestCase("{\"a\":", JsonError.Truncated, 5)]
        [TestCase("{\"a\" 1}", JsonError.UnexpectedByte, 5)]
        [TestCase("{1:2}", JsonError.UnexpectedByte, 1)]
        [TestCase("{,}", JsonError.UnexpectedByte, 1)]
        [TestCase("[,1]", JsonError.UnexpectedByte, 1)]
        [TestCase("[1,,2]", JsonError.UnexpectedByte, 3)]
        [TestCase("[1 2]", JsonError.UnexpectedByte, 3)]
        [TestCase("[1}", JsonError.UnexpectedByte, 2)]
        [TestCase("'a'", JsonError.UnexpectedByte, 0)]
        [TestCase("[1,]", JsonError.TrailingComma, 3)]
        [TestCase("{\"a\":1,}", JsonError.TrailingComma, 7)]
        [TestCase("1 2", JsonError.TrailingData, 2)]
        [TestCase("{}x", JsonError.TrailingData, 2)]
        [TestCase("[] \0", JsonError.TrailingData, 3)]
        [TestCase("// x\n1", JsonError.Comment, 0)]
        [TestCase("1/**/", JsonError.Comment, 1)]
        [TestCase("NaN", JsonError.InvalidLiteral, 0)]
        [TestCase("tru", JsonError.InvalidLiteral, 0)]
        [TestCase("True", JsonError.InvalidLiteral, 0)]
        [TestCase("nullx", JsonError.InvalidLiteral, 0)]
        [TestCase("-Infinity", JsonError.InvalidNumber, 0)]
        [TestCase("-", JsonError.InvalidNumber, 0)]
        [TestCase("01", JsonError.InvalidNumber, 0)]
        [TestCase("-01", JsonError.InvalidNumber, 0)]
        [TestCase("1.", JsonError.InvalidNumber, 0)]
        [TestCase("1.e5", JsonError.InvalidNumber, 0)]
        [TestCase("1e", JsonError.InvalidNumber, 0)]
        [TestCase("1e+", JsonError.InvalidNumber, 0)]
        [TestCase(".5", JsonError.UnexpectedByte, 0)]
        [TestCase("+1", JsonError.UnexpectedByte, 0)]
        [TestCase("\"\\x\"", JsonError.InvalidEscape, 1)]
        [TestCase("\"\\u12G4\"", JsonError.InvalidEscape, 1)]
        [TestCase("\"\\ud800\"", JsonError.LoneSurrogate, 1)]
        [TestCase("\"\\udc00\\ud800\"", JsonError.LoneSurrogate, 1)]
        [TestCase("\"\\ud800\\u0041\"", JsonError.LoneSurrogate, 1)]
        [TestCase("\"a\tb\"", JsonError.ControlCharacter, 2)]
        [TestCase("{\"a\":1,\"a\":2}", JsonError.DuplicateName, 7)]
        [TestCase("{\"ab\":1,\"\\u0061b\":2}", JsonError.DuplicateName, 8)]
        [TestCase("{\"a\":{\"b\":1},\"c\":{\"b\":1,\"b\":1}}", JsonError.DuplicateName, 24)]
        public void RefusesWhatIsNotJson(string text, JsonError error, int offset)
        {
            JsonReadException refused = Refused(Encoding.UTF8.GetBytes(text), Strict);
            Assert.That(refused.Error, Is.EqualTo(error), refused.Message);
            Assert.That(refused.Offset, Is.EqualTo(offset), refused.Message);
        }

        [TestCase(new byte[] { 0xFF }, 1)]
        [TestCase(new byte[] { 0x80 }, 1)]
        [TestCase(new byte[] { 0xC0, 0xAF }, 1)]
        [TestCase(new byte[] { 0xC1, 0xBF }, 1)]
        [TestCase(new byte[] { 0xE0, 0x9F, 0xBF }, 1)]
        [TestCase(new byte[] { 0xED, 0xA0, 0x80 }, 1)]
        [TestCase(new byte[] { 0xF0, 0x8F, 0xBF, 0xBF }, 1)]
        [TestCase(new byte[] { 0xF4, 0x90, 0x80, 0x80 }, 1)]
        [TestCase(new byte[] { 0xF5, 0x80, 0x80, 0x80 }, 1)]
        [TestCase(new byte[] { 0xE2, 0x82 }, 1)]
        public void RefusesWhatIsNotUtf8(byte[] inside, int offset)
        {
            JsonReadException refused = Refused(new byte[] { (byte)'"' }.Concat(inside).Concat(new[] { (byte)'"' }).ToArray(), Strict);
            Assert.That(refused.Error, Is.EqualTo(JsonError.InvalidUtf8));
            Assert.That(refused.Offset, Is.EqualTo(offset));
        }

        [TestCase("\u0080")]
        [TestCase("\u07ff")]
        [TestCase("\u0800")]
        [TestCase("\ud7ff")]
        [TestCase("\ue000")]
        [TestCase("\uffff")]
        [TestCase("\ud800\udc00")]
        [TestCase("\udbff\udfff")]
        public void TakesTheEdgesOfUtf8(string text) => Assert.That(Tokens("\"" + text + "\"", Strict)[0], Is.EqualTo("String " + text));

        [Test]
        public void FilesWrittenByHandMayHaveCommentsTrailingCommasAndAMark()
        {
            Assert.That(Tokens("\ufeff// head\n{\"a\"/*1*/:[1,/* \u00e9 */2,],\n// last\n}//end", Relaxed), Is.EqualTo(new[]
            {
                "StartObject", "PropertyName a", "StartArray", "Number 1", "Number 2", "EndArray", "EndObject", "End",
            }));
            Assert.That(Refused(Encoding.UTF8.GetBytes("[1,,]"), Relaxed).Error, Is.EqualTo(JsonError.UnexpectedByte));
            Assert.That(Refused(Encoding.UTF8.GetBytes("[,]"), Relaxed).Error, Is.EqualTo(JsonError.UnexpectedByte));
            Assert.That(Refused(Encoding.UTF8.GetBytes("/* "), Relaxed).Error, Is.EqualTo(JsonError.Truncated));
            Assert.That(Refused(Encoding.UTF8.GetBytes("/1"), Relaxed).Error, Is.EqualTo(JsonError.UnexpectedByte));
            Assert.That(Refused(new byte[] { (byte)'/', (byte)'/', 0xFF, (byte)'\n', (byte)'1' }, Relaxed).Error, Is.EqualTo(JsonError.InvalidUtf8));
            Assert.That(Refused(Encoding.UTF8.GetBytes("\ufeff1"), Strict).Error, Is.EqualTo(JsonError.ByteOrderMark));
        }

        [Test]
        public void SaysLineColumnAndPath()
        {
            JsonReadException refused = Refused(Encoding.UTF8.GetBytes("{\n  \"a\": {\"b\": [1, {}, [\n 5, x]]}}"), Strict);
            Assert.That(refused.Line, Is.EqualTo(3));
            Assert.That(refused.Column, Is.EqualTo(5));
            Assert.That(refused.Path, Is.EqualTo("$.a.b[2][1]"));
            Assert.That(refused.Message, Is.EqualTo("line 3, column 5 (byte 29), $.a.b[2][1]: found \"x\"; expected a value."));
        }

        [Test]
        public void LimitsHoldAtTheLimitAndRefuseBeyond()
        {
            JsonLimits limits = new JsonLimits { MaxBytes = 40, MaxDepth = 3, MaxStringBytes = 4, MaxNameBytes = 3, MaxNumberBytes = 5, MaxValues = 4 };
            foreach (string good in new[] { "[[[]]]", "[[]]", "\"abc\"", "\"abcd\"", "\"\u00e9\u00e9\"", "{\"ab\":1}", "{\"abc\":1}", "1234", "12345", "-1.25", "[1,2,3]", "[1,2,3,4]", "{\"a\":1,\"b\":[1,2]}", "1".PadRight(39), "1".PadRight(40) })
            {
                Assert.That(Tokens(good, limits).Last(), Is.EqualTo("End"), good);
            }

            foreach ((string bad, JsonError error) in new[]
            {
                ("[[[[]]]]", JsonError.TooDeep), ("\"abcde\"", JsonError.StringTooLong), ("\"\u00e9\u00e9a\"", JsonError.StringTooLong), ("{\"abcd\":1}", JsonError.NameTooLong), ("123456", JsonError.NumberTooLong),
                ("-1.254", JsonError.NumberTooLong), ("[1,2,3,4,5]", JsonError.TooManyValues), ("{\"a\":1,\"b\":[1,2,3]}", JsonError.TooManyValues), ("1".PadRight(41), JsonError.TooLarge),
            })
            {
                Assert.That(Refused(Encoding.UTF8.GetBytes(bad), limits).Error, Is.EqualTo(error), bad);
            }

            Assert.That(() => Tokens("1", new JsonLimits { MaxDepth = 65 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(Tokens(new string('[', 64) + new string(']', 64), new JsonLimits { MaxDepth = 64 }).Length, Is.EqualTo(129));
        }

        [TestCase("5", 0, 5, 5)]
        [TestCase("-5", -5, 5, -5)]
        [TestCase("9223372036854775807", 0, long.MaxValue, long.MaxValue)]
        [TestCase("-9223372036854775808", long.MinValue, 0, long.MinValue)]
        public void IntegersOfTheirRange(string text, long minimum, long maximum, long value) => Assert.That(Integer(text, minimum, maximum), Is.EqualTo(value));

        [TestCase("6", JsonError.OutOfRange)]
        [TestCase("-1", JsonError.OutOfRange)]
        [TestCase("9223372036854775808", JsonError.OutOfRange)]
        [TestCase("18446744073709551616", JsonError.OutOfRange)]
        [TestCase("99999999999999999999999999", JsonError.OutOfRange)]
        [TestCase("1.0", JsonError.InvalidNumber)]
        [TestCase("1e0", JsonError.InvalidNumber)]
        [TestCase("-0", JsonError.InvalidNumber)]
        [TestCase("\"1\"", JsonError.WrongType)]
        [TestCase("null", JsonError.WrongType)]
        public void RefusesOtherIntegers(string text, JsonError error) =>
            Assert.That(Assert.Throws<JsonReadException>(() => Integer(text, 0, 5))!.Error, Is.EqualTo(error));

        [Test]
        public void UnsignedIntegersReachTheWholeRange()
        {
            var json = new JsonReader(Encoding.UTF8.GetBytes("[18446744073709551615,0]"), Strict);
            json.Expect(JsonToken.StartArray);
            json.Read();
            Assert.That(json.GetUnsigned(), Is.EqualTo(ulong.MaxValue));
            json.Read();
            Assert.That(json.GetUnsigned(), Is.Zero);
        }

        [Test]
        public void SkipPassesOverWhateverFollows()
        {
            var json = new JsonReader(Encoding.UTF8.GetBytes("{\"a\":{\"x\":[1,[2]],\"y\":{}},\"b\":7,\"c\":[[],{}],\"d\":\"end\"}"), Strict);
            json.Expect(JsonToken.StartObject);
            var names = new List<string>();
            string last = string.Empty;
            while (json.ReadName())
            {
                names.Add(json.GetString());
                if (json.ValueEquals("d"))
                {
                    last = json.ReadString();
                }
                else
                {
                    json.Skip();
                }
            }

            json.ReadEnd();
            Assert.That(names, Is.EqualTo(new[] { "a", "b", "c", "d" }));
            Assert.That(last, Is.EqualTo("end"));
        }

        [Test]
        public void DuplicateSearchIsLinearAlsoForCollidingNames()
        {
            // 60,000 names; a quadratic search would take minutes.
            string text = "{" + string.Join(",", Enumerable.Range(0, 60000).Select(i => "\"" + (char)('a' + i % 26) + i + "\":0")) + "}";
            var watch = System.Diagnostics.Stopwatch.StartNew();
            Assert.That(Tokens(text, new JsonLimits { MaxBytes = 1 << 21 }).Length, Is.EqualTo(120003));
            Assert.That(watch.ElapsedMilliseconds, Is.LessThan(2000));
        }

        private static long Integer(string text, long minimum, long maximum)
        {
            var json = new JsonReader(Encoding.UTF8.GetBytes(text), Strict);
            return json.ReadInteger(minimum, maximum);
        }

        private static JsonReadException Refused(byte[] text, JsonLimits limits) => Assert.Throws<JsonReadException>(() => Tokens(text, limits))!;

        private static string[] Tokens(string text, JsonLimits limits) => Tokens(Encoding.UTF8.GetBytes(text), limits);

        private static string[] Tokens(byte[] text, JsonLimits limits)
        {
            var json = new JsonReader(text, limits);
            var tokens = new List<string>();
            bool more;
            do
            {
                more = json.Read();
                bool isText = json.Token == JsonToken.PropertyName || json.Token == JsonToken.String;
                tokens.Add(json.Token + (isText ? " " + json.GetString() : json.Token == JsonToken.Number ? " " + json.GetDouble().ToString(System.Globalization.CultureInfo.InvariantCulture) : string.Empty));
            }
            while (more);
            return tokens.ToArray();
        }
    }
}
