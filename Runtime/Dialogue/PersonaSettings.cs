using System;
using System.Collections.Generic;
using System.Globalization;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Json;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>The members of a persona file that the model is not told: how the NPC talks.</summary>
    internal sealed class PersonaSettings
    {
        public const int MaxTokens = 1 << 20;

        private const string LanguageKey = "language", SamplingKey = "sampling", BudgetKey = "context_budget", ReplyKey = "max_reply_tokens", FallbackKey = "fallback_lines", BannedKey = "banned";

        private string? _language;
        private SamplingOptions? _sampling;
        private int _budget;
        private int _reply;
        private IReadOnlyList<string> _fallback = Array.Empty<string>();
        private string _banned = string.Empty;

        /// <summary>Names of the members, in the order of the schema.</summary>
        public static IReadOnlyList<string> Keys { get; } = new[] { LanguageKey, SamplingKey, BudgetKey, ReplyKey, FallbackKey, BannedKey };

        /// <summary>Names of the members of sampling.</summary>
        public static IReadOnlyList<string> SamplingKeys { get; } = new[] { "temperature", "top_k", "top_p", "min_p", "repetition_penalty", "repetition_window", "seed" };

        /// <summary>Reads the value of a member; false when there is no such member.</summary>
        public bool TryRead(ref JsonReader reader, string name, string file)
        {
            switch (name)
            {
                case "$schema":
                    // For the designer's text editor.
                    reader.ReadString();
                    return true;
                case LanguageKey:
                    _language = Language(reader.ReadString(), reader.Path, file);
                    return true;
                case SamplingKey:
                    _sampling = Sampling(ref reader, file);
                    return true;
                case BudgetKey:
                    _budget = reader.ReadInt32(16, MaxTokens);
                    return true;
                case ReplyKey:
                    _reply = reader.ReadInt32(1, MaxTokens);
                    return true;
                case FallbackKey:
                    _fallback = Lines(PersonaFile.ReadTexts(ref reader, file), file);
                    return true;
                case BannedKey:
                    _banned = Banned(reader.ReadString(), reader.Path, file);
                    return true;
                default:
                    return false;
            }
        }

        public NpcPersona Apply(PersonaFacts facts) => new NpcPersona(facts)
        {
            Language = _language,
            Sampling = _sampling,
            ContextBudget = _budget,
            MaxReplyTokens = _reply,
            FallbackLines = _fallback,
            Banned = _banned,
        };

        private static SamplingOptions Sampling(ref JsonReader reader, string file)
        {
            SamplingOptions options = Npc.DefaultSampling;
            reader.Expect(JsonToken.StartObject);
            string path = reader.Path;
            while (reader.ReadName())
            {
                string name = reader.GetString();
                switch (name)
                {
                    case "temperature": options = options with { Temperature = (float)reader.ReadDouble() }; break;
                    case "top_k": options = options with { TopK = reader.ReadInt32(0, MaxTokens) }; break;
                    case "top_p": options = options with { TopP = (float)reader.ReadDouble() }; break;
                    case "min_p": options = options with { MinP = (float)reader.ReadDouble() }; break;
                    case "repetition_penalty": options = options with { RepetitionPenalty = (float)reader.ReadDouble() }; break;
                    case "repetition_window": options = options with { RepetitionWindow = reader.ReadInt32(0, 64) }; break;
                    case "seed": options = options with { Seed = (uint)reader.ReadInteger(0, uint.MaxValue) }; break;
                    default:
                        throw new PrismFileException("PN004", file, reader.Path, SafeText.Quote(name), "one of " + string.Join(", ", SamplingKeys), "Sampling has no other option.");
                }
            }

            try
            {
                options.Validate();
            }
            catch (ArgumentOutOfRangeException error)
            {
                string found = Convert.ToString(error.ActualValue, CultureInfo.InvariantCulture) ?? string.Empty;
                throw new PrismFileException("PN005", file, path, error.ParamName + " " + found, "a value within its range", error.Message, error);
            }

            return options;
        }

        private static string Language(string tag, string path, string file)
        {
            bool right = tag.Length >= 2 && tag.Length <= 35 && char.IsLetter(tag[0]);
            foreach (char c in tag)
            {
                right &= (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            }

            return right ? tag : throw new PrismFileException("PN005", file, path, SafeText.Quote(tag), "a BCP 47 language tag", "Write en, de or pt-BR.");
        }

        private static string Banned(string characters, string path, string file) => NpcPersona.IsBannable(characters)
            ? characters
            : throw new PrismFileException(
                "PN005", file, path, SafeText.Quote(characters), "at most " + NpcPersona.MaxBanned.ToString(CultureInfo.InvariantCulture) + " whole characters", "Write them one after the other: \"*<[\".");

        private static List<string> Lines(List<string> lines, string file)
        {
            foreach (string line in lines)
            {
                if (string.IsNullOrWhiteSpace(line))
                {
                    throw new PrismFileException("PN005", file, "$." + FallbackKey, "an empty line", "something to say", "Leave the entry out.");
                }
            }

            return lines;
        }
    }
}
