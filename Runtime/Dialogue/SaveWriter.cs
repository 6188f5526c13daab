using System;
using System.Collections.Generic;
using System.Text;
using PrismLM.Core.Json;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>A save as bytes: one JSON object on one line, so that no editor or transfer changes its line ends, with its seal.</summary>
    internal static class SaveWriter
    {
        public static byte[] Write(NpcSave save)
        {
            while (true)
            {
                byte[] bytes = SaveSeal.Add(Body(save));
                if (bytes.Length <= NpcSave.MaxBytes || save.History.Count < 2)
                {
                    return bytes;
                }

                // Lines of extraordinary length: the oldest leave, as they do from the memory.
                save.History.RemoveRange(0, 2 * ((save.History.Count / 2 + 1) / 2));
            }
        }

        public static void Integers(JsonWriter json, string name, int[] values)
        {
            json.Name(name).StartArray();
            foreach (int value in values)
            {
                json.Number(value);
            }

            json.EndArray();
        }

        public static void Floats(JsonWriter json, string name, float[] values)
        {
            json.Name(name).StartArray();
            foreach (float value in values)
            {
                json.Number(value);
            }

            json.EndArray();
        }

        public static void Texts(JsonWriter json, string name, IReadOnlyList<string> texts, int longest)
        {
            json.Name(name).StartArray();
            foreach (string text in texts)
            {
                json.String(Valid(text, longest));
            }

            json.EndArray();
        }

        /// <summary>JSON has no form for half a surrogate pair.</summary>
        public static string Valid(string text, int longest)
        {
            int length = ReplyText.Whole(text.AsSpan(), longest);
            var valid = new StringBuilder(text, 0, length, Math.Max(length, 1));
            for (int i = 0; i < length; i++)
            {
                if (char.IsHighSurrogate(valid[i]) && i + 1 < length && char.IsLowSurrogate(valid[i + 1]))
                {
                    i++;
                }
                else if (char.IsSurrogate(valid[i]))
                {
                    valid[i] = '\uFFFD';
                }
            }

            return valid.ToString();
        }

        public static void Turn(JsonWriter json, DialogueTurn turn)
        {
            json.StartObject().Name(turn.Kind == TurnKind.Player ? "player" : turn.Kind == TurnKind.Cue ? "cue" : "npc").String(Valid(turn.Text, NpcSave.MaxTurnLength));
            if (turn.Action != null)
            {
                json.Name("action").String(Valid(turn.Action, NpcMemory.MaxTextLength));
            }

            json.EndObject();
        }

        private static byte[] Body(NpcSave save)
        {
            var json = new JsonWriter();
            json.StartObject().Name("prism_save").Number(NpcSave.Version).Name("model").String(save.Model)
                .Name("persona").String(Valid(save.Persona, NpcMemory.MaxTextLength)).Name("id").Number(save.Id).Name("draws").Number(save.Draws)
                .Name("exchanges").Number(save.Exchanges).Name("history").StartArray();
            foreach (DialogueTurn turn in save.History)
            {
                Turn(json, turn);
            }

            json.EndArray();
            Texts(json, "facts", save.Facts, NpcMemory.MaxTextLength);
            if (save.Sampling != null)
            {
                SamplingJson.Write(json.Name("sampling"), save.Sampling);
            }

            json.Name("max_reply_tokens").Number(save.MaxReplyTokens);
            Floats(json, "head_dials", save.HeadDials);
            if (save.Reply != null)
            {
                Reply(json, save.Reply);
            }

            return json.EndObject().ToBytes();
        }

        private static void Reply(JsonWriter json, ReplySave reply)
        {
            Turn(json.Name("reply").StartObject().Name("turn"), reply.Turn);
            Integers(json, "prompt", reply.Prompt);
            Integers(json, "tokens", reply.Tokens);
            SamplingJson.Write(json.Name("max_tokens").Number(reply.MaxTokens).Name("draws").Number(reply.Draws).Name("sampling"), reply.Sampling);
            Floats(json, "head_dials", reply.HeadDials);
            json.Name("dropped_turns").Number(reply.DroppedTurns).Name("silent").Boolean(reply.IsSilent);
            if (reply.Lines != null)
            {
                Texts(json, "lines", reply.Lines, NpcSave.MaxTurnLength);
            }

            json.Name("said").String(Valid(reply.Said, NpcSave.MaxTurnLength)).Name("pending").Number(reply.Pending)
                .Name("sentence").Number(reply.Sentence).Name("shown").Number(reply.Shown).EndObject();
        }
    }
}
