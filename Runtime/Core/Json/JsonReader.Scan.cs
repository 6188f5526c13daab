using System;
using System.Globalization;

namespace PrismLM.Core.Json
{
    public ref partial struct JsonReader
    {
        private void SkipByteOrderMark()
        {
            if (_text.Length >= 3 && _text[0] == 0xEF && _text[1] == 0xBB && _text[2] == 0xBF)
            {
                if (!_limits.AllowByteOrderMark)
                {
                    throw Fail(JsonError.ByteOrderMark, 0, "a byte-order mark", "text without one");
                }

                _at = 3;
            }
        }

        private void SkipSpace()
        {
            while (_at < _text.Length)
            {
                byte b = _text[_at];
                if (b == ' ' || b == '\n' || b == '\r' || b == '\t')
                {
                    _at++;
                }
                else if (b == '/')
                {
                    SkipComment();
                }
                else
                {
                    return;
                }
            }
        }

        private void SkipComment()
        {
            if (!_limits.AllowComments)
            {
                throw Fail(JsonError.Comment, _at, "a comment", "none");
            }

            int start = _at;
            byte kind = _at + 1 < _text.Length ? _text[_at + 1] : (byte)0;
            int end;
            if (kind == '/')
            {
                end = _text.Slice(_at).IndexOf((byte)'\n');
                _at = end < 0 ? _text.Length : _at + end + 1;
            }
            else if (kind == '*')
            {
                end = _text.Slice(_at + 2).IndexOf(new[] { (byte)'*', (byte)'/' });
                if (end < 0)
                {
                    throw Fail(JsonError.Truncated, start, "a comment that does not end", "'*/'");
                }

                _at += end + 4;
            }
            else
            {
                throw Unexpected("a value or a comment");
            }

            // A comment may hold anything but broken UTF-8: an editor that shows it must show the same text everywhere.
            for (int at = start; at < _at;)
            {
                at += Utf8Length(at);
            }
        }

        private byte Peek(string expected)
        {
            if (_at >= _text.Length)
            {
                throw Fail(JsonError.Truncated, _at, "the end of the text", expected);
            }

            return _text[_at];
        }

        private bool Comma(byte closing)
        {
            byte b = Peek("',' or '" + (char)closing + "'");
            if (b == closing)
            {
                return false;
            }

            if (b != ',')
            {
                throw Unexpected("',' or '" + (char)closing + "'");
            }

            _at++;
            SkipSpace();
            return true;
        }

        private void ScanString(int limit, JsonError tooLong)
        {
            int start = ++_at;
            _escaped = false;
            while (true)
            {
                byte b = Peek("'\"'");
                if (b == '"')
                {
                    break;
                }

                if (b < 0x20)
                {
                    throw Fail(JsonError.ControlCharacter, _at, ShowByte(_at), "an escape such as \\u" + ((int)b).ToString("x4", CultureInfo.InvariantCulture));
                }

                if (b == '\\')
                {
                    _escaped = true;
                    _at += EscapeLength(_at);
                }
                else
                {
                    _at += b < 0x80 ? 1 : Utf8Length(_at);
                }

                if (_at - start > limit)
                {
                    string what = tooLong == JsonError.NameTooLong ? "a name" : "a string";
                    throw Fail(tooLong, start, what + " of more than " + Invariant(limit) + " bytes", "at most " + Invariant(limit));
                }
            }

            _valueStart = start;
            _valueLength = _at - start;
            _at++;
        }

        private int EscapeLength(int at)
        {
            if (at + 1 >= _text.Length)
            {
                throw Fail(JsonError.Truncated, at, "the end of the text", "an escape");
            }

            switch (_text[at + 1])
            {
                case (byte)'"':
                case (byte)'\\':
                case (byte)'/':
                case (byte)'b':
                case (byte)'f':
                case (byte)'n':
                case (byte)'r':
                case (byte)'t':
                    return 2;
                case (byte)'u':
                    break;
                default:
                    throw Fail(JsonError.InvalidEscape, at, SafeText.Quote(_text.Slice(at, 2)), "one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
            }

            int unit = HexUnit(at);
            if (unit < 0xD800 || unit > 0xDFFF)
            {
                return 6;
            }

            bool high = unit < 0xDC00;
            if (high && at + 7 < _text.Length && _text[at + 6] == '\\' && _text[at + 7] == 'u')
            {
                int low = HexUnit(at + 6);
                if (low >= 0xDC00 && low <= 0xDFFF)
                {
                    return 12;
                }
            }

            throw Fail(JsonError.LoneSurrogate, at, "half of a surrogate pair, " + SafeText.Quote(_text.Slice(at, 6)), "a pair or another character");
        }

        private int HexUnit(int at)
        {
            if (at + 6 > _text.Length)
            {
                throw Fail(JsonError.Truncated, at, "the end of the text", "four hexadecimal digits after \\u");
            }

            int unit = 0;
            for (int i = 2; i < 6; i++)
            {
                int digit = HexDigit(_text[at + i]);
                if (digit < 0)
                {
                    throw Fail(JsonError.InvalidEscape, at, SafeText.Quote(_text.Slice(at, 6)), "four hexadecimal digits after \\u");
                }

                unit = unit * 16 + digit;
            }

            return unit;
        }

        private static int HexDigit(byte b) =>
            b >= '0' && b <= '9' ? b - '0' : b >= 'a' && b <= 'f' ? b - 'a' + 10 : b >= 'A' && b <= 'F' ? b - 'A' + 10 : -1;

        // Length of the UTF-8 sequence at a position, by table 3-7 of the Unicode standard: no overlong form, no surrogate, nothing above U+10FFFF.
        private int Utf8Length(int at)
        {
            byte b0 = _text[at];
            int length = b0 < 0x80 ? 1 : b0 < 0xC2 ? 0 : b0 < 0xE0 ? 2 : b0 < 0xF0 ? 3 : b0 < 0xF5 ? 4 : 0;
            bool valid = length > 0 && at + length <= _text.Length;
            for (int i = 1; valid && i < length; i++)
            {
                byte low = 0x80, high = 0xBF;
                if (i == 1)
                {
                    low = b0 == 0xE0 ? (byte)0xA0 : b0 == 0xF0 ? (byte)0x90 : low;
                    high = b0 == 0xED ? (byte)0x9F : b0 == 0xF4 ? (byte)0x8F : high;
                }

                valid = _text[at + i] >= low && _text[at + i] <= high;
            }

            if (!valid)
            {
                throw Fail(JsonError.InvalidUtf8, at, ShowByte(at), "valid UTF-8");
            }

            return length;
        }

        private void ScanNumber()
        {
            int start = _at;
            if (_text[_at] == '-')
            {
                _at++;
            }

            int first = _at;
            int digits = Digits(start);
            if (digits == 0 || (digits > 1 && _text[first] == '0'))
            {
                throw Fail(JsonError.InvalidNumber, start, SafeText.Quote(_text.Slice(start, Math.Min(_text.Length - start, _at - start + 1))), "a number in JSON's form");
            }

            if (_at < _text.Length && _text[_at] == '.')
            {
                _at++;
                RequireDigits(start);
            }

            if (_at < _text.Length && (_text[_at] == 'e' || _text[_at] == 'E'))
            {
                _at++;
                if (_at < _text.Length && (_text[_at] == '+' || _text[_at] == '-'))
                {
                    _at++;
                }

                RequireDigits(start);
            }

            _valueStart = start;
            _valueLength = _at - start;
        }

        private void RequireDigits(int start)
        {
            if (Digits(start) == 0)
            {
                throw Fail(JsonError.InvalidNumber, start, SafeText.Quote(_text.Slice(start, _at - start)), "a number in JSON's form");
            }
        }

        private int Digits(int start)
        {
            int first = _at;
            while (_at < _text.Length && _text[_at] >= '0' && _text[_at] <= '9')
            {
                _at++;
                if (_at - start > _limits.MaxNumberBytes)
                {
                    throw Fail(JsonError.NumberTooLong, start, "a number of more than " + Invariant(_limits.MaxNumberBytes) + " characters", "at most " + Invariant(_limits.MaxNumberBytes));
                }
            }

            return _at - first;
        }

        private JsonToken ScanLiteral()
        {
            int end = _at;
            while (end < _text.Length && end - _at < 12 && ((_text[end] | 0x20) >= 'a') && ((_text[end] | 0x20) <= 'z'))
            {
                end++;
            }

            ReadOnlySpan<byte> word = _text.Slice(_at, end - _at);
            JsonToken token = Is(word, "true") ? JsonToken.True : Is(word, "false") ? JsonToken.False : Is(word, "null") ? JsonToken.Null : JsonToken.None;
            if (token == JsonToken.None)
            {
                throw word.Length == 0 ? Unexpected("a value") : Fail(JsonError.InvalidLiteral, _at, SafeText.Quote(word), "a value");
            }

            _valueStart = _at;
            _valueLength = word.Length;
            _at = end;
            return token;
        }

        private static bool Is(ReadOnlySpan<byte> bytes, string ascii)
        {
            if (bytes.Length != ascii.Length)
            {
                return false;
            }

            for (int i = 0; i < ascii.Length; i++)
            {
                if (bytes[i] != ascii[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
