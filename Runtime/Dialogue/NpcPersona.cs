using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Json;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// Who an NPC is, read from a persona file: one JSON object whose members are the <see cref="DialogueFields"/>. The file may be a
    /// player's mod, so it is read with limits and refused with a code, a place and a hint.
    /// </summary>
    public sealed class NpcPersona
    {
        /// <summary>Largest persona file: more would not fit any prompt.</summary>
        public const int MaxFileBytes = 64 * 1024;

        private const int MaxListLength = 64;
        private static readonly JsonLimits Limits = new JsonLimits { MaxBytes = MaxFileBytes, MaxDepth = 3, MaxStringBytes = 2048, MaxValues = 1024, AllowByteOrderMark = true, AllowComments = true, AllowTrailingCommas = true };

        public NpcPersona(PersonaFacts facts)
        {
            Facts = facts ?? throw new ArgumentNullException(nameof(facts));
        }

        public PersonaFacts Facts { get; }

        /// <summary>The name to show; "NPC" for a persona without one.</summary>
        public string DisplayName => string.IsNullOrWhiteSpace(Facts.Name) ? "NPC" : Facts.Name!;

        /// <exception cref="PrismFileException">PN001 no such file, PN002 too large, PN003 not JSON within the limits, PN004 an unknown field, PN005 a value that a field cannot have.</exception>
        public static NpcPersona Load(string path)
        {
            using FileStream stream = Open(path);
            return Load(stream, path);
        }

        /// <inheritdoc cref="Load(string)"/>
        /// <param name="stream">Read to its end; stays open. A host with its own file system gives one.</param>
        /// <param name="displayName">What errors call the file.</param>
        public static NpcPersona Load(Stream stream, string displayName)
        {
            if (stream == null)
            {
                throw new ArgumentNullException(nameof(stream));
            }

            var buffer = new byte[MaxFileBytes + 1];
            int length = 0;
            int read;
            while (length < buffer.Length && (read = stream.Read(buffer, length, buffer.Length - length)) > 0)
            {
                length += read;
            }

            if (length > MaxFileBytes)
            {
                throw new PrismFileException("PN002", displayName, string.Empty, "more than " + Number(MaxFileBytes) + " bytes", "at most " + Number(MaxFileBytes) + " bytes", "A persona is a few lines.");
            }

            try
            {
                var reader = new JsonReader(new ReadOnlySpan<byte>(buffer, 0, length), Limits);
                PersonaFacts facts = Read(ref reader, displayName);
                return new NpcPersona(facts);
            }
            catch (JsonReadException error)
            {
                string where = FormattableString.Invariant($"line {error.Line}, column {error.Column}, {error.Path}");
                throw new PrismFileException("PN003", displayName, where, error.Found, error.Expected, "See Samples~/Tavern/Personas and Documentation~/persona.schema.json for the form.", error);
            }
        }

        private static FileStream Open(string path)
        {
            try
            {
                // Opening a pipe would block for ever; its length cannot be had, and a folder is no file.
                if (!new FileInfo(path).Exists)
                {
                    throw new PrismFileException("PN001", path, string.Empty, "no such file", "a persona file", "Check the path.");
                }

                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            }
            catch (Exception failure) when (failure is IOException || failure is UnauthorizedAccessException || failure is ArgumentException || failure is NotSupportedException)
            {
                throw new PrismFileException("PN001", path, string.Empty, SafeText.Show(failure.Message), "a readable persona file", "Check the path.", failure);
            }
        }

        private static PersonaFacts Read(ref JsonReader reader, string file)
        {
            var facts = new PersonaFacts();
            reader.Expect(JsonToken.StartObject);
            while (reader.ReadName())
            {
                string name = reader.GetString();
                if (string.Equals(name, "$schema", StringComparison.Ordinal))
                {
                    // For the designer's text editor.
                    reader.ReadString();
                    continue;
                }

                if (!DialogueFields.TryGet(name, out DialogueFieldInfo field))
                {
                    var known = new List<string>();
                    foreach (DialogueFieldInfo each in DialogueFields.All)
                    {
                        known.Add(each.Key);
                    }

                    throw new PrismFileException("PN004", file, reader.Path, SafeText.Quote(name), "one of " + string.Join(", ", known), "The model knows no other field, so it would have no effect.");
                }

                facts = ReadField(ref reader, facts, field.Field, file);
            }

            reader.ReadEnd();
            return facts;
        }

        private static PersonaFacts ReadField(ref JsonReader reader, PersonaFacts facts, DialogueField field, string file)
        {
            switch (field)
            {
                case DialogueField.Name: return facts with { Name = reader.ReadString() };
                case DialogueField.Trade: return facts with { Trade = reader.ReadString() };
                case DialogueField.Place: return facts with { Place = reader.ReadString() };
                case DialogueField.Kin: return facts with { Kin = reader.ReadString() };
                case DialogueField.Wares: return facts with { Wares = ReadWares(ref reader, file) };
                case DialogueField.Rumour: return facts with { Rumour = reader.ReadString() };
                case DialogueField.Quest: return facts with { Quest = reader.ReadString() };
                case DialogueField.Mood: return facts with { Mood = reader.ReadString() };
                case DialogueField.Facts: return facts with { Facts = ReadTexts(ref reader, file) };
                case DialogueField.Actions: return facts with { Actions = ReadTexts(ref reader, file) };
                default: throw new InvalidOperationException("A persona field without a reader: " + field);
            }
        }

        private static List<string> ReadTexts(ref JsonReader reader, string file)
        {
            var texts = new List<string>();
            reader.Expect(JsonToken.StartArray);
            while (reader.Read() && reader.Token != JsonToken.EndArray)
            {
                if (reader.Token != JsonToken.String)
                {
                    throw reader.Refuse(JsonError.WrongType, reader.Token.ToString(), "a string");
                }

                texts.Add(reader.GetString());
                CheckCount(texts.Count, reader.Path, file);
            }

            return texts;
        }

        private static List<PersonaWare> ReadWares(ref JsonReader reader, string file)
        {
            var wares = new List<PersonaWare>();
            reader.Expect(JsonToken.StartArray);
            while (reader.Read() && reader.Token != JsonToken.EndArray)
            {
                if (reader.Token != JsonToken.StartObject)
                {
                    throw reader.Refuse(JsonError.WrongType, reader.Token.ToString(), "an object with item and price");
                }

                wares.Add(ReadWare(ref reader, file));
                CheckCount(wares.Count, reader.Path, file);
            }

            return wares;
        }

        private static PersonaWare ReadWare(ref JsonReader reader, string file)
        {
            string item = string.Empty;
            string price = string.Empty;
            string path = reader.Path;
            while (reader.ReadName())
            {
                string name = reader.GetString();
                if (string.Equals(name, "item", StringComparison.Ordinal))
                {
                    item = reader.ReadString();
                }
                else if (string.Equals(name, "price", StringComparison.Ordinal))
                {
                    price = reader.ReadString();
                }
                else
                {
                    throw new PrismFileException("PN004", file, reader.Path, SafeText.Quote(name), "item, price", "The model knows no other property of a ware.");
                }
            }

            if (item.Length == 0 || price.Length == 0)
            {
                throw new PrismFileException("PN005", file, path, item.Length == 0 ? "no item" : "no price", "an item and its price", "Write { \"item\": \"iron kettle\", \"price\": \"4 silver\" }.");
            }

            return new PersonaWare(item, price);
        }

        private static void CheckCount(int count, string path, string file)
        {
            if (count > MaxListLength)
            {
                throw new PrismFileException("PN005", file, path, "more than " + Number(MaxListLength) + " entries", "at most " + Number(MaxListLength), "A prompt has no room for more.");
            }
        }

        private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
