using System;
using System.Collections.Generic;
using System.Text;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Tokenization
{
    /// <summary>Small tokenizers made in code.</summary>
    internal static class TinyTokenizer
    {
        /// <summary>All bytes in GPT-2's order, a few merges, and two special tokens at the end.</summary>
        internal static BpeTokenizer Create(params string[] specials)
        {
            string[] merges = { "t h", "th e", "\u0120 the", "l l", "h e", "he ll", "hell o", "a a", "aa aa", "\u0120 \u0120" };
            var tokens = new List<byte[]>();
            var ids = new Dictionary<string, int>(StringComparer.Ordinal);
            int[] byteIds = new int[256];
            foreach (byte value in ByteAlphabet.Order)
            {
                byteIds[value] = tokens.Count;
                ids.Add(ByteAlphabet.Spell(new[] { value }), tokens.Count);
                tokens.Add(new[] { value });
            }
            var rules = new List<Merge>();
            foreach (string merge in merges)
            {
                string[] parts = merge.Split(' ');
                string joined = parts[0] + parts[1];
                if (!ids.TryGetValue(joined, out int result))
                {
                    result = tokens.Count;
                    ids.Add(joined, result);
                    ByteAlphabet.TryRead(joined, out byte[] bytes);
                    tokens.Add(bytes);
                }
                rules.Add(new Merge(ids[parts[0]], ids[parts[1]], result));
            }
            var special = new List<SpecialToken>();
            foreach (string name in specials.Length > 0 ? specials : new[] { "<|bos|>", "<|eos|>" })
            {
                special.Add(new SpecialToken(name, tokens.Count));
                tokens.Add(Array.Empty<byte>());
            }
            return new BpeTokenizer(new TokenTable(tokens, special), rules.ToArray(), byteIds);
        }

        internal static string Json() => Encoding.UTF8.GetString(Create().ToJson());

        /// <summary>Rules whose ranks are in no sensible order, as a hostile file may have them: results may rank before their parts.</summary>
        internal static MergeTable RandomMerges(int seed, int letters, int merges)
        {
            var random = new Random(seed);
            var names = new List<string>();
            for (int i = 0; i < letters; i++)
            {
                names.Add(((char)('a' + i)).ToString());
            }
            var rules = new List<Merge>();
            var seen = new HashSet<(int, int)>();
            while (rules.Count < merges)
            {
                int left = random.Next(names.Count);
                int right = random.Next(names.Count);
                string joined = names[left] + names[right];
                if (joined.Length > 12 || !seen.Add((left, right)))
                {
                    continue;
                }
                int result = names.IndexOf(joined);
                if (result < 0)
                {
                    result = names.Count;
                    names.Add(joined);
                }
                rules.Add(new Merge(left, right, result));
            }
            for (int i = rules.Count - 1; i > 0; i--)
            {
                int other = random.Next(i + 1);
                (rules[i], rules[other]) = (rules[other], rules[i]);
            }
            var table = new MergeTable(merges);
            foreach (Merge rule in rules)
            {
                table.TryAdd(rule);
            }
            return table;
        }
    }
}
