using System;
using PrismLM.Core.Generation;
using PrismLM.Core.Json;

namespace PrismLM.Dialogue
{
    /// <summary>Sampling options in saves and traces: the names of the persona file, every one of them, so that a later default changes nothing.</summary>
    internal static class SamplingJson
    {
        private const int Members = 7;

        public static void Write(JsonWriter json, SamplingOptions options)
        {
            json.StartObject()
                .Name("temperature").Number(options.Temperature)
                .Name("top_k").Number(options.TopK)
                .Name("top_p").Number(options.TopP)
                .Name("min_p").Number(options.MinP)
                .Name("repetition_penalty").Number(options.RepetitionPenalty)
                .Name("repetition_window").Number(options.RepetitionWindow)
                .Name("seed").Number(options.Seed)
                .EndObject();
        }

        /// <summary>Reads the object that the reader stands at.</summary>
        public static SamplingOptions Read(ref JsonReader reader)
        {
            var options = new SamplingOptions();
            int members = 0;
            while (reader.ReadName())
            {
                string name = reader.GetString();
                members++;
                switch (name)
                {
                    case "temperature": options = options with { Temperature = (float)reader.ReadDouble() }; break;
                    case "top_k": options = options with { TopK = reader.ReadInt32(0, int.MaxValue) }; break;
                    case "top_p": options = options with { TopP = (float)reader.ReadDouble() }; break;
                    case "min_p": options = options with { MinP = (float)reader.ReadDouble() }; break;
                    case "repetition_penalty": options = options with { RepetitionPenalty = (float)reader.ReadDouble() }; break;
                    case "repetition_window": options = options with { RepetitionWindow = reader.ReadInt32(0, 64) }; break;
                    case "seed": options = options with { Seed = (uint)reader.ReadInteger(0, uint.MaxValue) }; break;
                    default: throw reader.Refuse(JsonError.WrongType, SafeText.Quote(name), "an option of sampling");
                }
            }

            if (members != Members)
            {
                throw reader.Refuse(JsonError.WrongType, "an option is missing", "all options of sampling");
            }

            try
            {
                options.Validate();
            }
            catch (ArgumentOutOfRangeException error)
            {
                throw reader.Refuse(JsonError.OutOfRange, error.ParamName ?? string.Empty, "a value within its range");
            }

            return options;
        }
    }
}
