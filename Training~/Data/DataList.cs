using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PrismLM.Training.Data
{
    /// <summary>One source of a data list: a text file or a generator, with its share of the tokens and its licence.</summary>
    public sealed record DataEntry
    {
        public string Name { get; init; } = string.Empty;

        /// <summary>A text file, relative to the data list; documents are separated by a line <c>&lt;|endoftext|&gt;</c>.</summary>
        public string? File { get; init; }

        /// <summary>A built-in generator, instead of a file: <c>dialogue</c>, <c>drill</c>, <c>action-drill</c> or <c>told-drill</c>.</summary>
        public string? Generator { get; init; }

        /// <summary>Share of the tokens, relative to the other entries.</summary>
        public double Weight { get; init; }

        public string Licence { get; init; } = string.Empty;

        /// <summary>SHA-256 of the file; checked when given, always written into the run folder.</summary>
        public string? Sha256 { get; init; }
    }

    /// <summary>What a run learns from, as JSON: the tokenizer, the sources with their weights, and a text for validation.</summary>
    public sealed record DataList
    {
        private static readonly JsonSerializerOptions Format = new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            WriteIndented = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        };

        /// <summary>tokenizer.json, relative to the data list.</summary>
        public string Tokenizer { get; init; } = string.Empty;

        public IReadOnlyList<DataEntry> Sources { get; init; } = Array.Empty<DataEntry>();

        /// <summary>A text file for validation, relative to the data list; none is measured without it.</summary>
        public string? Validation { get; init; }

        /// <summary>Reads and checks a list; paths become absolute, hashes are filled in.</summary>
        /// <exception cref="InvalidDataException">Says which entry is wrong, what was found and what is expected.</exception>
        public static DataList Load(string path)
        {
            DataList list;
            try
            {
                list = JsonSerializer.Deserialize<DataList>(System.IO.File.ReadAllBytes(path), Format)
                    ?? throw new InvalidDataException($"{Path.GetFileName(path)} is empty; expected a JSON object with tokenizer and sources.");
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"{Path.GetFileName(path)} is not a data list: {e.Message}", e);
            }

            var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            if (list.Sources.Count == 0)
            {
                throw new InvalidDataException($"{Path.GetFileName(path)} has no sources; expected at least one.");
            }

            return list with
            {
                Tokenizer = Existing(folder, list.Tokenizer, "tokenizer"),
                Validation = list.Validation is null ? null : Existing(folder, list.Validation, "validation"),
                Sources = list.Sources.Select(entry => Check(folder, entry)).ToArray(),
            };
        }

        public string ToJson() => JsonSerializer.Serialize(this, Format);

        private static DataEntry Check(string folder, DataEntry entry)
        {
            if (entry.Name.Length == 0 || (entry.File is null) == (entry.Generator is null))
            {
                throw new InvalidDataException($"Source '{entry.Name}' of the data list needs a name and either a file or a generator.");
            }

            if (!(entry.Weight > 0.0) || double.IsInfinity(entry.Weight))
            {
                throw new InvalidDataException(FormattableString.Invariant($"Source '{entry.Name}' has weight {entry.Weight}; expected a positive number."));
            }

            if (entry.File is null)
            {
                return entry;
            }

            var path = Existing(folder, entry.File, entry.Name);
            using var stream = System.IO.File.OpenRead(path);
            var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            return entry.Sha256 is null || string.Equals(entry.Sha256, hash, StringComparison.OrdinalIgnoreCase)
                ? entry with { File = path, Sha256 = hash }
                : throw new InvalidDataException($"{Path.GetFileName(path)} (source '{entry.Name}') has SHA-256 {hash}; the data list expects {entry.Sha256}. It is another version of the file.");
        }

        private static string Existing(string folder, string file, string what)
        {
            var path = Path.GetFullPath(Path.Combine(folder, file));
            return file.Length > 0 && System.IO.File.Exists(path)
                ? path
                : throw new InvalidDataException($"The data list names '{file}' as {what}; there is no such file (paths are relative to the list).");
        }
    }
}
