using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>Damaged files end in a tokenizer that works or in a typed error, and in nothing else.</summary>
    public sealed class TokenizerFuzzTests
    {
        private static readonly string[] Words =
        {
            "null", "true", "0", "-1", "65536", "1e9", "\"\"", "\"a a\"", "[]", "{}", "[\"a\",\"b\"]", "\"\\u0000\"", "\"<|bos|>\"", ",", ":", "\"", "\\", "\"type\":\"ByteLevel\"", "\uD55C",
        };

        [Test]
        public void DamagedBytes([Values("bytes", "pieces")] string kind) => Run(kind, 3000, Damage);

        [Test]
        public void ExchangedValues([Values("bytes", "pieces")] string kind) => Run(kind, 1000, Exchange);

        [Test, Category("Slow")]
        public void DamagedBytesAtLength([Values("bytes", "pieces")] string kind) => Run(kind, 200_000, Damage);

        private static void Run(string kind, int executions, Func<byte[], Random, byte[]> mutate)
        {
            byte[] good = Encoding.UTF8.GetBytes(kind == "bytes" ? TinyTokenizer.Json() : TinySentencePiece.Json());
            var random = new Random(20260);
            int refused = 0;
            for (int i = 0; i < executions; i++)
            {
                byte[] bad = mutate(good, random);
                try
                {
                    ITextTokenizer tokenizer = TextTokenizer.FromJson(bad);
                    const string Text = "the hello aaaa <|bos|> abc 🙂";
                    Assert.That(tokenizer.Decode(tokenizer.Encode(Text)), Is.EqualTo(Text));
                }
                catch (PrismFileException error)
                {
                    refused++;
                    Assert.That(error.Code, Does.Match("^PK[12]\\d\\d$"));
                    Assert.That(error.Message.Length, Is.LessThanOrEqualTo(PrismFileException.MaxMessageLength));
                }
            }
            Assert.That(refused, Is.GreaterThan(executions / 10).And.LessThan(executions));
        }

        /// <summary>One to three changes of bytes.</summary>
        private static byte[] Damage(byte[] good, Random random)
        {
            var bytes = new List<byte>(good);
            int changes = random.Next(1, 4);
            for (int i = 0; i < changes; i++)
            {
                int at = random.Next(bytes.Count);
                int length = Math.Min(random.Next(1, 40), bytes.Count - at);
                switch (random.Next(5))
                {
                    case 0:
                        bytes[at] = (byte)random.Next(256);
                        break;
                    case 1:
                        bytes[at] ^= (byte)(1 << random.Next(8));
                        break;
                    case 2:
                        bytes.RemoveRange(at, length);
                        break;
                    case 3:
                        bytes.InsertRange(at, bytes.GetRange(at, length));
                        break;
                    default:
                        bytes.InsertRange(at, Encoding.UTF8.GetBytes(Words[random.Next(Words.Length)]));
                        break;
                }
            }
            return bytes.ToArray();
        }

        /// <summary>Well-formed JSON in which one value stands where another did.</summary>
        private static byte[] Exchange(byte[] good, Random random)
        {
            string json = Encoding.UTF8.GetString(good);
            int[] colons = json.Select((c, i) => c == ':' && i > 0 && json[i - 1] == '"' ? i : -1).Where(i => i >= 0).ToArray();
            int at = colons[random.Next(colons.Length)] + 1;
            int end = json.IndexOfAny(new[] { ',', '}', ']' }, at);
            string value = random.Next(2) == 0 ? Words[random.Next(13)] : random.Next(-2, 300).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return Encoding.UTF8.GetBytes(json.Substring(0, at) + value + json.Substring(end));
        }
    }
}
