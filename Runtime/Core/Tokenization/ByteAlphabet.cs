using System;
using System.Text;

namespace PrismLM.Core.Tokenization
{
    /// <summary>
    /// GPT-2's printable spelling of bytes in vocabulary files: visible Latin-1 bytes stand for themselves, the others for U+0100 and up
    /// (a space is written <c>Ġ</c>).
    /// </summary>
    internal static class ByteAlphabet
    {
        private const int SpellingLimit = 0x100 + 68;

        private static readonly char[] Spelling = new char[256];
        private static readonly short[] Meaning = new short[SpellingLimit];
        private static readonly byte[] Ordered = new byte[256];

        static ByteAlphabet()
        {
            Meaning.AsSpan().Fill(-1);
            int visible = 0;
            for (int value = 0; value < 256; value++)
            {
                if (IsVisible(value))
                {
                    Spelling[value] = (char)value;
                    Ordered[visible++] = (byte)value;
                }
            }
            int hidden = 0;
            for (int value = 0; value < 256; value++)
            {
                if (!IsVisible(value))
                {
                    Spelling[value] = (char)(0x100 + hidden);
                    Ordered[visible + hidden++] = (byte)value;
                }
            }
            for (int value = 0; value < 256; value++)
            {
                Meaning[Spelling[value]] = (short)value;
            }
        }

        /// <summary>All 256 bytes in the order of GPT-2's vocabulary: visible ones first.</summary>
        internal static ReadOnlySpan<byte> Order => Ordered;

        internal static string Spell(ReadOnlySpan<byte> bytes)
        {
            var text = new StringBuilder(bytes.Length);
            foreach (byte value in bytes)
            {
                text.Append(Spelling[value]);
            }
            return text.ToString();
        }

        /// <summary>False when a character of <paramref name="spelling"/> is not of the alphabet.</summary>
        internal static bool TryRead(string spelling, out byte[] bytes)
        {
            bytes = new byte[spelling.Length];
            for (int i = 0; i < spelling.Length; i++)
            {
                char c = spelling[i];
                if (c >= SpellingLimit || Meaning[c] < 0)
                {
                    return false;
                }
                bytes[i] = (byte)Meaning[c];
            }
            return true;
        }

        private static bool IsVisible(int value)
        {
            return (value >= 0x21 && value <= 0x7E) || (value >= 0xA1 && value <= 0xAC) || value >= 0xAE;
        }
    }
}
