using System;
using System.Collections.Generic;
using PrismLM.Core.Json;

namespace PrismLM.Core.Tokenization
{
    /// <summary>The spellings of a tokenizer file by id, checked: every id from 0 on once, special tokens unmistakable.</summary>
    internal sealed class TokenizerVocabulary
    {
        private readonly string?[] _spellings;
        private readonly bool[] _special;
        private readonly Dictionary<string, int> _ids;

        private TokenizerVocabulary(int count)
        {
            _spellings = new string?[count];
            _special = new bool[count];
            _ids = new Dictionary<string, int>(count, SecretStringComparer.Instance);
        }

        internal int Count => _spellings.Length;

        internal static TokenizerVocabulary Create(TokenizerJsonFile file)
        {
            int count = 0;
            foreach (KeyValuePair<string, int> token in file.Vocabulary)
            {
                count = Math.Max(count, token.Value + 1);
            }
            foreach (SpecialToken special in file.Specials)
            {
                count = Math.Max(count, special.Id + 1);
            }
            var vocabulary = new TokenizerVocabulary(count);
            foreach (KeyValuePair<string, int> token in file.Vocabulary)
            {
                vocabulary.Add(token.Key, token.Value);
            }
            foreach (SpecialToken special in file.Specials)
            {
                vocabulary.AddSpecial(special);
            }
            int gap = Array.IndexOf(vocabulary._spellings, null);
            if (gap >= 0)
            {
                throw TokenizerError.Create(
                    TokenizerError.Vocabulary, "$.model.vocab", FormattableString.Invariant($"no token with id {gap}"),
                    FormattableString.Invariant($"every id from 0 to {count - 1}"), "Number the tokens without a gap.");
            }
            return vocabulary;
        }

        internal static void CheckLength(int bytes, string spelling, int id)
        {
            if (bytes == 0 || bytes > BpeTokenizer.MaxTokenBytes)
            {
                throw TokenizerError.Create(
                    TokenizerError.Token, "$.model.vocab", FormattableString.Invariant($"token {id} of {bytes} bytes, {SafeText.Quote(spelling)}"),
                    FormattableString.Invariant($"1 to {BpeTokenizer.MaxTokenBytes} bytes"), "Remove the token and its merges.");
            }
        }

        internal static Exception BadMerge(KeyValuePair<string, string> merge, int rank, string found, string expected)
        {
            string shown = SafeText.Show(merge.Key, 24) + " " + SafeText.Show(merge.Value, 24);
            return TokenizerError.Create(
                TokenizerError.Merges, FormattableString.Invariant($"$.model.merges[{rank}]"), "\"" + shown + "\": " + found, expected,
                "Vocabulary and merges must come from the same training.");
        }

        internal string Spelling(int id) => _spellings[id]!;

        internal bool IsSpecial(int id) => _special[id];

        internal bool TryFind(string spelling, out int id) => _ids.TryGetValue(spelling, out id) && !_special[id];

        /// <summary>Resolves a merge to ids. Its result is the token spelled like both parts together, so it is longer than either.</summary>
        internal Merge MergeOf(KeyValuePair<string, string> merge, int rank)
        {
            if (!TryFind(merge.Key, out int left) || !TryFind(merge.Value, out int right))
            {
                throw BadMerge(merge, rank, "a part that is not in the vocabulary", "two ordinary tokens");
            }
            if (!TryFind(merge.Key + merge.Value, out int result))
            {
                throw BadMerge(merge, rank, "a result that is not in the vocabulary", "a token spelled like both parts");
            }
            return new Merge(left, right, result);
        }

        private void Add(string spelling, int id)
        {
            if (_spellings[id] != null)
            {
                throw TokenizerError.Create(
                    TokenizerError.Vocabulary, "$.model.vocab",
                    FormattableString.Invariant($"id {id} for {SafeText.Show(spelling, 20)} and for {SafeText.Show(_spellings[id], 20)}"), "one token an id",
                    "Number the tokens without a gap.");
            }
            _spellings[id] = spelling;
            _ids.Add(spelling, id);
        }

        private void AddSpecial(SpecialToken special)
        {
            bool known = _ids.TryGetValue(special.Content, out int id);
            string? occupant = _spellings[special.Id];
            if (_special[special.Id] || (known && id != special.Id) || (occupant != null && !known))
            {
                throw TokenizerError.Create(
                    TokenizerError.Special, "$.added_tokens",
                    FormattableString.Invariant($"{SafeText.Quote(special.Content)} with id {special.Id}, which is taken or has another token's name"),
                    "a name and an id of its own", "Give every special token a new id.");
            }
            if (!known)
            {
                _spellings[special.Id] = special.Content;
                _ids.Add(special.Content, special.Id);
            }
            _special[special.Id] = true;
        }
    }
}
