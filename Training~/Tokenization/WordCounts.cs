using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using PrismLM.Core.Tokenization;

namespace PrismLM.Training.Tokenization
{
    /// <summary>How often each word of the pre-tokenizer occurs in some documents.</summary>
    internal static class WordCounts
    {
        // A word longer than this teaches no useful token and would cost memory: it is counted in pieces.
        internal const int LongestWord = 128;

        /// <summary>Words with counts, in ordinal order, so that the result does not depend on the order of the documents.</summary>
        internal static List<KeyValuePair<string, long>> Count(IEnumerable<string> documents, CancellationToken cancellationToken)
        {
            var counts = new Dictionary<string, long>(StringComparer.Ordinal);
            var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (string document in documents)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (int start = 0; start < document.Length;)
                {
                    int end = Math.Min(PreTokenizer.NextEnd(document, start), start + LongestWord);
                    if (end < document.Length && char.IsLowSurrogate(document[end]) && char.IsHighSurrogate(document[end - 1]))
                    {
                        end--;
                    }
                    CollectionsMarshal.GetValueRefOrAddDefault(lookup, document.AsSpan(start, end - start), out _)++;
                    start = end;
                }
            }
            return counts.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        }
    }
}
