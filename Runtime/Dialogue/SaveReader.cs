using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Json;
using static PrismLM.Dialogue.SaveValues;

namespace PrismLM.Dialogue
{
    /// <summary>Reads a save that nobody vouches for. Nothing of an NPC is touched before all of it was read.</summary>
    internal static class SaveReader
    {
        private static readonly JsonLimits Limits = new JsonLimits { MaxBytes = NpcSave.MaxBytes, MaxDepth = 4, MaxStringBytes = 6 * NpcSave.MaxTurnLength, MaxNameBytes = 64 };
        private static readonly string[] Needed = { "model", "persona", "id", "draws", "exchanges", "history", "facts", "max_reply_tokens", "head_dials" };
        private static readonly string[] NeededOfReply =
        {
            "turn", "prompt", "tokens", "max_tokens", "draws", "sampling", "head_dials", "dropped_turns", "silent", "said", "pending", "sentence", "shown",
        };

        /// <param name="bytes">A save.</param>
        /// <param name="name">What errors call it.</param>
        /// <param name="modelHash">Of the model that is loaded: token ids of another one mean nothing here and are not checked.</param>
        /// <param name="config">Of the model that is loaded.</param>
        /// <exception cref="PrismFileException">PS119 to PS135, see Documentation~/saves.md.</exception>
        public static NpcSave Read(ReadOnlySpan<byte> bytes, string name, string modelHash, ModelConfig config)
        {
            SaveSeal.Check(bytes, name);
            NpcSave save;
            try
            {
                var reader = new JsonReader(bytes, Limits);
                save = Save(ref reader, name);
            }
            catch (JsonReadException error)
            {
                throw new PrismFileException(CodeOf(error.Error), name, error.Path, error.Found, error.Expected, string.Empty, error);
            }

            if (string.Equals(save.Model, modelHash, StringComparison.Ordinal))
            {
                CheckModel(save, name, config);
            }

            return save;
        }

        private static NpcSave Save(ref JsonReader reader, string name)
        {
            reader.Expect(JsonToken.StartObject);
            ReadVersion(ref reader, name);
            var save = new NpcSave();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.ReadName())
            {
                string member = reader.GetString();
                seen.Add(member);
                switch (member)
                {
                    case "model": save.Model = Text(ref reader, 64, name); break;
                    case "persona": save.Persona = Text(ref reader, NpcMemory.MaxTextLength, name); break;
                    case "id": save.Id = (uint)reader.ReadInteger(0, uint.MaxValue); break;
                    case "draws": save.Draws = (uint)reader.ReadInteger(0, uint.MaxValue); break;
                    case "exchanges": save.Exchanges = reader.ReadInteger(0, long.MaxValue); break;
                    case "history": Turns(ref reader, save.History, name); break;
                    case "facts": Texts(ref reader, save.Facts, NpcMemory.MaxFacts, NpcMemory.MaxTextLength, name); break;
                    case "sampling": save.Sampling = Sampling(ref reader); break;
                    case "max_reply_tokens": save.MaxReplyTokens = reader.ReadInt32(0, NpcSave.MaxTokens); break;
                    case "head_dials": save.HeadDials = Floats(ref reader); break;
                    case "reply": save.Reply = Reply(ref reader, name); break;
                    case "sha256": reader.ReadString(); break;
                    default: throw Unknown(member, reader.Path, name);
                }
            }

            reader.ReadEnd();
            CheckMembers(seen, Needed, "$", name);
            return save;
        }

        /// <summary>The first member, so that a newer save is called newer whatever else it has.</summary>
        private static void ReadVersion(ref JsonReader reader, string name)
        {
            if (!reader.ReadName() || !reader.ValueEquals("prism_save"))
            {
                throw new PrismFileException(SaveCodes.NotJson, name, reader.Path, "another first member", "prism_save, the version", "Is it a save of an NPC?");
            }

            int version = reader.ReadInt32(0, int.MaxValue);
            if (version != NpcSave.Version)
            {
                throw new PrismFileException(
                    version > NpcSave.Version ? SaveCodes.Newer : SaveCodes.UnknownVersion, name, reader.Path, FormattableString.Invariant($"version {version}"),
                    FormattableString.Invariant($"version {NpcSave.Version}"), version > NpcSave.Version ? "Update Prism." : "No such version was ever written.");
            }
        }

        private static ReplySave Reply(ref JsonReader reader, string name)
        {
            reader.Expect(JsonToken.StartObject);
            var reply = new ReplySave();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.ReadName())
            {
                string member = reader.GetString();
                seen.Add(member);
                switch (member)
                {
                    case "turn": reader.Expect(JsonToken.StartObject); reply.Turn = Turn(ref reader, name); break;
                    case "prompt": reply.Prompt = Integers(ref reader); break;
                    case "tokens": reply.Tokens = Integers(ref reader); break;
                    case "max_tokens": reply.MaxTokens = reader.ReadInt32(1, NpcSave.MaxTokens); break;
                    case "draws": reply.Draws = (uint)reader.ReadInteger(0, uint.MaxValue); break;
                    case "sampling": reply.Sampling = Sampling(ref reader); break;
                    case "head_dials": reply.HeadDials = Floats(ref reader); break;
                    case "dropped_turns": reply.DroppedTurns = reader.ReadInt32(0, int.MaxValue); break;
                    case "silent": reply.IsSilent = reader.ReadBoolean(); break;
                    case "lines": Texts(ref reader, reply.Lines = new List<string>(), TokenConstraint.MaxLines, NpcSave.MaxTurnLength, name); break;
                    case "said": reply.Said = Text(ref reader, NpcSave.MaxTurnLength, name); break;
                    case "pending": reply.Pending = reader.ReadInt32(0, NpcSave.MaxBytes); break;
                    case "sentence": reply.Sentence = reader.ReadInt32(0, NpcSave.MaxBytes); break;
                    case "shown": reply.Shown = reader.ReadInt32(-1, int.MaxValue); break;
                    default: throw Unknown(member, reader.Path, name);
                }
            }

            CheckMembers(seen, NeededOfReply, "$.reply", name);
            if (reply.Tokens.Length >= reply.MaxTokens || reply.Prompt.Length == 0)
            {
                throw new PrismFileException(
                    SaveCodes.WrongValue, name, "$.reply.tokens", FormattableString.Invariant($"{reply.Prompt.Length} tokens of prompt and {reply.Tokens.Length} of reply"),
                    FormattableString.Invariant($"a prompt, and fewer than {reply.MaxTokens} of reply"), "The reply would have ended before.");
            }

            return reply;
        }

        private static void CheckModel(NpcSave save, string name, ModelConfig config)
        {
            CheckDials(save.HeadDials, config, "$.head_dials", name);
            if (save.Reply != null)
            {
                CheckDials(save.Reply.HeadDials, config, "$.reply.head_dials", name);
                CheckTokens(save.Reply.Prompt, config.Vocabulary, "$.reply.prompt", name);
                CheckTokens(save.Reply.Tokens, config.Vocabulary, "$.reply.tokens", name);
            }
        }
    }
}
