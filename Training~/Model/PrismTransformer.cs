using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Model.Cpu;
using TorchSharp;
using static TorchSharp.torch;

namespace PrismLM.Training.Model
{
    /// <summary>The Prism transformer in TorchSharp: float32 parameters, matrix products in a chosen type.</summary>
    public sealed class PrismTransformer : TrainedModel
    {
        private readonly HeadTables _tables;
        private readonly Tensor[] _rotations;
        private readonly AttentionPlan? _fused;
        private float[] _headGains;
        private double _lambda;
        private Tensor? _gains;

        /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
        public PrismTransformer(Architecture architecture, ulong seed, Device? device = null, ScalarType compute = ScalarType.Float32)
            : this(Checked(architecture), HeadTables.Of(architecture), new ParameterStore(ParameterLayout.Of(architecture), seed, device ?? CPU), device ?? CPU, compute)
        {
        }

        private PrismTransformer(Architecture architecture, HeadTables tables, ParameterStore parameters, Device device, ScalarType compute)
            : base(architecture, parameters, device, compute)
        {
            _tables = tables;
            _rotations = Rotations();
            if (device.type == DeviceType.CPU && tables.AreSignalAndNoise(Config) && AttentionPlan.Supports(Config))
            {
                _fused = new AttentionPlan(Config, tables.Frequencies);
            }

            _lambda = Config.LambdaFinal;
            _headGains = architecture.Gains(_lambda);
        }

        /// <summary>(groups, headDim / 2): signal, noise.</summary>
        public float[] Frequencies => _tables.Frequencies;

        /// <summary>The noise heads' present gain, without its sign. Setting it replaces the gains of all heads.</summary>
        public override double Lambda
        {
            get => _lambda;
            set
            {
                _lambda = value;
                SetGains(Architecture.Gains(value));
            }
        }

        /// <summary>False takes the library's attention on the CPU too, for comparison.</summary>
        internal bool UseFusedAttention { get; set; } = true;

        internal override Tensor? OutputScale => Parameters["gf"];

        /// <summary>A model with a checkpoint's weights, frequencies, groups and gains.</summary>
        public static PrismTransformer FromCheckpoint(PrismCheckpoint checkpoint, Device? device = null, ScalarType compute = ScalarType.Float32)
        {
            var target = device ?? CPU;
            var architecture = Checked(new Architecture { Config = checkpoint.Config, LambdaInitial = checkpoint.Config.LambdaFinal });
            var parameters = new ParameterStore(ParameterLayout.Of(architecture), 0, target);
            foreach (var spec in parameters.Specs)
            {
                parameters.Write(spec.Name, checkpoint.ReadFloats(spec.Name));
            }

            var tables = new HeadTables(checkpoint.RopeInvFreq, checkpoint.RopeGroups, checkpoint.HeadGroup);
            var model = new PrismTransformer(architecture, tables, parameters, target, compute);
            model.SetGains(checkpoint.Gain);
            return model;
        }

        public override Tensor Hidden(Tensor ids, List<Tensor>? routerLosses = null, Tensor? realRows = null) =>
            Run(ids, 0, null, null, null, routerLosses, realRows);

        public override TrainedModel Replica() => new PrismTransformer(Architecture, _tables, Parameters.Replica(), Device, Compute) { UseFusedAttention = UseFusedAttention, Lambda = Lambda };

        public override void Dispose()
        {
            base.Dispose();
            // Layers share tables; disposing one twice does nothing.
            foreach (var rotation in _rotations)
            {
                rotation.Dispose();
            }

            _gains?.Dispose();
        }

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
            var gains = dials is null ? Gains() : Gains().mul(dials);
            var x = Parameters["tok_emb"].index_select(0, ids.reshape(-1)).view(ids.shape[0], length, Config.Dim);
            for (var layer = 0; layer < Config.Layers; layer++)
            {
                var rotation = _rotations[layer].narrow(0, start, length);
                x = x.add(AttentionBlock.Forward(c, layer, x, rotation, gains.select(0, layer), past?[layer], present));
                x = x.add(FeedForwardBlock.Forward(c, layer, x));
            }

            return x;
        }

        internal override Tensor FinalRows(Tensor hidden) => new ForwardContext(Config, Parameters, Compute).Normalize(hidden);

        private static Architecture Checked(Architecture architecture)
        {
            architecture.Validate();
            return architecture;
        }

        private void SetGains(float[] headGains)
        {
            _headGains = headGains;
            _gains?.Dispose();
            _gains = null;
        }

        /// <summary>(layers, heads * headDim): each head's gain, repeated over its columns.</summary>
        private Tensor Gains()
        {
            if (_gains is null)
            {
                var columns = _headGains.SelectMany(gain => Enumerable.Repeat(gain, Config.HeadDim)).ToArray();
                _gains = tensor(columns, new long[] { Config.Layers, Config.HeadsDim }, device: Device).DetachFromDisposeScope();
            }

            return _gains;
        }

        /// <summary>One table a layer, (context, rotated heads, headDim / 2) complex; layers that group their heads alike share it.</summary>
        private Tensor[] Rotations()
        {
            var shared = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            return Enumerable.Range(0, Config.Layers).Select(layer =>
            {
                var key = Convert.ToHexString(_tables.HeadGroup.AsSpan(layer * Config.Heads, Config.Heads));
                if (!shared.TryGetValue(key, out var rotation))
                {
                    var angles = _tables.Angles(Config, layer);
                    using var real = tensor(angles, new long[] { Config.Context, angles.Length / (Config.Context * Config.HeadDim), Config.HeadDim / 2, 2 }, device: Device);
                    rotation = real.view_as_complex().DetachFromDisposeScope();
                    shared.Add(key, rotation);
                }

                return rotation;
            }).ToArray();
        }
    }
}
