using System;
using System.Globalization;
using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>SentencePiece BPE from and to the form of a Llama <c>tokenizer.json</c>.</summary>
    internal static class SentencePieceJson
    {
        private const char SpaceMark = '\u2581';

        internal static SentencePieceTokenizer Build(TokenizerJsonFile file)
        {
            if (!file.ByteFallback || !file.SpacePrefixNormalizer || !file.SpacePrefixDecoder || file.ByteLevelPreTokenizer)
            {
                throw TokenizerError.Create(
                    TokenizerError.Component, "$.normalizer", "a tokenizer that is neither byte-level nor Llama's",
                    "byte_fallback with Llama's normalizer and decoder", "Export the tokenizer again.");
            }
            TokenizerVocabulary vocabulary = TokenizerVocabulary.Create(file);
            int[] byteIds = ByteTokens(vocabulary);
            var pieces = new string[vocabulary.Count];
            for (int id = 0; id < pieces.Length; id++)
            {
                pieces[id] = vocabulary.IsSpecial(id) ? vocabulary.Spelling(id) : vocabulary.Spelling(id).Replace(SpaceMark, ' ');
                TokenizerVocabulary.CheckLength(System.Text.Encoding.UTF8.GetByteCount(pieces[id]), pieces[id], id);
            }
            RefuseTwins(vocabulary, pieces);
            var model = new SentencePieceModel(pieces, file.Specials, byteIds, file.Merges.Count);
            for (int rank = 0; rank < file.Merges.Count; rank++)
            {
                Merge merge = vocabulary.MergeOf(file.Merges[rank], rank);
                if (model.IsByte(merge.Left) || model.IsByte(merge.Right) || model.IsByte(merge.Result))
                {
                    throw TokenizerVocabulary.BadMerge(file.Merges[rank], rank, "a byte token", "pieces of text");
                }
                if (!model.TryAddMerge(merge))
                {
                    throw TokenizerVocabulary.BadMerge(file.Merges[rank], rank, "a second rule for the same pair", "each pair once");
                }
            }
            return new SentencePieceTokenizer(model);
        }

        internal static byte[] Write(SentencePieceModel model)
        {
            string Spelling(int id) => model.Tokens.SpecialName(id) ?? (model.IsByte(id) ? ByteName(model.Tokens.Bytes(id)[0]) : model.Piece(id).Replace(' ', SpaceMark));

            var json = new JsonWriter();
            json.StartObject().Name("version").String("1.0").Name("truncation").Null().Name("padding").Null();
            TokenizerJsonParts.WriteAddedTokens(json, model.Tokens);
            json.Name("normalizer").StartObject().Name("type").String("Sequence").Name("normalizers").StartArray();
            json.StartObject().Name("type").String("Prepend").Name("prepend").String(SpaceMark.ToString()).EndObject();
            WriteReplace(json, " ", SpaceMark.ToString());
            json.EndArray().EndObject().Name("pre_tokenizer").Null().Name("post_processor").Null();
            json.Name("decoder").StartObject().Name("type").String("Sequence").Name("decoders").StartArray();
            WriteReplace(json, SpaceMark.ToString(), " ");
            json.StartObject().Name("type").String("ByteFallback").EndObject();
            json.StartObject().Name("type").String("Fuse").EndObject();
            json.StartObject().Name("type").String("Strip").Name("content").String(" ").Name("start").Number(1).Name("stop").Number(0).EndObject();
            json.EndArray().EndObject();
            TokenizerJsonParts.StartModel(json, byteFallback: true, unknown: model.Tokens.TryGetSpecial("<unk>", out _) ? "<unk>" : null);
            json.Name("vocab").StartObject();
            for (int id = 0; id < model.Tokens.Count; id++)
            {
                json.Name(Spelling(id)).Number(id);
            }
            json.EndObject().Name("merges").StartArray();
            foreach (Merge merge in model.Merges)
            {
                json.String(Spelling(merge.Left) + " " + Spelling(merge.Right));
            }
            return json.EndArray().EndObject().EndObject().ToBytes();
        }

        internal static string ByteName(int value) => "<0x" + value.ToString("X2", CultureInfo.InvariantCulture) + ">";

        private static void WriteReplace(JsonWriter json, string pattern, string content)
        {
            json.StartObject().Name("type").String("Replace").Name("pattern").StartObject().Name("String").String(pattern).EndObject()
                .Name("content").String(content).EndObject();
        }

        private static int[] ByteTokens(TokenizerVocabulary vocabulary)
        {
            int[] byteIds = new int[256];
            for (int value = 0; value < 256; value++)
            {
                if (!vocabulary.TryFind(ByteName(value), out byteIds[value]))
                {
                    throw TokenizerError.Create(
                        TokenizerError.Token, "$.model.vocab", "no token " + SafeText.Show(ByteName(value)), "a token for each of the 256 bytes",
                        "Byte fallback needs the whole table.");
                }
            }
            return byteIds;
        }

        /// <summary>Two spellings of one piece (with a space and with U+2581) would be one text with two ids.</summary>
        private static void RefuseTwins(TokenizerVocabulary vocabulary, string[] pieces)
        {
            for (int id = 0; id < pieces.Length; id++)
            {
                if (!vocabulary.IsSpecial(id) && vocabulary.Spelling(id).IndexOf(' ') >= 0)
                {
                    throw TokenizerError.Create(
                        TokenizerError.Token, "$.model.vocab", FormattableString.Invariant($"token {id} {SafeText.Quote(pieces[id])} with a space"),
                        "U+2581 for every space", "Export the tokenizer again.");
                }
            }
        }
    }
}
