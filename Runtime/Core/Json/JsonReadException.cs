using System;
using System.Globalization;

namespace PrismLM.Core.Json
{
    /// <summary>
    /// A text is not the JSON that was asked for. The message says where and what, holds no more than 64 characters of the text, and is safe to show:
    /// a caller that reads a file turns it into its own error with a stable code.
    /// </summary>
    public sealed class JsonReadException : Exception
    {
        public JsonReadException(JsonError error, int offset, int line, int column, string path, string found, string expected)
            : base(string.Format(CultureInfo.InvariantCulture, "line {0}, column {1} (byte {2}), {3}: found {4}; expected {5}.", line, column, offset, path, found, expected))
        {
            Error = error;
            Offset = offset;
            Line = line;
            Column = column;
            Path = path;
            Found = found;
            Expected = expected;
        }

        public JsonError Error { get; }

        /// <summary>Byte offset from the start of the text.</summary>
        public int Offset { get; }

        /// <summary>Counts from 1.</summary>
        public int Line { get; }

        /// <summary>Counts bytes from 1.</summary>
        public int Column { get; }

        /// <summary>Where in the document, as in <c>$.layers[3].shape</c>; at most 96 characters.</summary>
        public string Path { get; }

        /// <summary>What stands there; at most 64 characters of the text, escaped.</summary>
        public string Found { get; }

        public string Expected { get; }
    }
}
