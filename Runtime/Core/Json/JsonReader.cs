using System;
using System.Globalization;

namespace PrismLM.Core.Json
{
    /// <summary>
    /// Pulls tokens out of one UTF-8 JSON text that nobody vouches for. It builds no tree, checks every limit before it keeps anything, finds a name that
    /// stands twice in an object (also behind escapes), and refuses what JSON's grammar (RFC 8259) refuses; every refusal is a <see cref="JsonReadException"/>
    /// with its place. Pass it on by reference: it is a mutable struct.
    /// </summary>
    public ref partial struct JsonReader
    {
        private readonly ReadOnlySpan<byte> _text;
        private readonly JsonLimits _limits;
        private readonly NameSet?[] _names;
        private readonly string?[] _path;
        private readonly int[] _index;
        private ulong _objects;
        private int _at;
        private int _depth;
        private int _values;
        private int _valueStart;
        private int _valueLength;
        private bool _escaped;
        private State _state;

        /// <summary>Starts before the first token; checks nothing but the length until <see cref="Read"/>.</summary>
        /// <exception cref="JsonReadException">The text is longer than the limit.</exception>
        public JsonReader(ReadOnlySpan<byte> utf8, JsonLimits limits)
        {
            if (limits.MaxDepth < 1 || limits.MaxDepth > JsonLimits.DepthCeiling)
            {
                throw new ArgumentOutOfRangeException(nameof(limits), limits.MaxDepth, "MaxDepth must be 1 to 64.");
            }

            _text = utf8;
            _limits = limits;
            _names = new NameSet?[limits.MaxDepth + 1];
            _path = new string?[limits.MaxDepth + 1];
            _index = new int[limits.MaxDepth + 1];
            _objects = 0;
            _at = 0;
            _depth = 0;
            _values = 0;
            _valueStart = 0;
            _valueLength = 0;
            _escaped = false;
            _state = State.Start;
            Offset = 0;
            Token = JsonToken.None;
            if (utf8.Length > limits.MaxBytes)
            {
                throw Fail(JsonError.TooLarge, 0, Invariant(utf8.Length) + " bytes", "at most " + Invariant(limits.MaxBytes));
            }
        }

        private enum State : byte
        {
            Start,
            FirstMember,
            NextMember,
            Value,
            FirstElement,
            NextElement,
            Done,
        }

        /// <summary>The token that <see cref="Read"/> stopped at.</summary>
        public JsonToken Token { get; private set; }

        /// <summary>Byte offset of the first byte of <see cref="Token"/>.</summary>
        public int Offset { get; private set; }

        /// <summary>Open objects and arrays around the next token.</summary>
        public int Depth => _depth;

        /// <summary>The value as it stands in the text: digits of a number, the inside of a string with its escapes.</summary>
        public ReadOnlySpan<byte> Raw => _text.Slice(_valueStart, _valueLength);

        /// <summary>True when the string or name holds a backslash.</summary>
        public bool HasEscapes => _escaped;

        /// <summary>Moves to the next token; after the value and the rest of the text have been checked it returns false and stands at <see cref="JsonToken.End"/>.</summary>
        /// <exception cref="JsonReadException">The text is not JSON within the limits.</exception>
        public bool Read()
        {
            if (_state == State.Start)
            {
                SkipByteOrderMark();
            }

            SkipSpace();
            Offset = _at;
            _valueStart = _at;
            _valueLength = 0;
            _escaped = false;
            switch (_state)
            {
                case State.Done:
                    if (_at < _text.Length)
                    {
                        throw Fail(JsonError.TrailingData, _at, ShowByte(_at), "nothing after the value");
                    }

                    Token = JsonToken.End;
                    return false;
                case State.FirstMember:
                case State.NextMember:
                    return ReadMember();
                case State.FirstElement:
                case State.NextElement:
                    return ReadElement();
                default:
                    return ReadValue();
            }
        }

        private bool ReadMember()
        {
            bool comma = false;
            if (_state == State.NextMember)
            {
                comma = Comma((byte)'}');
            }

            if (Peek("a member name or '}'") == '}')
            {
                if (comma && !_limits.AllowTrailingCommas)
                {
                    throw Fail(JsonError.TrailingComma, _at, "'}' after ','", "a member name");
                }

                return Close(JsonToken.EndObject);
            }

            if (_text[_at] != '"')
            {
                throw Unexpected("a member name in double quotes");
            }

            Offset = _at;
            ScanString(_limits.MaxNameBytes, JsonError.NameTooLong);
            Token = JsonToken.PropertyName;
            string name = GetString();
            if (!_names[_depth]!.Add(name))
            {
                throw Fail(JsonError.DuplicateName, Offset, "the name " + SafeText.Quote(name) + " twice", "every name once");
            }

            _path[_depth] = name;
            Count();
            SkipSpace();
            if (Peek("':'") != ':')
            {
                throw Unexpected("':'");
            }

            _at++;
            _state = State.Value;
            return true;
        }

        private bool ReadElement()
        {
            bool comma = false;
            if (_state == State.NextElement)
            {
                comma = Comma((byte)']');
            }

            if (Peek("a value or ']'") == ']')
            {
                if (comma && !_limits.AllowTrailingCommas)
                {
                    throw Fail(JsonError.TrailingComma, _at, "']' after ','", "a value");
                }

                return Close(JsonToken.EndArray);
            }

            _index[_depth]++;
            Count();
            return ReadValue();
        }

        private bool ReadValue()
        {
            byte first = Peek("a value");
            Offset = _at;
            switch (first)
            {
                case (byte)'{':
                    return Open(JsonToken.StartObject);
                case (byte)'[':
                    return Open(JsonToken.StartArray);
                case (byte)'"':
                    ScanString(_limits.MaxStringBytes, JsonError.StringTooLong);
                    return Finish(JsonToken.String);
                case (byte)'-':
                    ScanNumber();
                    return Finish(JsonToken.Number);
                default:
                    if (first >= '0' && first <= '9')
                    {
                        ScanNumber();
                        return Finish(JsonToken.Number);
                    }

                    return Finish(ScanLiteral());
            }
        }

        private bool Open(JsonToken token)
        {
            if (_depth == _limits.MaxDepth)
            {
                throw Fail(JsonError.TooDeep, _at, "depth " + Invariant(_depth + 1), "at most " + Invariant(_limits.MaxDepth));
            }

            bool isObject = token == JsonToken.StartObject;
            ulong bit = 1UL << _depth;
            _objects = isObject ? _objects | bit : _objects & ~bit;
            _depth++;
            _at++;
            _index[_depth] = -1;
            _path[_depth] = null;
            if (isObject)
            {
                (_names[_depth] ??= new NameSet()).Clear();
            }

            _state = isObject ? State.FirstMember : State.FirstElement;
            Token = token;
            return true;
        }

        private bool Close(JsonToken token)
        {
            Offset = _at;
            _at++;
            _depth--;
            return Finish(token);
        }

        private bool Finish(JsonToken token)
        {
            Token = token;
            _state = _depth == 0 ? State.Done : InObject ? State.NextMember : State.NextElement;
            return true;
        }

        private bool InObject => (_objects & (1UL << (_depth - 1))) != 0;

        private void Count()
        {
            if (++_values > _limits.MaxValues)
            {
                throw Fail(JsonError.TooManyValues, _at, "more than " + Invariant(_limits.MaxValues) + " members and elements", "at most " + Invariant(_limits.MaxValues));
            }
        }

        private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
