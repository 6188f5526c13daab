using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Model.Cpu;
using static TorchSharp.torch;

namespace PrismLM.Training.Model
{
    /// <summary>What every block of one forward pass shares.</summary>
    internal sealed class ForwardContext
    {
        public ForwardContext(ModelConfig config, ParameterStore parameters, ScalarType compute)
        {
            Config = config;
            Parameters = parameters;
            Compute = compute;
        }

        public ModelConfig Config { get; }

        public ParameterStore Parameters { get; }

        /// <summary>Type of the matrix products; the residual stream and the parameters stay float32.</summary>
        public ScalarType Compute { get; }

        /// <summary>The fused attention of the CPU; null where the library's serves.</summary>
        public AttentionPlan? Fused { get; init; }

        /// <summary>Router losses of the layers, when training a mixture; null when they are not wanted.</summary>
        public List<Tensor>? RouterLosses { get; init; }

        /// <summary>Rows of the flattened batch that hold real tokens; null when all do.</summary>
        public Tensor? RealRows { get; init; }

        public Tensor Parameter(int layer, string name) => Parameters[ParameterLayout.Layer(layer, name)];

        public bool Has(int layer, string name) => Parameters.Contains(ParameterLayout.Layer(layer, name));

        /// <summary>x / rms(x) over the last axis, in the compute type. The norm's scale is folded into the matrix that follows: far fewer elements.</summary>
        public Tensor Normalize(Tensor x)
        {
            var length = linalg.vector_norm(x, 2.0, new long[] { -1 }, keepdim: true);
            var inverse = length.mul(length).div_(Config.Dim).add_(Config.NormEpsilon).rsqrt();
            return Cast(x.mul(inverse));
        }

        public Tensor Cast(Tensor x) => x.dtype == Compute ? x : x.to(Compute);

        /// <summary>A weight with the preceding norm's scale folded in along its input axis.</summary>
        public Tensor Scaled(Tensor weight, Tensor scale) => Cast(weight.mul(scale));

    }
}
