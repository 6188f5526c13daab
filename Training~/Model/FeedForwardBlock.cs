using System;
using PrismLM.Core.Checkpoints;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PrismLM.Training.Model
{
    /// <summary>The feed-forward blocks: SwiGLU, GELU (tanh form) and CRATE-alpha's sparse coding.</summary>
    internal static class FeedForwardBlock
    {
        /// <param name="x">(batch, positions, dim), float32.</param>
        public static Tensor Forward(ForwardContext c, int layer, Tensor x)
        {
            var normalized = c.Normalize(x);
            var scale = c.Parameter(layer, "g2");
            if (c.Config.FeedForward == FeedForwardKind.Ista)
            {
                return SparseCode(c, layer, normalized.mul(c.Cast(scale)));
            }

            return c.Config.IsMixture
                ? MixtureBlock.Forward(c, layer, normalized.view(-1, c.Config.Dim), scale).view(x.shape)
                : Expert(c, layer, 0, normalized, scale);
        }

        /// <summary>One expert's block on normalized rows.</summary>
        internal static Tensor Expert(ForwardContext c, int layer, int expert, Tensor normalized, Tensor scale)
        {
            var up = c.Parameter(layer, "w1").select(0, expert);
            var down = c.Cast(c.Parameter(layer, "w2").select(0, expert));
            if (c.Config.FeedForward == FeedForwardKind.Gelu)
            {
                return F.linear(Gelu(F.linear(normalized, c.Scaled(up, scale))), down);
            }

            // Two products rather than one: their results are contiguous, which makes the elementwise part twice as fast.
            var gate = F.linear(normalized, c.Scaled(up, scale));
            var linear = F.linear(normalized, c.Scaled(c.Parameter(layer, "w3").select(0, expert), scale));
            return F.linear(F.silu(gate).mul(linear), down);
        }

        /// <summary>0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).</summary>
        private static Tensor Gelu(Tensor x) =>
            x.mul(0.5).mul(x.mul(x).mul(x).mul(0.044715).add(x).mul(Math.Sqrt(2.0 / Math.PI)).tanh().add(1.0));

        /// <summary>z1 = relu(eta D^T x - eta lam); z2 = relu(z1 - eta D^T(D z1 - x) - eta lam); D2 z2 [C].</summary>
        private static Tensor SparseCode(ForwardContext c, int layer, Tensor x)
        {
            var (eta, threshold) = (c.Config.IstaEta, c.Config.IstaEta * c.Config.IstaLambda);
            var dictionary = c.Cast(c.Parameter(layer, "dict"));
            var first = F.linear(x, dictionary).mul(eta).sub(threshold).relu();
            var error = first.matmul(dictionary).sub(x);
            var second = first.sub(F.linear(error, dictionary).mul(eta)).sub(threshold).relu();
            return F.linear(second, c.Cast(c.Parameter(layer, "dict_out")));
        }
    }
}
