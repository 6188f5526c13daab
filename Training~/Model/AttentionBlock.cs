using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Model.Cpu;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PrismLM.Training.Model
{
    /// <summary>Keys and values of one layer that a sequence has seen: (batch, key/value heads, positions, headDim), rotated.</summary>
    internal sealed record KeyValues(Tensor Keys, Tensor Values);

    /// <summary>Attention of signal and noise heads with rotary positions: the update S - lambda N.</summary>
    internal static class AttentionBlock
    {
        /// <param name="x">(batch, positions, dim), float32.</param>
        /// <param name="rotation">(positions, heads + key heads, headDim / 2), complex64; key heads only where K is a projection of its own.</param>
        /// <param name="gain">(heads * headDim): each head's gain, repeated over its columns.</param>
        /// <param name="past">Keys and values before these positions; null at the start of a sequence.</param>
        /// <param name="present">Receives keys and values including these positions; null when they are not wanted.</param>
        public static Tensor Forward(ForwardContext c, int layer, Tensor x, Tensor rotation, Tensor gain, KeyValues? past, List<KeyValues>? present)
        {
            var config = c.Config;
            var (batch, length) = (x.shape[0], x.shape[1]);
            var (heads, kvHeads, size) = (config.Heads, config.KvHeads, config.HeadDim);
            var ownKeys = config.Qkv != QkvMode.Dictionary;
            var ownValues = config.Qkv == QkvMode.Separate;

            var projected = F.linear(c.Normalize(x), c.Scaled(Projection(c, layer, ownKeys, ownValues), c.Parameter(layer, "g1")));
            if (c.Fused is not null && past is null && present is null)
            {
                return Output(c, layer, c.Cast(FusedAttention.Apply(projected.to(ScalarType.Float32), c.Fused)), gain);
            }

            var rotatedHeads = heads + (ownKeys ? kvHeads : 0);
            var unrotated = projected.narrow(-1, 0, rotatedHeads * size);

            // Pairs (2m, 2m+1) are the real and imaginary part of one complex number; a rotation is one product.
            var pairs = unrotated.to(ScalarType.Float32).view(batch, length, rotatedHeads, size / 2, 2).view_as_complex();
            var rotated = c.Cast(pairs.mul(rotation).view_as_real().view(batch, length, rotatedHeads, size));
            var queries = rotated.narrow(2, 0, heads).transpose(1, 2);
            var keys = ownKeys ? rotated.narrow(2, heads, kvHeads).transpose(1, 2) : queries;
            var values = (ownValues ? projected.narrow(-1, rotatedHeads * size, kvHeads * size) : projected.narrow(-1, 0, heads * size))
                .view(batch, length, kvHeads, size).transpose(1, 2);
            if (past != null)
            {
                keys = cat(new[] { past.Keys, keys }, 2);
                values = cat(new[] { past.Values, values }, 2);
            }

            present?.Add(new KeyValues(keys, values));
            var mixed = Attend(queries, Repeat(keys, heads / kvHeads), Repeat(values, heads / kvHeads), past != null)
                .transpose(1, 2).reshape(batch, length, heads * size);
            return Output(c, layer, mixed, gain);
        }

        /// <summary>The output matrix with the heads' gains folded into its input axis; in the strict form it is Wq transposed.</summary>
        private static Tensor Output(ForwardContext c, int layer, Tensor mixed, Tensor gain)
        {
            var output = c.Has(layer, "wo") ? c.Parameter(layer, "wo").mul(gain) : c.Parameter(layer, "wq").mul(gain.unsqueeze(1)).t();
            return F.linear(mixed, c.Cast(output));
        }

        private static Tensor Projection(ForwardContext c, int layer, bool ownKeys, bool ownValues)
        {
            var parts = new List<Tensor> { c.Parameter(layer, "wq") };
            if (ownKeys)
            {
                parts.Add(c.Parameter(layer, "wk"));
            }

            if (ownValues)
            {
                parts.Add(c.Parameter(layer, "wv"));
            }

            return parts.Count == 1 ? parts[0] : cat(parts, 0);
        }

        private static Tensor Attend(Tensor queries, Tensor keys, Tensor values, bool continued)
        {
            if (!continued)
            {
                return F.scaled_dot_product_attention(queries, keys, values, is_casual: true);
            }

            var (rows, columns) = (queries.shape[2], keys.shape[2]);
            var visible = ones(new[] { rows, columns }, ScalarType.Bool, queries.device).tril(columns - rows);
            return F.scaled_dot_product_attention(queries, keys, values, attn_mask: visible);
        }

        private static Tensor Repeat(Tensor x, int times) => times == 1 ? x : x.repeat_interleave(times, 1);
    }
}
