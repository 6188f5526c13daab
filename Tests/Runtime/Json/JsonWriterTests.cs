using System;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Json;

namespace PrismLM.Tests.Json
{
    public class JsonWriterTests
    {
        [Test]
        public void WritesCompactAndIndentedText()
        {
            Assert.That(Write(false), Is.EqualTo("{\"a\":[1,-2.5,{}],\"b\":{\"c\":null,\"d\":true},\"e\":[],\"f\":\"x\\\"\\\\\\n\\u0001\u00e9\ud83d\ude00\"}"));
            Assert.That(Write(true), Is.EqualTo("{\n  \"a\": [\n    1,\n    -2.5,\n    {}\n  ],\n  \"b\": {\n    \"c\": null,\n    \"d\": true\n  },\n  \"e\": [],\n  \"f\": \"x\\\"\\\\\\n\\u0001\u00e9\ud83d\ude00\"\n}"));
        }

        [TestCase(0.1, "0.1")]
        [TestCase(1e-5, "1E-05")]
        [TestCase(12345678.9, "12345678.9")]
        [TestCase(1.0 / 3, "0.3333333333333333")]
        [TestCase(0.1 + 0.2, "0.30000000000000004")]
        [TestCase(-1e300, "-1E+300")]
        public void NumbersReadBackAsTheSameValue(double value, string text)
        {
            byte[] bytes = new JsonWriter().Number(value).ToBytes();
            Assert.That(Encoding.UTF8.GetString(bytes), Is.EqualTo(text));
            var json = new JsonReader(bytes, new JsonLimits());
            Assert.That(json.ReadDouble(), Is.EqualTo(value));
        }

        [Test]
        public void RefusesWhatJsonCannotHold()
        {
            Assert.That(() => new JsonWriter().Number(double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new JsonWriter().String("a\ud800"), Throws.ArgumentException);
            Assert.That(() => new JsonWriter().StartArray().ToBytes(), Throws.InvalidOperationException);
        }

        private static string Write(bool indented) => Encoding.UTF8.GetString(new JsonWriter(indented).StartObject()
            .Name("a").StartArray().Number(1).Number(-2.5).StartObject().EndObject().EndArray()
            .Name("b").StartObject().Name("c").Null().Name("d").Boolean(true).EndObject()
            .Name("e").StartArray().EndArray()
            .Name("f").String("x\"\\\n\u0001\u00e9\ud83d\ude00").EndObject().ToBytes());
    }
}
