using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Model.Cpu;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PrismLM.Training.Model
{
    /// <summary>The Prism transformer in TorchSharp: float32 parameters, matrix products in a chosen type.</summary>
    public sealed class PrismTransformer : IDisposable
    {
        private readonly Tensor _rotation;
        private readonly AttentionPlan? _fused;
        private double _lambda;
        private Tensor? _gains;

        /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
        public PrismTransformer(Architecture architecture, ulong seed, Device? device = null, ScalarType compute = ScalarType.Float32)
            : this(Checked(architecture), new ParameterStore(ParameterLayout.Of(architecture), seed, device ?? CPU), device ?? CPU, compute)
        {
        }

        private PrismTransformer(Architecture architecture, ParameterStore parameters, Device device, ScalarType compute)
        {
            Architecture = architecture;
            Device = device;
            Compute = compute;
            Parameters = parameters;
            Frequencies = RopeBases.Frequencies(architecture.Rope, Config.HeadDim);
            _rotation = Rotation();
            var plan = new AttentionPlan(Config, Frequencies);
            _fused = Device.type == DeviceType.CPU && plan.IsSupported ? plan : null;
            _lambda = Config.LambdaFinal;
        }

        public Architecture Architecture { get; }

        public ModelConfig Config => Architecture.Config;

        public ParameterStore Parameters { get; }

        public Device Device { get; }

        public ScalarType Compute { get; set; }

        /// <summary>False takes the library's attention on the CPU too, for comparison.</summary>
        internal bool UseFusedAttention { get; set; } = true;

        /// <summary>(2, headDim / 2): signal, noise.</summary>
        public float[] Frequencies { get; }

        /// <summary>The noise heads' present gain, without its sign.</summary>
        public double Lambda
        {
            get => _lambda;
            set
            {
                _lambda = value;
                _gains?.Dispose();
                _gains = null;
            }
        }

        /// <summary>The residual stream after the last layer, before the final norm.</summary>
        /// <param name="ids">(batch, positions), int64; each row starts at position 0.</param>
        /// <param name="routerLosses">Receives one scalar a layer when the model is a mixture.</param>
        /// <param name="realRows">Rows of the flattened batch that count in the router losses; null for all.</param>
        /// <returns>(batch, positions, dim), float32.</returns>
        public Tensor Hidden(Tensor ids, List<Tensor>? routerLosses = null, Tensor? realRows = null) =>
            Run(ids, 0, null, null, null, routerLosses, realRows);

        /// <summary>Logits of rows of the residual stream.</summary>
        /// <param name="hidden">(..., dim).</param>
        /// <returns>(..., vocabulary), float32.</returns>
        public Tensor Logits(Tensor hidden)
        {
            var c = new ForwardContext(Config, Parameters, Compute);
            return F.linear(c.Normalize(hidden), c.Scaled(OutputMatrix, Parameters["gf"])).to(ScalarType.Float32);
        }

        /// <summary>The matrix that makes logits: the embedding when tied.</summary>
        internal Tensor OutputMatrix => Parameters[Config.Tied ? "tok_emb" : "head"];

        /// <summary>The forward pass with everything optional; see <see cref="Hidden"/>.</summary>
        /// <param name="start">Position of the first column.</param>
        /// <param name="dials">(layers, heads * headDim) factors on the gains.</param>
        internal Tensor Run(
            Tensor ids, int start, Tensor? dials, IReadOnlyList<KeyValues>? past, List<KeyValues>? present, List<Tensor>? routerLosses = null, Tensor? realRows = null)
        {
            var length = (int)ids.shape[1];
            if (start + length > Config.Context)
            {
                throw new ArgumentException(FormattableString.Invariant($"{start + length} positions; the context is {Config.Context}."));
            }

            var c = new ForwardContext(Config, Parameters, Compute) { Fused = UseFusedAttention ? _fused : null, RouterLosses = routerLosses, RealRows = realRows };
            var rotation = _rotation.narrow(0, start, length);
            var gains = Gains();
            if (dials is not null)
            {
                gains = gains.mul(dials);
            }

            var x = Parameters["tok_emb"].index_select(0, ids.reshape(-1)).view(ids.shape[0], length, Config.Dim);
            for (var layer = 0; layer < Config.Layers; layer++)
            {
                x = x.add(AttentionBlock.Forward(c, layer, x, rotation, gains.select(0, layer), past?[layer], present));
                x = x.add(FeedForwardBlock.Forward(c, layer, x));
            }

            return x;
        }

        /// <summary>The same weights with gradients of their own, for another thread; lambda is set separately.</summary>
        public PrismTransformer Replica() => new(Architecture, Parameters.Replica(), Device, Compute) { Lambda = Lambda };

        public void Dispose()
        {
            Parameters.Dispose();
            _rotation.Dispose();
            _gains?.Dispose();
        }

        private static Architecture Checked(Architecture architecture)
        {
            architecture.Validate();
            return architecture;
        }

        private Tensor Gains()
        {
            if (_gains is null)
            {
                var columns = Architecture.Gains(_lambda).SelectMany(gain => Enumerable.Repeat(gain, Config.HeadDim)).ToArray();
                _gains = tensor(columns, new long[] { Config.Layers, Config.HeadsDim }, device: Device).DetachFromDisposeScope();
            }

            return _gains;
        }

        private Tensor Rotation()
        {
            var groups = Architecture.HeadGroups().Take(Config.Heads).ToList();
            if (Config.Qkv != QkvMode.Dictionary)
            {
                var share = Config.Heads / Config.KvHeads;
                groups.AddRange(Enumerable.Range(0, Config.KvHeads).Select(head => groups[head * share]).ToArray());
            }

            var table = RopeBases.AngleTable(Frequencies, groups.ToArray(), Config.Context);
            using var real = tensor(table, new long[] { Config.Context, groups.Count, Config.HeadDim / 2, 2 }, device: Device);
            return real.view_as_complex().DetachFromDisposeScope();
        }
    }
}
