using System;
using System.Globalization;
using System.Text;

namespace PrismLM.Core.Json
{
    public ref partial struct JsonReader
    {
        /// <summary>Reads on and requires this token.</summary>
        /// <exception cref="JsonReadException">Another token follows (<see cref="JsonError.WrongType"/>), or the text is not JSON.</exception>
        public void Expect(JsonToken token)
        {
            Read();
            if (Token != token)
            {
                throw WrongType(Name(token));
            }
        }

        /// <summary>Reads on inside an object: true at a member's name, false at the object's end.</summary>
        public bool ReadName()
        {
            Read();
            if (Token != JsonToken.PropertyName && Token != JsonToken.EndObject)
            {
                throw WrongType("a member or the end of the object");
            }

            return Token == JsonToken.PropertyName;
        }

        /// <summary>Reads on and returns a string.</summary>
        public string ReadString()
        {
            Expect(JsonToken.String);
            return GetString();
        }

        /// <summary>Reads on and returns an integer in a range.</summary>
        public long ReadInteger(long minimum, long maximum)
        {
            Read();
            return GetInteger(minimum, maximum);
        }

        /// <summary>Reads on and returns an integer in a range.</summary>
        public int ReadInt32(int minimum, int maximum) => (int)ReadInteger(minimum, maximum);

        /// <summary>Reads on and returns a finite number.</summary>
        public double ReadDouble()
        {
            Read();
            return GetDouble();
        }

        /// <summary>Reads on and returns true or false.</summary>
        public bool ReadBoolean()
        {
            Read();
            if (Token != JsonToken.True && Token != JsonToken.False)
            {
                throw WrongType("true or false");
            }

            return Token == JsonToken.True;
        }

        /// <summary>The current string or name, escapes resolved.</summary>
        public string GetString()
        {
            if (Token != JsonToken.String && Token != JsonToken.PropertyName)
            {
                throw WrongType("a string");
            }

            string raw = Encoding.UTF8.GetString(Raw);
            return _escaped ? Unescape(raw) : raw;
        }

        /// <summary>True when the current string or name, escapes resolved, is this ASCII text.</summary>
        public bool ValueEquals(string ascii) => _escaped ? string.Equals(GetString(), ascii, StringComparison.Ordinal) : Is(Raw, ascii);

        /// <summary>The current number as an integer: digits alone, without fraction, exponent or minus zero.</summary>
        public long GetInteger(long minimum, long maximum)
        {
            RequireNumber();
            ReadOnlySpan<byte> raw = Raw;
            bool negative = raw[0] == '-';
            ulong magnitude = 0;
            bool overflow = false;
            for (int i = negative ? 1 : 0; i < raw.Length; i++)
            {
                if (raw[i] < '0' || raw[i] > '9')
                {
                    throw Fail(JsonError.InvalidNumber, Offset, SafeText.Quote(raw), "an integer without fraction or exponent");
                }

                uint digit = (uint)(raw[i] - '0');
                overflow |= magnitude > (ulong.MaxValue - digit) / 10;
                magnitude = unchecked(magnitude * 10 + digit);
            }

            if (negative && magnitude == 0)
            {
                throw Fail(JsonError.InvalidNumber, Offset, "-0", "an integer");
            }

            overflow |= magnitude > (negative ? 1UL << 63 : long.MaxValue);
            long value = overflow ? 0 : negative ? unchecked(-(long)magnitude) : (long)magnitude;
            if (overflow || value < minimum || value > maximum)
            {
                throw Fail(JsonError.OutOfRange, Offset, SafeText.Show(Encoding.UTF8.GetString(raw)), "an integer from " + Invariant(minimum) + " to " + Invariant(maximum));
            }

            return value;
        }

        /// <summary>The current number as a non-negative integer of up to 64 bits, in the same strict form.</summary>
        public ulong GetUnsigned()
        {
            RequireNumber();
            ReadOnlySpan<byte> raw = Raw;
            ulong value = 0;
            bool good = true, overflow = false;
            foreach (byte b in raw)
            {
                good &= b >= '0' && b <= '9';
                uint digit = good ? (uint)(b - '0') : 0;
                overflow |= value > (ulong.MaxValue - digit) / 10;
                value = unchecked(value * 10 + digit);
            }

            if (!good || overflow)
            {
                throw Fail(good ? JsonError.OutOfRange : JsonError.InvalidNumber, Offset, SafeText.Quote(raw), "an integer from 0 to 18446744073709551615 without fraction or exponent");
            }

            return value;
        }

        /// <summary>The current number; one that double precision cannot hold (1e400) is refused.</summary>
        public double GetDouble()
        {
            RequireNumber();
            string digits = Encoding.UTF8.GetString(Raw);
            if (!double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || double.IsInfinity(value) || double.IsNaN(value))
            {
                throw Fail(JsonError.OutOfRange, Offset, SafeText.Show(digits), "a number within double precision");
            }

            return value;
        }

        /// <summary>Passes over the current value: to its end when it is an object or array, to the value's end when it is a name.</summary>
        public void Skip()
        {
            if (Token == JsonToken.PropertyName)
            {
                Read();
            }

            if (Token == JsonToken.StartObject || Token == JsonToken.StartArray)
            {
                int outside = _depth - 1;
                while (_depth > outside)
                {
                    Read();
                }
            }
        }

        /// <summary>Requires that nothing but white space follows the value just read.</summary>
        public void ReadEnd()
        {
            if (Read())
            {
                throw WrongType("the end of the text");
            }
        }

        /// <summary>Where the reader stands, as in <c>$.layers[3].shape</c>.</summary>
        public string Path
        {
            get
            {
                var path = new StringBuilder("$");
                for (int depth = 1; depth <= _depth; depth++)
                {
                    if ((_objects & (1UL << (depth - 1))) == 0)
                    {
                        path.Append('[').Append(Invariant(Math.Max(_index[depth], 0))).Append(']');
                    }
                    else if (_path[depth] != null)
                    {
                        path.Append('.').Append(SafeText.Show(_path[depth], 40));
                    }
                }

                return path.Length <= 96 ? path.ToString() : path.ToString(0, 93) + "...";
            }
        }

        /// <summary>A refusal of the current value by the reader's user, with the same place and form as the reader's own.</summary>
        public JsonReadException Refuse(JsonError error, string found, string expected) => Fail(error, Offset, found, expected);

        private void RequireNumber()
        {
            if (Token != JsonToken.Number)
            {
                throw WrongType("a number");
            }
        }

        private JsonReadException WrongType(string expected) => Fail(JsonError.WrongType, Offset, Name(Token), expected);

        private JsonReadException Unexpected(string expected) => Fail(JsonError.UnexpectedByte, _at, ShowByte(_at), expected);

        private JsonReadException Fail(JsonError error, int offset, string found, string expected)
        {
            int line = 1, lineStart = 0;
            for (int i = 0; i < offset && i < _text.Length; i++)
            {
                if (_text[i] == '\n')
                {
                    line++;
                    lineStart = i + 1;
                }
            }

            return new JsonReadException(error, offset, line, offset - lineStart + 1, Path, found, expected);
        }

        private string ShowByte(int at)
        {
            byte b = _text[at];
            return b > 0x20 && b < 0x7F && b != '<' ? "'" + (char)b + "'" : "byte 0x" + b.ToString("X2", CultureInfo.InvariantCulture);
        }

        private static string Name(JsonToken token)
        {
            switch (token)
            {
                case JsonToken.StartObject: return "an object";
                case JsonToken.StartArray: return "an array";
                case JsonToken.EndObject: return "the end of an object";
                case JsonToken.EndArray: return "the end of an array";
                case JsonToken.PropertyName: return "a member name";
                case JsonToken.String: return "a string";
                case JsonToken.Number: return "a number";
                case JsonToken.True: return "true";
                case JsonToken.False: return "false";
                case JsonToken.Null: return "null";
                default: return "the end of the text";
            }
        }

        // Every escape was checked when the string was scanned.
        private static string Unescape(string raw)
        {
            var text = new StringBuilder(raw.Length);
            for (int i = 0; i < raw.Length; i++)
            {
                if (raw[i] != '\\')
                {
                    text.Append(raw[i]);
                    continue;
                }

                i++;
                switch (raw[i])
                {
                    case 'b': text.Append('\b'); break;
                    case 'f': text.Append('\f'); break;
                    case 'n': text.Append('\n'); break;
                    case 'r': text.Append('\r'); break;
                    case 't': text.Append('\t'); break;
                    case 'u':
                        text.Append((char)int.Parse(raw.Substring(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                        i += 4;
                        break;
                    default: text.Append(raw[i]); break;
                }
            }

            return text.ToString();
        }
    }
}
