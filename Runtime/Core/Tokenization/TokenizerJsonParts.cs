using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>The parts that every <c>tokenizer.json</c> has, written.</summary>
    internal static class TokenizerJsonParts
    {
        internal static void WriteAddedTokens(JsonWriter json, TokenTable tokens)
        {
            json.Name("added_tokens").StartArray();
            for (int id = 0; id < tokens.Count; id++)
            {
                string? name = tokens.SpecialName(id);
                if (name != null)
                {
                    json.StartObject().Name("id").Number(id).Name("content").String(name).Name("single_word").Boolean(false).Name("lstrip").Boolean(false)
                        .Name("rstrip").Boolean(false).Name("normalized").Boolean(false).Name("special").Boolean(true).EndObject();
                }
            }
            json.EndArray();
        }

        /// <summary>Opens the model; the caller writes vocab and merges and closes it.</summary>
        internal static void StartModel(JsonWriter json, bool byteFallback, string? unknown)
        {
            json.Name("model").StartObject().Name("type").String("BPE").Name("dropout").Null().Name("unk_token").String(unknown)
                .Name("continuing_subword_prefix").Null().Name("end_of_word_suffix").Null().Name("fuse_unk").Boolean(unknown != null)
                .Name("byte_fallback").Boolean(byteFallback).Name("ignore_merges").Boolean(false);
        }
    }
}
