using System;
using System.Collections.Generic;
using System.Threading;

namespace PrismLM.Core.Tokenization
{
    /// <summary>Merges the symbols of a word of any length, by scanning or by <see cref="LongWordMerger"/>. Safe to use from several threads.</summary>
    internal sealed class TokenMerger
    {
        private readonly MergeTable _table;

        // One merger for long words is kept between calls; a second thread makes its own.
        private LongWordMerger? _spare;

        internal TokenMerger(MergeTable table) => _table = table;

        /// <summary>Appends the tokens of a word.</summary>
        /// <param name="symbols">Token ids of its bytes or characters. Overwritten.</param>
        /// <param name="ids">Gets the tokens.</param>
        internal void Merge(Span<int> symbols, List<int> ids)
        {
            if (symbols.Length <= WordMerger.ScanLimit)
            {
                WordMerger.MergeShort(_table, symbols, ids);
                return;
            }
            LongWordMerger merger = Interlocked.Exchange(ref _spare, null) ?? new LongWordMerger(_table);
            merger.Merge(symbols, ids);
            Interlocked.Exchange(ref _spare, merger);
        }
    }
}
