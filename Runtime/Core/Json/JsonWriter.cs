using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace PrismLM.Core.Json
{
    /// <summary>Writes one JSON text as UTF-8. The same calls give the same bytes under every culture; non-ASCII characters stand as they are.</summary>
    public sealed class JsonWriter
    {
        private readonly MemoryStream _output = new MemoryStream();
        private readonly Stack<bool> _first = new Stack<bool>();
        private readonly bool _indented;
        private bool _afterName;

        /// <param name="indented">Two spaces a level and one member or element a line: for files that people read.</param>
        public JsonWriter(bool indented = false) => _indented = indented;

        public JsonWriter StartObject() => Open('{');

        public JsonWriter EndObject() => Close('}');

        public JsonWriter StartArray() => Open('[');

        public JsonWriter EndArray() => Close(']');

        /// <summary>The name of the member whose value is written next.</summary>
        public JsonWriter Name(string name)
        {
            Separate();
            Quote(name);
            Ascii(_indented ? ": " : ":");
            _afterName = true;
            return this;
        }

        public JsonWriter String(string? value)
        {
            if (value == null)
            {
                return Null();
            }

            Separate();
            Quote(value);
            return this;
        }

        public JsonWriter Number(long value) => Bare(value.ToString(CultureInfo.InvariantCulture));

        /// <summary>The shortest digits that read back as the same value.</summary>
        /// <exception cref="ArgumentOutOfRangeException">NaN or infinite: JSON has no form for it.</exception>
        public JsonWriter Number(double value)
        {
            if (double.IsNaN(value) || double.IsInfinity(value))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "JSON numbers are finite.");
            }

            return Bare(NumberText.Of(value));
        }

        public JsonWriter Boolean(bool value) => Bare(value ? "true" : "false");

        public JsonWriter Null() => Bare("null");

        /// <summary>The text written so far; complete when every object and array is closed.</summary>
        /// <exception cref="InvalidOperationException">An object or array is still open.</exception>
        public byte[] ToBytes()
        {
            if (_first.Count != 0)
            {
                throw new InvalidOperationException("An object or array is still open.");
            }

            return _output.ToArray();
        }

        public override string ToString() => Encoding.UTF8.GetString(_output.ToArray());

        private JsonWriter Open(char bracket)
        {
            Separate();
            _output.WriteByte((byte)bracket);
            _first.Push(true);
            return this;
        }

        private JsonWriter Close(char bracket)
        {
            bool empty = _first.Pop();
            if (_indented && !empty)
            {
                NewLine();
            }

            _output.WriteByte((byte)bracket);
            return this;
        }

        private JsonWriter Bare(string ascii)
        {
            Separate();
            Ascii(ascii);
            return this;
        }

        private void Separate()
        {
            if (_afterName)
            {
                _afterName = false;
                return;
            }

            if (_first.Count == 0)
            {
                return;
            }

            if (!_first.Pop())
            {
                _output.WriteByte((byte)',');
            }

            _first.Push(false);
            if (_indented)
            {
                NewLine();
            }
        }

        private void NewLine()
        {
            _output.WriteByte((byte)'\n');
            for (int i = 0; i < 2 * _first.Count; i++)
            {
                _output.WriteByte((byte)' ');
            }
        }

        private void Quote(string text)
        {
            _output.WriteByte((byte)'"');
            var escaped = new StringBuilder(text.Length + 8);
            for (int i = 0; i < text.Length; i++)
            {
                char c = text[i];
                if (c == '"' || c == '\\')
                {
                    escaped.Append('\\').Append(c);
                }
                else if (c == '\n')
                {
                    escaped.Append("\\n");
                }
                else if (c < 0x20 || c == 0x7F)
                {
                    escaped.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                }
                else if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])))
                {
                    throw new ArgumentException("The text holds half of a surrogate pair at index " + i.ToString(CultureInfo.InvariantCulture) + ".", nameof(text));
                }
                else
                {
                    escaped.Append(c);
                    if (char.IsHighSurrogate(c))
                    {
                        escaped.Append(text[++i]);
                    }
                }
            }

            byte[] bytes = Encoding.UTF8.GetBytes(escaped.ToString());
            _output.Write(bytes, 0, bytes.Length);
            _output.WriteByte((byte)'"');
        }

        private void Ascii(string text)
        {
            foreach (char c in text)
            {
                _output.WriteByte((byte)c);
            }
        }
    }
}
