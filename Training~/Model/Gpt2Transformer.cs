using System;
using System.Collections.Generic;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PrismLM.Training.Model
{
    /// <summary>
    /// The baseline that Prism is compared with at an equal budget: GPT-2 with learned positions, LayerNorm before each block, biases and GELU (tanh
    /// form), its output tied to the embedding. TorchSharp alone runs it.
    /// </summary>
    public sealed class Gpt2Transformer : TrainedModel
    {
        /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
        public Gpt2Transformer(Architecture architecture, ulong seed, Device? device = null, ScalarType compute = ScalarType.Float32)
            : this(Checked(architecture), new ParameterStore(Gpt2Layout.Of(architecture), seed, device ?? CPU), device ?? CPU, compute)
        {
        }

        private Gpt2Transformer(Architecture architecture, ParameterStore parameters, Device device, ScalarType compute)
            : base(architecture, parameters, device, compute)
        {
        }

        /// <summary>There are no noise heads: always 0.</summary>
        public override double Lambda
        {
            get => 0.0;
            set
            {
            }
        }

        internal override Tensor? OutputScale => null;

        public override Tensor Hidden(Tensor ids, List<Tensor>? routerLosses = null, Tensor? realRows = null)
        {
            var (batch, length) = (ids.shape[0], ids.shape[1]);
            if (length > Config.Context)
            {
                throw new ArgumentException(FormattableString.Invariant($"{length} positions; the context is {Config.Context}."));
            }

            var x = Parameters["tok_emb"].index_select(0, ids.reshape(-1)).view(batch, length, Config.Dim).add(Parameters["pos_emb"].narrow(0, 0, length));
            for (var layer = 0; layer < Config.Layers; layer++)
            {
                x = x.add(Attention(layer, x));
                x = x.add(Linear(layer, "down", Gelu(Linear(layer, "up", Norm(ParameterLayout.Layer(layer, "ln2"), x)))).to(ScalarType.Float32));
            }

            return x;
        }

        public override TrainedModel Replica() => new Gpt2Transformer(Architecture, Parameters.Replica(), Device, Compute);

        internal override Tensor FinalRows(Tensor hidden) => Norm("lnf", hidden);

        private static Architecture Checked(Architecture architecture)
        {
            architecture.Validate();
            return architecture;
        }

        /// <summary>0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).</summary>
        private static Tensor Gelu(Tensor x) =>
            x.mul(0.5).mul(x.mul(x).mul(x).mul(0.044715).add(x).mul(Math.Sqrt(2.0 / Math.PI)).tanh().add(1.0));

        private Tensor Attention(int layer, Tensor x)
        {
            var (batch, length) = (x.shape[0], x.shape[1]);
            var parts = Linear(layer, "qkv", Norm(ParameterLayout.Layer(layer, "ln1"), x)).view(batch, length, 3, Config.Heads, Config.HeadDim).permute(2, 0, 3, 1, 4);
            var mixed = F.scaled_dot_product_attention(parts[0], parts[1], parts[2], is_casual: true).transpose(1, 2).reshape(batch, length, Config.HeadsDim);
            return Linear(layer, "out", mixed).to(ScalarType.Float32);
        }

        private Tensor Linear(int layer, string name, Tensor x)
        {
            var full = ParameterLayout.Layer(layer, name);
            return F.linear(x, Parameters[full].to(Compute), Parameters[full + "_bias"].to(Compute));
        }

        private Tensor Norm(string name, Tensor x) =>
            F.layer_norm(x, new long[] { Config.Dim }, Parameters[name], Parameters[name + "_bias"], Config.NormEpsilon).to(Compute);
    }
}
