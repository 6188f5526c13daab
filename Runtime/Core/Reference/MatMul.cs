using System;

namespace PrismLM.Core.Reference
{
    /// <summary>Rows of tokens times the transpose of a row-major weight matrix.</summary>
    internal static class MatMul
    {
        /// <summary>y[t, r] = sum_k x[t, k] w[r, k]; x (tokens, columns), w (rows, columns), y (tokens, rows).</summary>
        public static void Multiply(ReadOnlySpan<float> w, int rows, int columns, ReadOnlySpan<double> x, Span<double> y)
        {
            int tokens = x.Length / columns;
            for (int token = 0; token < tokens; token++)
            {
                for (int row = 0; row < rows; row++)
                {
                    double sum = 0;
                    for (int k = 0; k < columns; k++)
                    {
                        sum += w[(row * columns) + k] * x[(token * columns) + k];
                    }

                    y[(token * rows) + row] = sum;
                }
            }
        }
    }
}
