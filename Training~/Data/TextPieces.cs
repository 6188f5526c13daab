using System;
using System.Collections.Generic;
using System.IO;

namespace PrismLM.Training.Data
{
    /// <summary>Where the documents of a text file lie, long ones cut at white space: byte ranges only, the text stays in the file.</summary>
    internal sealed class TextPieces
    {
        /// <summary>The line that stands between two documents.</summary>
        public const string Separator = "<|endoftext|>";

        private readonly List<long> _starts = new();
        private readonly List<int> _lengths = new();

        private TextPieces()
        {
        }

        public int Count => _starts.Count;

        public (long Start, int Length, bool EndsDocument) this[int index] => (_starts[index], Math.Abs(_lengths[index]), _lengths[index] < 0);

        /// <param name="pieceBytes">A longer document is cut before the last white space within this many bytes.</param>
        /// <exception cref="InvalidDataException">There is no text in the file.</exception>
        public static TextPieces Scan(string path, int pieceBytes)
        {
            var pieces = new TextPieces();
            using var lines = new ByteLines(path);
            var documentStart = 0L;
            var text = new List<byte>();
            while (lines.Next(out var line, out var start, out var terminated))
            {
                if (line.TrimEnd((byte)'\r').SequenceEqual("<|endoftext|>"u8))
                {
                    pieces.Add(documentStart, text, pieceBytes);
                    text.Clear();
                    documentStart = lines.Position;
                    continue;
                }

                text.AddRange(line);
                if (terminated)
                {
                    text.Add((byte)'\n');
                }
            }

            pieces.Add(documentStart, text, pieceBytes);
            return pieces.Count > 0 ? pieces : throw new InvalidDataException($"{Path.GetFileName(path)} has no text; expected documents separated by a line {Separator}.");
        }

        private void Add(long start, List<byte> document, int pieceBytes)
        {
            var text = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(document);
            var from = text.Length - text.TrimStart(" \r\n\t"u8).Length;
            var end = text.TrimEnd(" \r\n\t"u8).Length;
            while (from < end)
            {
                var length = Math.Min(pieceBytes, end - from);
                if (from + length < end)
                {
                    // Before the space: the tokenizer joins a space to the word after it, so a cut there changes no token.
                    var space = text.Slice(from, length).LastIndexOfAny((byte)' ', (byte)'\n');
                    length = space > 0 ? space : CharacterStart(text.Slice(from, length + 1));
                }

                _starts.Add(start + from);
                _lengths.Add(from + length == end ? -length : length);
                from += length;
            }
        }

        /// <summary>The last byte of a span may lie within a character: where that character starts.</summary>
        private static int CharacterStart(ReadOnlySpan<byte> text)
        {
            var at = text.Length - 1;
            while (at > 1 && (text[at] & 0xC0) == 0x80)
            {
                at--;
            }

            return at;
        }
    }
}
