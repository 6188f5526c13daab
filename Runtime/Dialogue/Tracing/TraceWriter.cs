using System.Collections.Generic;
using PrismLM.Core.Json;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>A trace as JSON: the members of <see cref="TraceReader"/>, all of them, in this order.</summary>
    internal static class TraceWriter
    {
        /// <summary>Longest text of a trace, in characters; a longer one is cut.</summary>
        public const int MaxText = 64 * 1024;

        public static byte[] Write(ReplyTrace trace)
        {
            var json = new JsonWriter();
            json.StartObject().Name("prism_trace").Number(ReplyTrace.Version).Name("npc").String(Valid(trace.Npc))
                .Name("model").String(Valid(trace.ModelName)).Name("sha256").String(trace.ModelHash).Name("backend").String(Valid(trace.Backend));
            Sections(json.Name("prompt"), trace.Prompt);
            Sections(json.Name("dropped"), trace.Dropped);
            Rules(json, trace.Rules);
            Outcome(json, trace.Outcome);
            return json.EndObject().ToBytes();
        }

        private static void Sections(JsonWriter json, IReadOnlyList<TraceSection> sections)
        {
            json.StartArray();
            foreach (TraceSection section in sections)
            {
                json.StartObject().Name("kind").String(TraceNames.Of(section.Kind)).Name("text").String(Valid(section.Text));
                Integers(json, "tokens", section.Tokens);
                json.EndObject();
            }

            json.EndArray();
        }

        private static void Rules(JsonWriter json, TraceRules rules)
        {
            SamplingJson.Write(json.Name("sampling"), rules.Sampling);
            json.Name("max_tokens").Number(rules.Limit).Name("draws").Number(rules.Draws).Name("id").Number(rules.Npc);
            SaveWriter.Floats(json, "head_dials", rules.HeadDials);
            json.Name("choice").Boolean(rules.IsChoice);
            SaveWriter.Texts(json, "lines", rules.Lines, MaxText);
            json.Name("banned").String(rules.Banned);
        }

        private static void Outcome(JsonWriter json, TraceOutcome outcome)
        {
            Integers(json, "tokens", outcome.Tokens);
            json.Name("restored").Number(outcome.Restored).Name("reason").String(outcome.Reason?.ToString() ?? TraceNames.Unfinished)
                .Name("text").String(Valid(outcome.Text)).Name("action").String(Valid(outcome.Action ?? string.Empty)).Name("code").String(outcome.Code ?? string.Empty);
        }

        private static void Integers(JsonWriter json, string name, IReadOnlyList<int> values)
        {
            json.Name(name).StartArray();
            foreach (int value in values)
            {
                json.Number(value);
            }

            json.EndArray();
        }

        private static string Valid(string text) => SaveWriter.Valid(text, MaxText);
    }
}
