using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using PrismLM.Core.Json;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>Header bytes to a checked table. Nothing here is allocated in proportion to a number in the text.</summary>
    internal ref struct SafetensorsHeaderParser
    {
        private static readonly JsonLimits Limits = new JsonLimits
        {
            MaxBytes = CheckpointLimits.MaxHeaderBytes,
            MaxDepth = CheckpointLimits.MaxJsonDepth,
            MaxNameBytes = CheckpointLimits.MaxNameBytes,
            MaxStringBytes = CheckpointLimits.MaxMetadataValueBytes,
            MaxNumberBytes = 24,
        };

        private readonly string _file;
        private readonly byte[] _bytes;
        private readonly long _dataLength;
        private readonly Dictionary<string, string> _metadata;
        private readonly List<RawEntry> _raw;
        private readonly List<SafetensorsEntry> _entries;
        private int _hashOffset;
        private JsonReader _json;

        private SafetensorsHeaderParser(byte[] bytes, long dataLength, string file)
        {
            _file = file;
            _bytes = bytes;
            _dataLength = dataLength;
            _metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            _raw = new List<RawEntry>();
            _entries = new List<SafetensorsEntry>();
            _hashOffset = -1;
            _json = new JsonReader(bytes, Limits);
        }

        private readonly struct RawEntry
        {
            public RawEntry(string name, string dtype, ulong[] shape, ulong begin, ulong end)
            {
                Name = name;
                DType = dtype;
                Shape = shape;
                Begin = begin;
                End = end;
            }

            public string Name { get; }

            public string DType { get; }

            public ulong[] Shape { get; }

            public ulong Begin { get; }

            public ulong End { get; }
        }

        public static SafetensorsHeader Parse(byte[] bytes, long dataLength, string file)
        {
            RequireObject(bytes, file);
            var parser = new SafetensorsHeaderParser(bytes, dataLength, file);
            try
            {
                parser.ReadAll();
            }
            catch (JsonReadException error)
            {
                throw HeaderJsonErrors.Map(error, bytes, file);
            }

            // The table is judged after the whole text: a header cut in the wrong place is bad JSON before it is a bad table.
            foreach (RawEntry raw in parser._raw)
            {
                parser._entries.Add(TensorEntryRules.Check(raw.Name, raw.DType, raw.Shape, raw.Begin, raw.End, dataLength, file));
            }

            parser._entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : string.CompareOrdinal(a.Name, b.Name));
            parser.CheckCover();
            return new SafetensorsHeader(bytes, parser._metadata, parser._entries, parser._hashOffset);
        }

        private static void RequireObject(byte[] bytes, string file)
        {
            byte first = bytes[0];
            if (first == '{')
            {
                return;
            }

            string code = first == ' ' || first == '\n' || first == '\r' || first == '\t' ? FileErrorCodes.LeadingSpace
                : first == '[' ? FileErrorCodes.IsArray
                : first == 0xEF && bytes.Length > 2 && bytes[1] == 0xBB && bytes[2] == 0xBF ? FileErrorCodes.ByteOrderMark
                : FileErrorCodes.NotAnObject;
            string found = code == FileErrorCodes.ByteOrderMark ? "a byte-order mark" : "byte 0x" + first.ToString("X2", CultureInfo.InvariantCulture);
            throw new PrismFileException(code, file, "byte 8", found, "'{', the start of the header");
        }

        private void ReadAll()
        {
            _json.Expect(JsonToken.StartObject);
            bool seenMetadata = false;
            while (_json.ReadName())
            {
                string name = _json.GetString();
                if (!seenMetadata && string.Equals(name, "__metadata__", StringComparison.Ordinal))
                {
                    seenMetadata = true;
                    ReadMetadata();
                    continue;
                }

                CheckName(name);
                if (_raw.Count == CheckpointLimits.MaxTensors)
                {
                    throw new PrismFileException(FileErrorCodes.TooManyTensors, _file, "header", "more than 4096 tensors", "at most 4096");
                }

                ReadEntry(name);
            }

            _json.ReadEnd();
        }

        private void ReadMetadata()
        {
            _json.Read();
            if (_json.Token != JsonToken.StartObject)
            {
                throw new PrismFileException(FileErrorCodes.BadMetadata, _file, "$.__metadata__", "another kind of value", "an object of strings");
            }

            while (_json.ReadName())
            {
                string key = _json.GetString();
                CheckName(key);
                if (_metadata.Count == CheckpointLimits.MaxMetadataEntries)
                {
                    throw new PrismFileException(FileErrorCodes.TooManyTensors, _file, "$.__metadata__", "more than 1024 entries", "at most 1024");
                }

                _json.Read();
                bool isString = _json.Token == JsonToken.String;
                _json.Skip();
                if (!isString)
                {
                    throw new PrismFileException(FileErrorCodes.BadMetadata, _file, "metadata " + SafeText.Show(key), "a value that is no string", "a string");
                }

                string value = _json.GetString();
                _metadata.Add(key, value);
                if (string.Equals(key, ConfigMetadata.Sha256, StringComparison.Ordinal) && !_json.HasEscapes && value.Length == 64 && _json.Raw.Length == 64)
                {
                    _hashOffset = _json.Offset + 1;
                }
            }
        }

        private void CheckName(string name)
        {
            if (name.Length == 0)
            {
                throw new PrismFileException(FileErrorCodes.EmptyName, _file, "byte " + Text(8 + _json.Offset), "an empty name", "1 to 256 characters");
            }

            foreach (char c in name)
            {
                if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-'))
                {
                    throw new PrismFileException(FileErrorCodes.ForbiddenCharacter, _file, "byte " + Text(8 + _json.Offset), "the name " + SafeText.Quote(name), "A-Z a-z 0-9 . _ - alone");
                }
            }
        }

        private void ReadEntry(string name)
        {
            string where = "tensor " + SafeText.Quote(name);
            _json.Expect(JsonToken.StartObject);
            string? dtype = null;
            ulong[]? shape = null;
            ulong[]? offsets = null;
            while (_json.ReadName())
            {
                if (_json.ValueEquals("dtype"))
                {
                    dtype = _json.ReadString();
                }
                else if (_json.ValueEquals("shape"))
                {
                    shape = ReadNumbers(where, CheckpointLimits.MaxRank, FileErrorCodes.InvalidNumber);
                }
                else if (_json.ValueEquals("data_offsets"))
                {
                    offsets = ReadNumbers(where, 2, FileErrorCodes.NegativeOffset);
                }
                else
                {
                    throw new PrismFileException(FileErrorCodes.UnknownField, _file, where, "the field " + SafeText.Quote(_json.GetString()), "dtype, shape and data_offsets alone");
                }
            }

            string missing = dtype == null ? "dtype" : shape == null ? "shape" : offsets == null || offsets.Length != 2 ? "data_offsets" : string.Empty;
            if (missing.Length > 0)
            {
                throw new PrismFileException(FileErrorCodes.MissingField, _file, where, "no " + missing + (offsets != null && offsets.Length != 2 ? " of two numbers" : string.Empty), "dtype, shape and data_offsets");
            }

            _raw.Add(new RawEntry(name, dtype!, shape!, offsets![0], offsets[1]));
        }

        // At most `most` non-negative integers; one more is kept to say that there are too many, the rest is only counted.
        private ulong[] ReadNumbers(string where, int most, string negativeCode)
        {
            _json.Expect(JsonToken.StartArray);
            var numbers = new ulong[most + 1];
            int count = 0;
            while (_json.Read() && _json.Token != JsonToken.EndArray)
            {
                if (_json.Token == JsonToken.Number && _json.Raw[0] == '-' && _json.Raw.Length > 1 && _json.Raw[1] != '0')
                {
                    throw new PrismFileException(negativeCode, _file, where, SafeText.Show(Encoding.UTF8.GetString(_json.Raw)), "no negative number");
                }

                RequireFlat("a number");
                ulong number = _json.GetUnsigned();
                if (count <= most)
                {
                    numbers[count] = number;
                }

                count++;
            }

            if (count > most && most == CheckpointLimits.MaxRank)
            {
                throw new PrismFileException(FileErrorCodes.Rank, _file, where, "rank " + Text(count), "rank 1 to 4");
            }

            Array.Resize(ref numbers, Math.Min(count, most + 1));
            return numbers;
        }

        // A nested value is read to its end first: too deep says more about a hostile file than wrong kind.
        private void RequireFlat(string expected)
        {
            if (_json.Token == JsonToken.StartObject || _json.Token == JsonToken.StartArray)
            {
                string found = _json.Token == JsonToken.StartObject ? "an object" : "an array";
                _json.Skip();
                throw _json.Refuse(JsonError.WrongType, found, expected);
            }
        }

        // Sorted by begin, so that one pass finds overlap and holes whatever the number of tensors.
        private void CheckCover()
        {
            long at = 0;
            foreach (SafetensorsEntry entry in _entries)
            {
                string where = "tensor " + SafeText.Quote(entry.Name);
                if (entry.Begin < at)
                {
                    throw new PrismFileException(FileErrorCodes.Overlap, _file, where, "begin " + Text(entry.Begin) + " inside the tensor before it", "begin " + Text(at));
                }

                if (entry.Begin > at)
                {
                    throw new PrismFileException(at == 0 ? FileErrorCodes.FirstOffset : FileErrorCodes.Hole, _file, where, "begin " + Text(entry.Begin), "begin " + Text(at) + ", without unused bytes");
                }

                at = entry.End;
            }

            if (at != _dataLength)
            {
                throw new PrismFileException(FileErrorCodes.BytesLeft, _file, "byte " + Text(8 + _bytes.Length + at), Text(_dataLength - at) + " bytes after the last tensor", "the end of the file", "Was something appended to the file?");
            }
        }

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
