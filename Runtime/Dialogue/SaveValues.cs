using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Json;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>The kinds of values in a save, each with its limits.</summary>
    internal static class SaveValues
    {
        public static string Text(ref JsonReader reader, int longest, string file)
        {
            string text = reader.ReadString();
            return text.Length <= longest ? text : throw TooLong(text.Length, longest, reader.Path, file);
        }

        public static SamplingOptions Sampling(ref JsonReader reader)
        {
            reader.Expect(JsonToken.StartObject);
            return SamplingJson.Read(ref reader);
        }

        public static void Turns(ref JsonReader reader, List<DialogueTurn> turns, string file)
        {
            reader.Expect(JsonToken.StartArray);
            while (reader.Read() && reader.Token != JsonToken.EndArray)
            {
                if (reader.Token != JsonToken.StartObject)
                {
                    throw reader.Refuse(JsonError.WrongType, reader.Token.ToString(), "a turn");
                }

                CheckCount(turns.Count, NpcMemory.MaxTurns, reader.Path, file);
                turns.Add(Turn(ref reader, file));
            }
        }

        /// <summary>Reads the turn whose brace the reader stands at.</summary>
        public static DialogueTurn Turn(ref JsonReader reader, string file)
        {
            DialogueTurn? turn = null;
            string? action = null;
            string path = reader.Path;
            while (reader.ReadName())
            {
                string kind = reader.GetString();
                string text = Text(ref reader, NpcSave.MaxTurnLength, file);
                bool second = turn != null && kind != "action";
                switch (kind)
                {
                    case "player": turn = DialogueTurn.Player(Clean(text)); break;
                    case "cue": turn = DialogueTurn.Cue(Clean(text)); break;
                    case "npc": turn = DialogueTurn.Npc(Clean(text)); break;
                    case "action": action = text; break;
                    default: throw Unknown(kind, reader.Path, file);
                }

                if (second)
                {
                    throw new PrismFileException(SaveCodes.WrongValue, file, path, "a turn of two", "one of player, cue, npc");
                }
            }

            if (turn == null || (action != null && turn.Kind != TurnKind.Npc))
            {
                throw new PrismFileException(SaveCodes.Missing, file, path, "a turn of nobody", "one of player, cue, npc; an action of the npc alone");
            }

            return turn with { Action = action };
        }

        public static void Texts(ref JsonReader reader, List<string> texts, int most, int longest, string file)
        {
            reader.Expect(JsonToken.StartArray);
            while (reader.Read() && reader.Token != JsonToken.EndArray)
            {
                string text = reader.Token == JsonToken.String ? reader.GetString() : throw reader.Refuse(JsonError.WrongType, reader.Token.ToString(), "a string");
                CheckCount(texts.Count, most, reader.Path, file);
                texts.Add(text.Length <= longest ? text : throw TooLong(text.Length, longest, reader.Path, file));
            }
        }

        public static int[] Integers(ref JsonReader reader)
        {
            var values = new List<int>();
            reader.Expect(JsonToken.StartArray);
            while (reader.Read() && reader.Token != JsonToken.EndArray)
            {
                values.Add((int)reader.GetInteger(0, int.MaxValue));
            }

            return values.ToArray();
        }

        public static float[] Floats(ref JsonReader reader)
        {
            var values = new List<float>();
            reader.Expect(JsonToken.StartArray);
            while (reader.Read() && reader.Token != JsonToken.EndArray)
            {
                var value = (float)reader.GetDouble();
                values.Add(!float.IsInfinity(value) ? value : throw reader.Refuse(JsonError.OutOfRange, "a large number", "a number within single precision"));
            }

            return values.ToArray();
        }

        public static void CheckMembers(HashSet<string> seen, string[] needed, string path, string file)
        {
            foreach (string member in needed)
            {
                if (!seen.Contains(member))
                {
                    throw new PrismFileException(SaveCodes.Missing, file, path, "no " + member, "one", "The save is not whole.");
                }
            }
        }

        public static void CheckTokens(int[] tokens, int vocabulary, string path, string file)
        {
            int wrong = Array.FindIndex(tokens, token => token >= vocabulary);
            if (wrong >= 0)
            {
                throw new PrismFileException(
                    SaveCodes.UnknownToken, file, FormattableString.Invariant($"{path}[{wrong}]"), FormattableString.Invariant($"token {tokens[wrong]}"),
                    FormattableString.Invariant($"0 to {vocabulary - 1}"));
            }
        }

        public static void CheckDials(float[] dials, ModelConfig config, string path, string file)
        {
            if (dials.Length != 0 && dials.Length != config.Layers * config.Heads)
            {
                throw new PrismFileException(
                    SaveCodes.WrongValue, file, path, FormattableString.Invariant($"{dials.Length} head dials"), FormattableString.Invariant($"none or {config.Layers * config.Heads}"));
            }
        }

        public static PrismFileException Unknown(string member, string path, string file) =>
            new PrismFileException(SaveCodes.Unknown, file, path, SafeText.Quote(member), "a member of a save", "Saves are not edited by hand.");

        public static string CodeOf(JsonError error)
        {
            switch (error)
            {
                case JsonError.TooDeep: return SaveCodes.TooDeep;
                case JsonError.StringTooLong: return SaveCodes.TooLong;
                case JsonError.TooManyValues: return SaveCodes.TooMany;
                case JsonError.TooLarge: return SaveCodes.TooLarge;
                case JsonError.WrongType:
                case JsonError.InvalidNumber:
                case JsonError.NumberTooLong:
                case JsonError.OutOfRange: return SaveCodes.WrongValue;
                default: return SaveCodes.NotJson;
            }
        }

        private static string Clean(string text) => TextCleaner.OneLine(text.AsSpan());

        private static void CheckCount(int count, int most, string path, string file)
        {
            if (count == most)
            {
                throw new PrismFileException(SaveCodes.TooMany, file, path, FormattableString.Invariant($"more than {most}"), FormattableString.Invariant($"at most {most}"));
            }
        }

        private static PrismFileException TooLong(int length, int longest, string path, string file) => new PrismFileException(
            SaveCodes.TooLong, file, path, FormattableString.Invariant($"{length} characters"), FormattableString.Invariant($"at most {longest}"));
    }
}
