using System.Collections.Generic;
using FsCheck;
using FsCheck.Fluent;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>Random texts made of what breaks tokenizers.</summary>
    internal static class TextArbitrary
    {
        private static readonly string[] Pieces =
        {
            "a", "the", " ", "  ", "\n", "\r\n", "\t", "'s", "'RE", "'", "ll", "3", "1314151", "!", "...", "------", "=", "\u00A0", "\u3000", "\u2581", "\u00AD", "\u200D", "\uFEFF",
            "\u0000", "\u001B", "é", "e\u0301", "\u0301\u0301", "ß", "İ", "ı", "привет", "Ё", "한국어", "\u1112\u1161\u11AB", "我想", "ក", "ไทย", "שלום", "٣", "Ⅷ", "½", "\uFFFD", "\uFFFF",
            "🙂", "😶‍🌫️", "🏳️‍🌈", "𝒜", "𝟘", "𐍈", "\U0010FFFF", "<|bos|>", "<0x41>", "</s>",
        };

        /// <summary>Valid Unicode.</summary>
        internal static Arbitrary<string> Valid => Strings(Gen.Elements(Pieces));

        /// <summary>Any UTF-16 units, lone surrogates among them.</summary>
        internal static Arbitrary<string> Any
        {
            get
            {
                Gen<string> unit = Gen.Choose(0, 0xFFFF).Select(c => ((char)c).ToString());
                Gen<string> surrogate = Gen.Choose(0xD800, 0xDFFF).Select(c => ((char)c).ToString());
                return Strings(Gen.OneOf(Gen.Elements(Pieces), unit, surrogate));
            }
        }

        internal static Arbitrary<byte[]> Bytes
        {
            get
            {
                Gen<int> interesting = Gen.Elements(0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE2, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF);
                return Gen.OneOf(interesting, Gen.Choose(0, 255)).ListOf().Select(list => ToBytes(list)).ToArbitrary();
            }
        }

        private static Arbitrary<string> Strings(Gen<string> piece) => piece.ListOf().Select(list => string.Concat(list)).ToArbitrary();

        private static byte[] ToBytes(IReadOnlyList<int> values)
        {
            var bytes = new byte[values.Count];
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)values[i];
            }
            return bytes;
        }
    }
}
