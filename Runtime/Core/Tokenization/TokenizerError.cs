using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>The refusals of a tokenizer file: class K of the bad-input catalogue.</summary>
    internal static class TokenizerError
    {
        /// <summary>Shown as the file when a tokenizer comes from memory: it is this part of a checkpoint.</summary>
        internal const string FileName = "tokenizer.json";

        /// <summary>The file is not JSON, or a member is missing or of the wrong kind.</summary>
        internal const string Form = "PK200";

        /// <summary>Too many tokens, an id twice, missing or out of range.</summary>
        internal const string Vocabulary = "PK111";

        internal const string Merges = "PK112";

        /// <summary>A token that is empty, too long or not of the alphabet; a byte without a token.</summary>
        internal const string Token = "PK113";

        internal const string Special = "PK114";

        internal const string PreTokenizer = "PK115";

        /// <summary>A normalizer, post-processor, decoder or model of a kind that is not supported.</summary>
        internal const string Component = "PK116";

        internal static PrismFileException Create(string code, string where, string found, string expected, string hint)
        {
            return new PrismFileException(code, FileName, where, found, expected, hint);
        }

        internal static PrismFileException Create(JsonReadException error)
        {
            string where = FormattableString.Invariant($"line {error.Line}, column {error.Column}, {error.Path}");
            return new PrismFileException(
                Form, FileName, where, error.Found, error.Expected, "Export the tokenizer again; the file is damaged or not a tokenizer.json.", error);
        }
    }
}
