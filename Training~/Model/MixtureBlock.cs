using System.Collections.Generic;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PrismLM.Training.Model
{
    /// <summary>A mixture of experts without capacity: every token gets all the experts it chose.</summary>
    internal static class MixtureBlock
    {
        private const double BalanceWeight = 0.01;
        private const double LogitWeight = 1e-3;

        /// <param name="normalized">(rows, dim).</param>
        /// <param name="scale">The norm's scale, (dim).</param>
        public static Tensor Forward(ForwardContext c, int layer, Tensor normalized, Tensor scale)
        {
            var (experts, active, rows) = (c.Config.Experts, c.Config.TopK, normalized.shape[0]);

            // Routing is float32 whatever the compute type: a rounded logit would send a token elsewhere than the runtime does.
            var logits = F.linear(normalized.to(ScalarType.Float32), c.Parameter(layer, "router").mul(scale));

            // A stable sort, because equal logits go to the lower index and topk promises no order.
            var (sorted, order) = logits.sort(-1, descending: true, stable: true);
            var chosen = order.narrow(1, 0, active);
            var weights = sorted.narrow(1, 0, active).softmax(-1);
            c.RouterLosses?.Add(Losses(c, logits, chosen));

            // Rows sorted by expert, so that each expert is one dense product; index_add then sums a token's experts in expert order.
            var flat = chosen.reshape(-1);
            var (_, byExpert) = flat.sort(0, stable: true);
            var counts = flat.bincount(null, experts).cpu().data<long>().ToArray();
            var tokens = byExpert.div(active, RoundingMode.floor);
            var gathered = normalized.index_select(0, tokens);
            var outputs = new List<Tensor>();
            var at = 0L;
            for (var expert = 0; expert < experts; at += counts[expert], expert++)
            {
                if (counts[expert] > 0)
                {
                    outputs.Add(FeedForwardBlock.Expert(c, layer, expert, gathered.narrow(0, at, counts[expert]), scale));
                }
            }

            var weighted = cat(outputs, 0).to(ScalarType.Float32).mul(weights.reshape(-1).index_select(0, byExpert).unsqueeze(1));
            return zeros(new[] { rows, normalized.shape[1] }, ScalarType.Float32, normalized.device).index_add(0, tokens, weighted, 1.0);
        }

        /// <summary>0.01 E sum f_e P_e + 1e-3 mean logsumexp^2 over real tokens; f_e the share of choices, P_e the mean probability.</summary>
        private static Tensor Losses(ForwardContext c, Tensor logits, Tensor chosen)
        {
            var experts = c.Config.Experts;
            if (c.RealRows is not null)
            {
                logits = logits.index_select(0, c.RealRows);
                chosen = chosen.index_select(0, c.RealRows);
            }

            var share = chosen.reshape(-1).bincount(null, experts).to(ScalarType.Float32).div(chosen.numel());
            var balance = share.mul(logits.softmax(-1).mean(new long[] { 0 })).sum().mul(BalanceWeight * experts);
            return balance.add(logits.logsumexp(-1).square().mean().mul(LogitWeight));
        }
    }
}
