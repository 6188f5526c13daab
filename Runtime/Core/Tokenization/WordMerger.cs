using System;
using System.Collections.Generic;

namespace PrismLM.Core.Tokenization
{
    /// <summary>Applies merge rules to one word: again and again the rule of lowest rank, the leftmost place first.</summary>
    /// <remarks>
    /// Short words are scanned; their work is bounded by a constant. Long words, which a hostile text may make a megabyte long, go through
    /// <see cref="LongWordMerger"/>, whose work is linear but for the order of ranks. Both give the same tokens; a test compares them.
    /// </remarks>
    internal static class WordMerger
    {
        /// <summary>Longest word, in symbols, that is scanned.</summary>
        internal const int ScanLimit = 32;

        /// <summary>Merges in place and appends the tokens that remain.</summary>
        /// <param name="merges">The rules.</param>
        /// <param name="ids">Gets the tokens.</param>
        /// <param name="symbols">Token ids of the word's bytes or characters; at most <see cref="ScanLimit"/>. Overwritten.</param>
        internal static void MergeShort(MergeTable merges, Span<int> symbols, List<int> ids)
        {
            int count = symbols.Length;
            Span<int> ranks = stackalloc int[ScanLimit];
            for (int i = 0; i + 1 < count; i++)
            {
                ranks[i] = merges.Rank(symbols[i], symbols[i + 1]);
            }
            while (count > 1)
            {
                int best = 0;
                for (int i = 1; i + 1 < count; i++)
                {
                    if (ranks[i] < ranks[best])
                    {
                        best = i;
                    }
                }
                if (ranks[best] == MergeTable.NoRank)
                {
                    break;
                }
                symbols[best] = merges.Result(ranks[best]);
                for (int i = best + 1; i + 1 < count; i++)
                {
                    symbols[i] = symbols[i + 1];
                    ranks[i] = ranks[i + 1];
                }
                count--;
                if (best > 0)
                {
                    ranks[best - 1] = merges.Rank(symbols[best - 1], symbols[best]);
                }
                if (best + 1 < count)
                {
                    ranks[best] = merges.Rank(symbols[best], symbols[best + 1]);
                }
            }
            for (int i = 0; i < count; i++)
            {
                ids.Add(symbols[i]);
            }
        }
    }
}
