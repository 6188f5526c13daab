using System;
using System.Collections.Generic;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Json;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>Reads a trace that nobody vouches for. What it says about a model is compared with the model only when it is replayed.</summary>
    internal static class TraceReader
    {
        private static readonly JsonLimits Limits = new JsonLimits { MaxBytes = ReplyTrace.MaxBytes, MaxDepth = 5, MaxStringBytes = 6 * TraceWriter.MaxText, MaxNameBytes = 64, AllowByteOrderMark = true };
        private static readonly string[] Members =
        {
            "npc", "model", "sha256", "backend", "prompt", "dropped", "sampling", "max_tokens", "draws", "id", "head_dials", "choice", "lines", "banned",
            "tokens", "restored", "reason", "text", "action", "code",
        };

        public static ReplyTrace Read(Stream stream, string name)
        {
            byte[] bytes = SmallFile.Read(stream, ReplyTrace.MaxBytes, out int length);
            return Read(bytes.AsSpan(0, length), name);
        }

        public static ReplyTrace Read(ReadOnlySpan<byte> json, string name)
        {
            try
            {
                var reader = new JsonReader(json, Limits);
                return Trace(ref reader, name);
            }
            catch (JsonReadException error)
            {
                throw new PrismFileException(TraceCodes.Of(error.Error), name, FormattableString.Invariant($"byte {error.Offset}, {error.Path}"), error.Found, error.Expected, "Is it a trace that prism or a game saved?", error);
            }
        }

        private static ReplyTrace Trace(ref JsonReader reader, string name)
        {
            reader.Expect(JsonToken.StartObject);
            ReadVersion(ref reader, name);
            string npc = string.Empty, model = string.Empty, hash = string.Empty, backend = string.Empty;
            var prompt = new List<TraceSection>();
            var dropped = new List<TraceSection>();
            var rules = new TraceRules();
            var outcome = new TraceOutcome();
            var missing = new List<string>(Members);
            while (reader.ReadName())
            {
                string member = reader.GetString();
                missing.Remove(member);
                switch (member)
                {
                    case "npc": npc = reader.ReadString(); break;
                    case "model": model = reader.ReadString(); break;
                    case "sha256": hash = reader.ReadString(); break;
                    case "backend": backend = reader.ReadString(); break;
                    case "prompt": Sections(ref reader, prompt, name); break;
                    case "dropped": Sections(ref reader, dropped, name); break;
                    case "sampling": rules.Sampling = SaveValues.Sampling(ref reader); break;
                    case "max_tokens": rules.Limit = reader.ReadInt32(1, NpcSave.MaxTokens); break;
                    case "draws": rules.Draws = (uint)reader.ReadInteger(0, uint.MaxValue); break;
                    case "id": rules.Npc = (uint)reader.ReadInteger(0, uint.MaxValue); break;
                    case "head_dials": rules.HeadDials = SaveValues.Floats(ref reader); break;
                    case "choice": rules.IsChoice = reader.ReadBoolean(); break;
                    case "lines": rules.Lines = Lines(ref reader); break;
                    case "banned": rules.Banned = Banned(ref reader); break;
                    case "tokens": outcome.Tokens = SaveValues.Integers(ref reader); break;
                    case "restored": outcome.Restored = reader.ReadInt32(0, NpcSave.MaxTokens); break;
                    case "reason": outcome.Reason = Reason(ref reader); break;
                    case "text": outcome.Text = reader.ReadString(); break;
                    case "action": outcome.Action = OrNull(reader.ReadString()); break;
                    case "code": outcome.Code = OrNull(reader.ReadString()); break;
                    default: throw Unknown(member, reader.Path, name);
                }
            }

            reader.ReadEnd();
            Check(missing, prompt, rules, outcome, name);
            return new ReplyTrace(new TraceOrigin(npc, model, hash, backend), prompt, dropped, rules, outcome);
        }

        /// <summary>The first member, so that a newer trace is called newer whatever else it has.</summary>
        private static void ReadVersion(ref JsonReader reader, string name)
        {
            if (!reader.ReadName() || !reader.ValueEquals("prism_trace"))
            {
                throw new PrismFileException(TraceCodes.NotATrace, name, reader.Path, "another first member", "prism_trace, the version", "Is it a trace that prism or a game saved?");
            }

            int version = reader.ReadInt32(0, int.MaxValue);
            if (version != ReplyTrace.Version)
            {
                throw new PrismFileException(
                    TraceCodes.OtherVersion, name, reader.Path, FormattableString.Invariant($"version {version}"), FormattableString.Invariant($"version {ReplyTrace.Version}"),
                    version > ReplyTrace.Version ? "Update Prism." : "No such version was ever written.");
            }
        }

        private static void Check(List<string> missing, List<TraceSection> prompt, TraceRules rules, TraceOutcome outcome, string name)
        {
            if (missing.Count > 0)
            {
                throw new PrismFileException(TraceCodes.Missing, name, "$", "no " + string.Join(", ", missing), "all members of a trace", "The trace is not whole.");
            }

            if (prompt.Count == 0 || outcome.Restored > outcome.Tokens.Length || outcome.Tokens.Length - outcome.Restored > rules.Limit)
            {
                throw new PrismFileException(
                    TraceCodes.WrongValue, name, "$.tokens", FormattableString.Invariant($"{prompt.Count} sections of prompt, {outcome.Tokens.Length} tokens, {outcome.Restored} of them restored"),
                    FormattableString.Invariant($"a prompt, and at most {rules.Limit} tokens more than were restored"), "Traces are not edited by hand.");
            }
        }

        private static void Sections(ref JsonReader reader, List<TraceSection> sections, string name)
        {
            reader.Expect(JsonToken.StartArray);
            while (reader.Read() && reader.Token != JsonToken.EndArray)
            {
                if (reader.Token != JsonToken.StartObject)
                {
                    throw reader.Refuse(JsonError.WrongType, reader.Token.ToString(), "a section");
                }

                TraceSectionKind? kind = null;
                string text = string.Empty;
                int[] tokens = Array.Empty<int>();
                string path = reader.Path;
                while (reader.ReadName())
                {
                    string member = reader.GetString();
                    switch (member)
                    {
                        case "kind": kind = Kind(ref reader); break;
                        case "text": text = reader.ReadString(); break;
                        case "tokens": tokens = SaveValues.Integers(ref reader); break;
                        default: throw Unknown(member, reader.Path, name);
                    }
                }

                sections.Add(new TraceSection(kind ?? throw new PrismFileException(TraceCodes.Missing, name, path, "no kind", "a section with its kind"), text, tokens));
            }
        }

        private static TraceSectionKind Kind(ref JsonReader reader)
        {
            string kind = reader.ReadString();
            return TraceNames.TryKind(kind, out TraceSectionKind known) ? known : throw reader.Refuse(JsonError.OutOfRange, SafeText.Quote(kind), "one of " + string.Join(", ", Enum.GetNames(typeof(TraceSectionKind))));
        }

        private static FinishReason? Reason(ref JsonReader reader)
        {
            string name = reader.ReadString();
            return TraceNames.TryReason(name, out FinishReason? reason) ? reason : throw reader.Refuse(JsonError.OutOfRange, SafeText.Quote(name), "one of " + string.Join(", ", Enum.GetNames(typeof(FinishReason))));
        }

        private static List<string> Lines(ref JsonReader reader)
        {
            var lines = new List<string>();
            reader.Expect(JsonToken.StartArray);
            while (reader.Read() && reader.Token != JsonToken.EndArray)
            {
                string line = reader.Token == JsonToken.String ? reader.GetString() : throw reader.Refuse(JsonError.WrongType, reader.Token.ToString(), "a string");
                lines.Add(line.Length > 0 && lines.Count < TokenConstraint.MaxLines && !lines.Contains(line) ? line
                    : throw reader.Refuse(JsonError.OutOfRange, SafeText.Quote(line), FormattableString.Invariant($"at most {TokenConstraint.MaxLines} lines, no two alike, none empty")));
            }

            return lines;
        }

        private static string Banned(ref JsonReader reader)
        {
            string banned = reader.ReadString();
            return NpcPersona.IsBannable(banned) ? banned : throw reader.Refuse(JsonError.OutOfRange, SafeText.Quote(banned), FormattableString.Invariant($"at most {NpcPersona.MaxBanned} whole characters"));
        }

        private static string? OrNull(string text) => text.Length == 0 ? null : text;

        private static PrismFileException Unknown(string member, string path, string name) =>
            new PrismFileException(TraceCodes.Unknown, name, path, SafeText.Quote(member), "a member of a trace", "Traces are not edited by hand.");
    }
}
