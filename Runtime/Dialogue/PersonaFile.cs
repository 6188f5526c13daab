using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Json;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>Reads a persona file, with limits.</summary>
    internal static class PersonaFile
    {
        private const int MaxListLength = 64;
        private static readonly JsonLimits Limits = new JsonLimits
        {
            MaxBytes = NpcPersona.MaxFileBytes, MaxDepth = 3, MaxStringBytes = 2048, MaxValues = 1024, AllowByteOrderMark = true, AllowComments = true, AllowTrailingCommas = true,
        };

        public static NpcPersona Read(Stream stream, string displayName)
        {
            byte[] buffer = SmallFile.Read(stream, NpcPersona.MaxFileBytes, out int length);
            if (length > NpcPersona.MaxFileBytes)
            {
                throw new PrismFileException("PN002", displayName, string.Empty, "more than " + Number(NpcPersona.MaxFileBytes) + " bytes", "at most " + Number(NpcPersona.MaxFileBytes) + " bytes", "A persona is a few lines.");
            }

            try
            {
                var reader = new JsonReader(new ReadOnlySpan<byte>(buffer, 0, length), Limits);
                return Read(ref reader, displayName);
            }
            catch (JsonReadException error)
            {
                string where = FormattableString.Invariant($"line {error.Line}, column {error.Column}, {error.Path}");
                throw new PrismFileException("PN003", displayName, where, error.Found, error.Expected, "See Samples~/Tavern/Personas and Documentation~/persona.schema.json for the form.", error);
            }
        }

        public static FileStream Open(string path) => SmallFile.Open(path, "PN001", "a persona file");

        private static NpcPersona Read(ref JsonReader reader, string file)
        {
            var facts = new PersonaFacts();
            var settings = new PersonaSettings();
            reader.Expect(JsonToken.StartObject);
            while (reader.ReadName())
            {
                string name = reader.GetString();
                if (DialogueFields.TryGet(name, out DialogueFieldInfo field))
                {
                    facts = ReadField(ref reader, facts, field.Field, file);
                }
                else if (!settings.TryRead(ref reader, name, file))
                {
                    throw new PrismFileException("PN004", file, reader.Path, SafeText.Quote(name), "one of " + string.Join(", ", Fields()), "The model knows no other field, so it would have no effect.");
                }
            }

            reader.ReadEnd();
            return settings.Apply(facts);
        }

        /// <summary>Every member that a persona file may have, but for the schema's.</summary>
        internal static List<string> Fields()
        {
            var known = new List<string>();
            foreach (DialogueFieldInfo each in DialogueFields.All)
            {
                known.Add(each.Key);
            }

            known.AddRange(PersonaSettings.Keys);
            return known;
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

        internal static List<string> ReadTexts(ref JsonReader reader, string file)
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
