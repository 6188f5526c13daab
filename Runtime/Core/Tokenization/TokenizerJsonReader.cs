using System;
using System.Collections.Generic;
using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>Reads the form of a <c>tokenizer.json</c>: its limits and its components, which are recognised by name and never run.</summary>
    internal static class TokenizerJsonReader
    {
        private static readonly JsonLimits Limits = new JsonLimits
        {
            MaxBytes = 64 << 20,
            MaxDepth = 12,
            MaxStringBytes = 1 << 13,
            MaxNameBytes = 1 << 12,
            MaxValues = 1 << 20,
        };

        internal static TokenizerJsonFile Read(ReadOnlySpan<byte> utf8)
        {
            try
            {
                var json = new JsonReader(utf8, Limits);
                var file = new TokenizerJsonFile();
                bool model = false;
                json.Expect(JsonToken.StartObject);
                while (json.ReadName())
                {
                    switch (json.GetString())
                    {
                        case "model":
                            ReadModel(ref json, file);
                            model = true;
                            break;
                        case "added_tokens":
                            ReadAddedTokens(ref json, file);
                            break;
                        case "normalizer":
                            TokenizerJsonComponents.ReadNormalizer(ref json, file);
                            break;
                        case "pre_tokenizer":
                            TokenizerJsonComponents.ReadPreTokenizer(ref json, file);
                            break;
                        case "post_processor":
                            TokenizerJsonComponents.ReadPostProcessor(ref json);
                            break;
                        case "decoder":
                            TokenizerJsonComponents.ReadDecoder(ref json, file);
                            break;
                        default:
                            // "version", "truncation" and "padding" say nothing about ids.
                            json.Skip();
                            break;
                    }
                }
                json.ReadEnd();
                if (!model)
                {
                    throw TokenizerError.Create(TokenizerError.Form, "$.model", "nothing", "a model of type BPE", "Export the tokenizer again.");
                }
                return file;
            }
            catch (JsonReadException error)
            {
                throw TokenizerError.Create(error);
            }
        }

        private static void ReadModel(ref JsonReader json, TokenizerJsonFile file)
        {
            bool vocabulary = false;
            bool merges = false;
            json.Expect(JsonToken.StartObject);
            while (json.ReadName())
            {
                string name = json.GetString();
                switch (name)
                {
                    case "type":
                        string type = json.ReadString();
                        if (type != "BPE")
                        {
                            throw Unsupported("$.model.type", SafeText.Quote(type), "\"BPE\"");
                        }
                        break;
                    case "vocab":
                        ReadVocabulary(ref json, file);
                        vocabulary = true;
                        break;
                    case "merges":
                        ReadMerges(ref json, file);
                        merges = true;
                        break;
                    case "byte_fallback":
                        file.ByteFallback = json.ReadBoolean();
                        break;
                    case "ignore_merges":
                    case "dropout":
                    case "continuing_subword_prefix":
                    case "end_of_word_suffix":
                        RequireOff(ref json, name);
                        break;
                    default:
                        // "unk_token" and "fuse_unk": with all 256 bytes in the vocabulary nothing is unknown.
                        json.Skip();
                        break;
                }
            }
            if (!vocabulary || !merges)
            {
                throw TokenizerError.Create(
                    TokenizerError.Form, "$.model", vocabulary ? "no merges" : "no vocab", "\"vocab\" and \"merges\"", "Export the tokenizer again.");
            }
        }

        private static void ReadVocabulary(ref JsonReader json, TokenizerJsonFile file)
        {
            json.Expect(JsonToken.StartObject);
            while (json.ReadName())
            {
                if (file.Vocabulary.Count == BpeTokenizer.MaxVocabularySize)
                {
                    throw TooManyTokens("$.model.vocab");
                }
                string token = json.GetString();
                json.Expect(JsonToken.Number);
                file.Vocabulary.Add(new KeyValuePair<string, int>(token, CheckedId(ref json)));
            }
        }

        private static void ReadMerges(ref JsonReader json, TokenizerJsonFile file)
        {
            json.Expect(JsonToken.StartArray);
            while (json.Read() && json.Token != JsonToken.EndArray)
            {
                if (file.Merges.Count == BpeTokenizer.MaxMerges)
                {
                    throw TokenizerError.Create(
                        TokenizerError.Merges,
                        "$.model.merges",
                        FormattableString.Invariant($"more than {BpeTokenizer.MaxMerges} merges"),
                        FormattableString.Invariant($"at most {BpeTokenizer.MaxMerges}"),
                        "Train a smaller vocabulary.");
                }
                file.Merges.Add(json.Token == JsonToken.StartArray ? ReadListMerge(ref json) : ReadTextMerge(ref json));
            }
        }

        /// <summary>The form since 2024: <c>["a", "b"]</c>.</summary>
        private static KeyValuePair<string, string> ReadListMerge(ref JsonReader json)
        {
            string left = json.ReadString();
            string right = json.ReadString();
            json.Expect(JsonToken.EndArray);
            return new KeyValuePair<string, string>(left, right);
        }

        /// <summary>The form before: <c>"a b"</c>.</summary>
        private static KeyValuePair<string, string> ReadTextMerge(ref JsonReader json)
        {
            if (json.Token != JsonToken.String)
            {
                throw json.Refuse(JsonError.WrongType, json.Token.ToString(), "a merge: \"a b\" or [\"a\", \"b\"]");
            }
            string text = json.GetString();
            int space = text.IndexOf(' ');
            if (space <= 0 || space == text.Length - 1 || text.IndexOf(' ', space + 1) >= 0)
            {
                throw TokenizerError.Create(
                    TokenizerError.Merges, json.Path, SafeText.Quote(text), "two tokens with one space between", "Export the tokenizer again.");
            }
            return new KeyValuePair<string, string>(text.Substring(0, space), text.Substring(space + 1));
        }

        private static void ReadAddedTokens(ref JsonReader json, TokenizerJsonFile file)
        {
            json.Expect(JsonToken.StartArray);
            while (json.Read() && json.Token != JsonToken.EndArray)
            {
                if (json.Token != JsonToken.StartObject)
                {
                    throw json.Refuse(JsonError.WrongType, json.Token.ToString(), "an object with id and content");
                }
                if (file.Specials.Count == BpeTokenizer.MaxVocabularySize)
                {
                    throw TooManyTokens("$.added_tokens");
                }
                file.Specials.Add(ReadAddedToken(ref json));
            }
        }

        private static SpecialToken ReadAddedToken(ref JsonReader json)
        {
            string where = json.Path;
            int id = -1;
            string? content = null;
            bool special = false;
            while (json.ReadName())
            {
                switch (json.GetString())
                {
                    case "id":
                        json.Expect(JsonToken.Number);
                        id = CheckedId(ref json);
                        break;
                    case "content":
                        content = json.ReadString();
                        break;
                    case "special":
                        special = json.ReadBoolean();
                        break;
                    default:
                        // How the token would be searched for in a text; Prism never searches.
                        json.Skip();
                        break;
                }
            }
            if (id < 0 || string.IsNullOrEmpty(content))
            {
                throw TokenizerError.Create(
                    TokenizerError.Special, where, id < 0 ? "no id" : "no content", "an id and a content that is not empty", "Name every added token.");
            }
            if (!special)
            {
                throw TokenizerError.Create(
                    TokenizerError.Special, where, SafeText.Quote(content) + ", which is not special", "special tokens alone",
                    "Put ordinary tokens into the vocabulary: added tokens are reached by id, never from text.");
            }
            return new SpecialToken(content!, id);
        }

        private static int CheckedId(ref JsonReader json)
        {
            long id = json.GetInteger(long.MinValue, long.MaxValue);
            if (id < 0 || id >= BpeTokenizer.MaxVocabularySize)
            {
                throw TokenizerError.Create(
                    TokenizerError.Vocabulary,
                    json.Path,
                    FormattableString.Invariant($"id {id}"),
                    FormattableString.Invariant($"0 to {BpeTokenizer.MaxVocabularySize - 1}"),
                    "Ids number the tokens from 0 without a gap.");
            }
            return (int)id;
        }

        private static Exception TooManyTokens(string where)
        {
            return TokenizerError.Create(
                TokenizerError.Vocabulary,
                where,
                FormattableString.Invariant($"more than {BpeTokenizer.MaxVocabularySize} tokens"),
                FormattableString.Invariant($"at most {BpeTokenizer.MaxVocabularySize}"),
                "Train a smaller vocabulary.");
        }

        private static void RequireOff(ref JsonReader json, string name)
        {
            json.Read();
            bool off = json.Token == JsonToken.Null || json.Token == JsonToken.False || (json.Token == JsonToken.String && json.ValueEquals(string.Empty))
                || (json.Token == JsonToken.Number && json.GetDouble() == 0);
            if (!off)
            {
                throw Unsupported("$.model." + name, json.Token == JsonToken.String ? SafeText.Quote(json.GetString()) : json.Token.ToString(), "null");
            }
        }

        private static Exception Unsupported(string where, string found, string expected)
        {
            return TokenizerError.Create(TokenizerError.Component, where, found, expected, "Only BPE over bytes or with byte fallback is supported.");
        }
    }
}
