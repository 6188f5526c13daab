using System;

namespace PrismLM.Core.Tokenization
{
    /// <summary>UTF-16 to UTF-8 with U+FFFD for a lone surrogate, the same on every runtime.</summary>
    internal static class Utf8
    {
        /// <summary>Writes the bytes and returns their number, at most 3 a UTF-16 unit.</summary>
        internal static int GetBytes(ReadOnlySpan<char> text, Span<byte> destination)
        {
            int written = 0;
            for (int i = 0; i < text.Length; i++)
            {
                int c = text[i];
                if (c < 0x80)
                {
                    destination[written++] = (byte)c;
                    continue;
                }
                if (c < 0x800)
                {
                    destination[written++] = (byte)(0xC0 | (c >> 6));
                    destination[written++] = (byte)(0x80 | (c & 0x3F));
                    continue;
                }
                if (c >= 0xD800 && c <= 0xDFFF)
                {
                    if (c <= 0xDBFF && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                    {
                        c = 0x10000 + ((c - 0xD800) << 10) + (text[++i] - 0xDC00);
                        destination[written++] = (byte)(0xF0 | (c >> 18));
                        destination[written++] = (byte)(0x80 | ((c >> 12) & 0x3F));
                        destination[written++] = (byte)(0x80 | ((c >> 6) & 0x3F));
                        destination[written++] = (byte)(0x80 | (c & 0x3F));
                        continue;
                    }
                    c = 0xFFFD;
                }
                destination[written++] = (byte)(0xE0 | (c >> 12));
                destination[written++] = (byte)(0x80 | ((c >> 6) & 0x3F));
                destination[written++] = (byte)(0x80 | (c & 0x3F));
            }
            return written;
        }
    }
}
