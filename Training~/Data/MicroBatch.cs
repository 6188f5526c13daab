using System;
using System.Collections.Generic;

namespace PrismLM.Training.Data
{
    /// <summary>Documents of about one length, one a row, padded at the end; and the positions whose next token counts in the loss.</summary>
    public sealed class MicroBatch
    {
        internal MicroBatch(IReadOnlyList<TokenDocument> documents, int padId)
        {
            Rows = documents.Count;
            foreach (var document in documents)
            {
                Columns = Math.Max(Columns, document.Tokens.Length - 1);
                TokenCount += document.Tokens.Length - 1;
            }

            Ids = new long[Rows * Columns];
            Array.Fill(Ids, padId);
            var (positions, targets, weights) = (new List<long>(), new List<long>(), new List<float>());
            for (var row = 0; row < Rows; row++)
            {
                var document = documents[row];
                for (var i = 0; i + 1 < document.Tokens.Length; i++)
                {
                    var at = (row * Columns) + i;
                    Ids[at] = document.Tokens[i];
                    if (document.LossWeights[i + 1] != 0f)
                    {
                        positions.Add(at);
                        targets.Add(document.Tokens[i + 1]);
                        weights.Add(document.LossWeights[i + 1]);
                        TotalWeight += document.LossWeights[i + 1];
                    }
                }
            }

            (Positions, Targets, Weights) = (positions.ToArray(), targets.ToArray(), weights.ToArray());
        }

        public int Rows { get; }

        public int Columns { get; }

        /// <summary>Input tokens without padding.</summary>
        public int TokenCount { get; }

        /// <summary>(rows, columns) input ids.</summary>
        public long[] Ids { get; }

        /// <summary>Flattened positions whose next token counts.</summary>
        public long[] Positions { get; }

        /// <summary>The next tokens at <see cref="Positions"/>.</summary>
        public long[] Targets { get; }

        /// <summary>Their loss weights.</summary>
        public float[] Weights { get; }

        public double TotalWeight { get; }

        /// <summary>Flattened positions of real tokens; null when there is no padding.</summary>
        public long[]? RealPositions(int padId)
        {
            if (TokenCount == Rows * Columns)
            {
                return null;
            }

            var real = new List<long>(TokenCount);
            for (var i = 0; i < Ids.Length; i++)
            {
                if (Ids[i] != padId)
                {
                    real.Add(i);
                }
            }

            return real.ToArray();
        }
    }
}
