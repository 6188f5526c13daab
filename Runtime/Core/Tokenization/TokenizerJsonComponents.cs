using System;
using System.Collections.Generic;
using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>
    /// Recognises the few normalizers, pre-tokenizers, post-processors and decoders that Prism knows. Each is compared with a known form; no pattern
    /// from the file is ever compiled or run.
    /// </summary>
    internal static class TokenizerJsonComponents
    {
        private const string Nothing = "null";
        private const string ByteLevel = "{ByteLevel}";
        private const string SpacePrefix = "{Sequence:[{Prepend:\u2581},{Replace:{ }>\u2581}]}";
        private const string SpacePrefixDecoder = "{Sequence:[{Replace:{\u2581}> },{ByteFallback},{Fuse},{Strip: ,1,0}]}";

        internal static void ReadNormalizer(ref JsonReader json, TokenizerJsonFile file)
        {
            string form = Describe(ref json);
            file.SpacePrefixNormalizer = form == SpacePrefix;
            if (form != Nothing && !file.SpacePrefixNormalizer)
            {
                throw Unknown(TokenizerError.Component, "$.normalizer", form, "null, or Llama's Prepend and Replace");
            }
        }

        internal static void ReadPreTokenizer(ref JsonReader json, TokenizerJsonFile file)
        {
            string form = Describe(ref json);
            file.ByteLevelPreTokenizer = form == ByteLevel;
            if (form != Nothing && !file.ByteLevelPreTokenizer)
            {
                throw Unknown(TokenizerError.PreTokenizer, "$.pre_tokenizer", form, "ByteLevel with use_regex and without add_prefix_space, or null");
            }
        }

        internal static void ReadPostProcessor(ref JsonReader json)
        {
            // ByteLevel only moves the offsets that a caller asks for; no id depends on it.
            string form = Describe(ref json);
            if (form != Nothing && !form.StartsWith("{ByteLevel", StringComparison.Ordinal))
            {
                throw Unknown(TokenizerError.Component, "$.post_processor", form, "null or ByteLevel");
            }
        }

        internal static void ReadDecoder(ref JsonReader json, TokenizerJsonFile file)
        {
            string form = Describe(ref json);
            file.ByteLevelDecoder = form.StartsWith("{ByteLevel", StringComparison.Ordinal);
            file.SpacePrefixDecoder = form == SpacePrefixDecoder;
            if (form != Nothing && !file.ByteLevelDecoder && !file.SpacePrefixDecoder)
            {
                throw Unknown(TokenizerError.Component, "$.decoder", form, "ByteLevel, or Llama's Replace, ByteFallback, Fuse and Strip");
            }
        }

        private static Exception Unknown(string code, string where, string form, string expected)
        {
            return TokenizerError.Create(
                code, where, SafeText.Show(form), expected, "Prism runs no pattern or template from a file; train the tokenizer with ./prism train.");
        }

        /// <summary>A short canonical spelling of a component: its type, then what decides what it does.</summary>
        private static string Describe(ref JsonReader json)
        {
            json.Read();
            return DescribeCurrent(ref json);
        }

        private static string DescribeCurrent(ref JsonReader json)
        {
            switch (json.Token)
            {
                case JsonToken.Null:
                    return Nothing;
                case JsonToken.String:
                    return json.GetString();
                case JsonToken.Number:
                    return json.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture);
                case JsonToken.True:
                    return "true";
                case JsonToken.False:
                    return "false";
                case JsonToken.StartArray:
                    return DescribeArray(ref json);
                default:
                    return DescribeObject(ref json);
            }
        }

        private static string DescribeArray(ref JsonReader json)
        {
            var parts = new List<string>();
            while (json.Read() && json.Token != JsonToken.EndArray)
            {
                parts.Add(DescribeCurrent(ref json));
            }
            return "[" + string.Join(",", parts) + "]";
        }

        private static string DescribeObject(ref JsonReader json)
        {
            string type = string.Empty;
            var members = new SortedDictionary<string, string>(StringComparer.Ordinal);
            while (json.ReadName())
            {
                string name = json.GetString();
                json.Read();
                string value = DescribeCurrent(ref json);
                if (name == "type")
                {
                    type = value;
                }
                else
                {
                    members[name] = value;
                }
            }
            return "{" + type + Settings(type, members) + "}";
        }

        private static string Settings(string type, SortedDictionary<string, string> members)
        {
            switch (type)
            {
                case "ByteLevel":
                    bool prefix = Value(members, "add_prefix_space", "true") == "true";
                    bool regex = Value(members, "use_regex", "true") == "true";
                    return (prefix ? ",add_prefix_space" : string.Empty) + (regex ? string.Empty : ",no_regex");
                case "Prepend":
                    return ":" + Value(members, "prepend", "?");
                case "Replace":
                    return ":" + Value(members, "pattern", "?") + ">" + Value(members, "content", "?");
                case "Strip":
                    return ":" + Value(members, "content", "?") + "," + Value(members, "start", "?") + "," + Value(members, "stop", "?");
                case "ByteFallback":
                case "Fuse":
                    return string.Empty;
                case "Sequence":
                    return ":" + Value(members, "normalizers", Value(members, "decoders", Value(members, "pretokenizers", "?")));
                case "":
                    // A pattern: {"String": " "} is text, {"Regex": ...} keeps its name so that it never equals a text.
                    return members.Count == 1 && members.TryGetValue("String", out string? text) ? text : string.Join(";", members);
                default:
                    return string.Join(";", members);
            }
        }

        private static string Value(SortedDictionary<string, string> members, string name, string absent)
        {
            return members.TryGetValue(name, out string? value) ? value : absent;
        }
    }
}
