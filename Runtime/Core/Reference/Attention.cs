using System;

namespace PrismLM.Core.Reference
{
    /// <summary>
    /// One query head over the keys it may see. With Q = K = V this is the softmax form of a gradient step on the coding rate [C]; Prism adds the
    /// signal heads' outputs and subtracts lambda times the noise heads' [P]: the sign and size arrive here as <c>gain</c>.
    /// </summary>
    internal static class Attention
    {
        /// <summary>output = gain * sum_j softmax_j(query . key_j / sqrt(p)) value_j.</summary>
        /// <param name="query">(p), rotated.</param>
        /// <param name="keys">Rows of <paramref name="stride"/> numbers; the first p of each are the key, rotated. Masked keys are not in it.</param>
        /// <param name="values">Laid out as the keys, never rotated.</param>
        /// <param name="stride">Distance from one row to the next.</param>
        /// <param name="gain">The head's gain times its dial.</param>
        /// <param name="weights">(keys seen); receives the attention weights. Its length is the number of keys.</param>
        /// <param name="output">(p).</param>
        public static void Attend(
            ReadOnlySpan<double> query,
            ReadOnlySpan<double> keys,
            ReadOnlySpan<double> values,
            int stride,
            double gain,
            Span<double> weights,
            Span<double> output)
        {
            int size = query.Length;
            double scale = 1.0 / Math.Sqrt(size);
            for (int j = 0; j < weights.Length; j++)
            {
                weights[j] = MatVec.Dot(query, keys.Slice(j * stride, size)) * scale;
            }

            Softmax.Apply(weights);
            output.Clear();
            for (int j = 0; j < weights.Length; j++)
            {
                ReadOnlySpan<double> value = values.Slice(j * stride, size);
                for (int i = 0; i < size; i++)
                {
                    output[i] += weights[j] * value[i];
                }
            }

            for (int i = 0; i < size; i++)
            {
                output[i] *= gain;
            }
        }
    }
}
