using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using static TorchSharp.torch;

namespace PrismLM.Training.Model
{
    /// <summary>What the trainer needs of a transformer, whatever its family: float32 parameters, matrix products in a chosen type.</summary>
    public abstract class TrainedModel : IDisposable
    {
        private protected TrainedModel(Architecture architecture, ParameterStore parameters, Device device, ScalarType compute)
        {
            Architecture = architecture;
            Parameters = parameters;
            Device = device;
            Compute = compute;
        }

        public Architecture Architecture { get; }

        public ModelConfig Config => Architecture.Config;

        public ParameterStore Parameters { get; }

        public Device Device { get; }

        public ScalarType Compute { get; }

        /// <summary>The noise heads' present gain, without its sign; of no effect in a model without noise heads.</summary>
        public abstract double Lambda { get; set; }

        /// <summary>The matrix that makes logits: the embedding when tied.</summary>
        internal Tensor OutputMatrix => Parameters[Config.Tied ? "tok_emb" : "head"];

        /// <summary>A scale of the final norm that is applied to the output matrix; null when <see cref="FinalRows"/> applies it.</summary>
        internal abstract Tensor? OutputScale { get; }

        /// <summary>A new model of the architecture's family.</summary>
        /// <exception cref="ArgumentException">The architecture cannot be built.</exception>
        public static TrainedModel Create(Architecture architecture, ulong seed, Device? device = null, ScalarType compute = ScalarType.Float32) =>
            architecture.Family == ModelFamily.Gpt2 ? new Gpt2Transformer(architecture, seed, device, compute) : new PrismTransformer(architecture, seed, device, compute);

        /// <summary>The residual stream after the last layer, before the final norm.</summary>
        /// <param name="ids">(batch, positions), int64; each row starts at position 0.</param>
        /// <param name="routerLosses">Receives one scalar a layer when the model is a mixture.</param>
        /// <param name="realRows">Rows of the flattened batch that count in the router losses; null for all.</param>
        /// <returns>(batch, positions, dim), float32.</returns>
        public abstract Tensor Hidden(Tensor ids, List<Tensor>? routerLosses = null, Tensor? realRows = null);

        /// <summary>Logits of rows of the residual stream.</summary>
        /// <param name="hidden">(..., dim).</param>
        /// <returns>(..., vocabulary), float32.</returns>
        public Tensor Logits(Tensor hidden)
        {
            var matrix = OutputScale is null ? OutputMatrix : OutputMatrix.mul(OutputScale);
            return nn.functional.linear(FinalRows(hidden), matrix.to(Compute)).to(ScalarType.Float32);
        }

        /// <summary>The same weights with gradients of their own, for another thread; lambda is set separately.</summary>
        public abstract TrainedModel Replica();

        public virtual void Dispose()
        {
            Parameters.Dispose();
            GC.SuppressFinalize(this);
        }

        /// <summary>The final norm, in the compute type: rows whose product with the output matrix (times <see cref="OutputScale"/>) are the logits.</summary>
        internal abstract Tensor FinalRows(Tensor hidden);
    }
}
