using System;
using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>Byte-level BPE from and to the form of a <c>tokenizer.json</c>.</summary>
    internal static class BpeTokenizerJson
    {
        internal static BpeTokenizer Build(TokenizerJsonFile file)
        {
            if (!file.ByteLevelPreTokenizer)
            {
                throw TokenizerError.Create(
                    TokenizerError.PreTokenizer, "$.pre_tokenizer", "null", "ByteLevel", "This is no byte-level tokenizer; import it with its checkpoint.");
            }
            if (!file.ByteLevelDecoder || file.SpacePrefixNormalizer || file.ByteFallback)
            {
                throw TokenizerError.Create(
                    TokenizerError.Component, "$.decoder", "a byte-level pre-tokenizer without its decoder, or with byte fallback or a normalizer",
                    "decoder ByteLevel, normalizer null", "Export the tokenizer again.");
            }
            TokenizerVocabulary vocabulary = TokenizerVocabulary.Create(file);
            var tokens = new byte[vocabulary.Count][];
            int[] byteIds = new int[256];
            byteIds.AsSpan().Fill(-1);
            for (int id = 0; id < tokens.Length; id++)
            {
                tokens[id] = vocabulary.IsSpecial(id) ? Array.Empty<byte>() : TokenOf(vocabulary.Spelling(id), id);
                if (tokens[id].Length == 1)
                {
                    byteIds[tokens[id][0]] = id;
                }
            }
            int missing = Array.IndexOf(byteIds, -1);
            if (missing >= 0)
            {
                throw TokenizerError.Create(
                    TokenizerError.Token, "$.model.vocab", FormattableString.Invariant($"no token for byte 0x{missing:X2}"),
                    "a token for each of the 256 bytes", "Train the tokenizer with the whole byte alphabet.");
            }
            var table = new MergeTable(file.Merges.Count);
            Merge[] merges = MergesOf(file, vocabulary, table);
            return new BpeTokenizer(new TokenTable(tokens, file.Specials), merges, table, byteIds);
        }

        internal static byte[] Write(BpeTokenizer tokenizer)
        {
            TokenTable tokens = tokenizer.Tokens;
            string Spelling(int id) => tokens.SpecialName(id) ?? ByteAlphabet.Spell(tokens.Bytes(id));

            var json = new JsonWriter();
            json.StartObject().Name("version").String("1.0").Name("truncation").Null().Name("padding").Null();
            TokenizerJsonParts.WriteAddedTokens(json, tokens);
            json.Name("normalizer").Null();
            WriteByteLevel(json, "pre_tokenizer");
            json.Name("post_processor").Null();
            WriteByteLevel(json, "decoder");
            TokenizerJsonParts.StartModel(json, byteFallback: false, unknown: null);
            json.Name("vocab").StartObject();
            for (int id = 0; id < tokens.Count; id++)
            {
                json.Name(Spelling(id)).Number(id);
            }
            json.EndObject().Name("merges").StartArray();
            foreach (Merge merge in tokenizer.Merges)
            {
                json.String(Spelling(merge.Left) + " " + Spelling(merge.Right));
            }
            return json.EndArray().EndObject().EndObject().ToBytes();
        }

        private static void WriteByteLevel(JsonWriter json, string name)
        {
            json.Name(name).StartObject().Name("type").String("ByteLevel").Name("add_prefix_space").Boolean(false).Name("trim_offsets").Boolean(true)
                .Name("use_regex").Boolean(true).EndObject();
        }

        private static byte[] TokenOf(string spelling, int id)
        {
            if (!ByteAlphabet.TryRead(spelling, out byte[] bytes))
            {
                throw TokenizerError.Create(
                    TokenizerError.Token, "$.model.vocab", FormattableString.Invariant($"token {id} {SafeText.Quote(spelling)}"),
                    "characters of the byte-level alphabet", "A special token must also stand in added_tokens.");
            }
            TokenizerVocabulary.CheckLength(bytes.Length, spelling, id);
            return bytes;
        }

        private static Merge[] MergesOf(TokenizerJsonFile file, TokenizerVocabulary vocabulary, MergeTable table)
        {
            var merges = new Merge[file.Merges.Count];
            for (int rank = 0; rank < merges.Length; rank++)
            {
                merges[rank] = vocabulary.MergeOf(file.Merges[rank], rank);
                if (!table.TryAdd(merges[rank]))
                {
                    throw TokenizerVocabulary.BadMerge(file.Merges[rank], rank, "a second rule for the same pair", "each pair once");
                }
            }
            return merges;
        }
    }
}
