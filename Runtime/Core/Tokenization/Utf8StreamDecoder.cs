using System;
using System.Text;

namespace PrismLM.Core.Tokenization
{
    /// <summary>
    /// Turns the bytes of tokens, as they come, into whole characters: a character whose bytes are spread over tokens appears when its last byte does.
    /// </summary>
    /// <remarks>
    /// Each maximal ill-formed sequence becomes one U+FFFD, as in .NET and the WHATWG encoding standard. A decoder of our own, because runtimes differ in
    /// how many replacement characters they write. A surrogate pair is always written whole.
    /// </remarks>
    public sealed class Utf8StreamDecoder
    {
        private const char Replacement = '\uFFFD';

        private int _codePoint;
        private int _missing;
        private byte _lower = 0x80;
        private byte _upper = 0xBF;

        /// <summary>True when the bytes of a character have begun and not ended.</summary>
        public bool IsPending => _missing > 0;

        /// <summary>Characters that <see cref="Decode"/> can write at most for so many bytes.</summary>
        public static int MaxCharCount(int byteCount) => byteCount + 1;

        /// <summary>Decodes bytes and returns the number of UTF-16 units written.</summary>
        /// <exception cref="ArgumentException"><paramref name="destination"/> is shorter than <see cref="MaxCharCount"/> of the bytes.</exception>
        public int Decode(ReadOnlySpan<byte> bytes, Span<char> destination)
        {
            if (destination.Length < MaxCharCount(bytes.Length))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{bytes.Length} bytes need room for {MaxCharCount(bytes.Length)} characters, not {destination.Length}."),
                    nameof(destination));
            }
            int written = 0;
            foreach (byte value in bytes)
            {
                if (_missing > 0)
                {
                    if (value >= _lower && value <= _upper)
                    {
                        Continue(value, destination, ref written);
                        continue;
                    }
                    Reset();
                    destination[written++] = Replacement;
                }
                Begin(value, destination, ref written);
            }
            return written;
        }

        /// <summary>Decodes bytes and appends what is complete.</summary>
        public void Append(ReadOnlySpan<byte> bytes, StringBuilder destination)
        {
            if (destination is null)
            {
                throw new ArgumentNullException(nameof(destination));
            }
            Span<char> buffer = stackalloc char[MaxCharCount(256)];
            while (!bytes.IsEmpty)
            {
                ReadOnlySpan<byte> part = bytes.Slice(0, Math.Min(256, bytes.Length));
                destination.Append(buffer.Slice(0, Decode(part, buffer)));
                bytes = bytes.Slice(part.Length);
            }
        }

        /// <summary>Ends the text: an unfinished character becomes U+FFFD. Returns the number of units written, 0 or 1.</summary>
        public int Flush(Span<char> destination)
        {
            if (_missing == 0)
            {
                return 0;
            }
            destination[0] = Replacement;
            Reset();
            return 1;
        }

        /// <summary>Forgets an unfinished character.</summary>
        public void Reset()
        {
            _missing = 0;
            _lower = 0x80;
            _upper = 0xBF;
        }

        private void Begin(byte value, Span<char> destination, ref int written)
        {
            if (value < 0x80)
            {
                destination[written++] = (char)value;
            }
            else if (value >= 0xC2 && value <= 0xDF)
            {
                _missing = 1;
                _codePoint = value & 0x1F;
            }
            else if (value >= 0xE0 && value <= 0xEF)
            {
                // The second byte's range excludes overlong forms (E0) and surrogates (ED).
                _missing = 2;
                _codePoint = value & 0x0F;
                _lower = value == 0xE0 ? (byte)0xA0 : (byte)0x80;
                _upper = value == 0xED ? (byte)0x9F : (byte)0xBF;
            }
            else if (value >= 0xF0 && value <= 0xF4)
            {
                // Likewise overlong forms (F0) and code points above U+10FFFF (F4).
                _missing = 3;
                _codePoint = value & 0x07;
                _lower = value == 0xF0 ? (byte)0x90 : (byte)0x80;
                _upper = value == 0xF4 ? (byte)0x8F : (byte)0xBF;
            }
            else
            {
                destination[written++] = Replacement;
            }
        }

        private void Continue(byte value, Span<char> destination, ref int written)
        {
            _codePoint = (_codePoint << 6) | (value & 0x3F);
            _lower = 0x80;
            _upper = 0xBF;
            if (--_missing > 0)
            {
                return;
            }
            if (_codePoint < 0x10000)
            {
                destination[written++] = (char)_codePoint;
                return;
            }
            destination[written++] = (char)(0xD800 + ((_codePoint - 0x10000) >> 10));
            destination[written++] = (char)(0xDC00 + ((_codePoint - 0x10000) & 0x3FF));
        }
    }
}
