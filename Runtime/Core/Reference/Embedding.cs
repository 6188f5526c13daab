using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Token ids to rows of the embedding table.</summary>
    internal static class Embedding
    {
        /// <summary>Copies row <paramref name="token"/> of <paramref name="table"/> (vocabulary, dim) into <paramref name="row"/> (dim).</summary>
        public static void Lookup(ReadOnlySpan<float> table, int token, Span<double> row)
        {
            ReadOnlySpan<float> source = table.Slice(token * row.Length, row.Length);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = source[i];
            }
        }
    }
}
