using System;

namespace PrismLM.Core.Reference
{
    /// <summary>
    /// CRATE-alpha's overcomplete sparse code: two steps of the iterative shrinkage-thresholding algorithm from zero, over the dictionary D [C].
    /// No inner residual: the block's output is D2 z2.
    /// </summary>
    internal static class Ista
    {
        /// <summary>
        /// z1 = relu(eta D^T x - eta lambda); z2 = relu(z1 - eta D^T (D z1 - x) - eta lambda).
        /// </summary>
        /// <param name="dictionary">(hidden, dim): row j is the j-th atom, so D^T x is this matrix times x.</param>
        /// <param name="x">(dim).</param>
        /// <param name="eta">Step size.</param>
        /// <param name="lambda">Sparsity.</param>
        /// <param name="residual">Scratch, (dim); receives D z1 - x.</param>
        /// <param name="correction">Scratch, (hidden); receives D^T (D z1 - x).</param>
        /// <param name="code">(hidden); receives z2.</param>
        public static void Encode(
            ReadOnlySpan<float> dictionary,
            ReadOnlySpan<double> x,
            double eta,
            double lambda,
            Span<double> residual,
            Span<double> correction,
            Span<double> code)
        {
            MatVec.Multiply(dictionary, x, code);
            for (int j = 0; j < code.Length; j++)
            {
                code[j] = Math.Max(0.0, (eta * code[j]) - (eta * lambda));
            }

            for (int i = 0; i < x.Length; i++)
            {
                residual[i] = -x[i];
            }

            for (int j = 0; j < code.Length; j++)
            {
                if (code[j] != 0)
                {
                    ReadOnlySpan<float> atom = dictionary.Slice(j * x.Length, x.Length);
                    for (int i = 0; i < x.Length; i++)
                    {
                        residual[i] += atom[i] * code[j];
                    }
                }
            }

            MatVec.Multiply(dictionary, residual, correction);
            for (int j = 0; j < code.Length; j++)
            {
                code[j] = Math.Max(0.0, code[j] - (eta * correction[j]) - (eta * lambda));
            }
        }
    }
}
