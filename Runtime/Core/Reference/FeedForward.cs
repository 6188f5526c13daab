using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Reference
{
    /// <summary>One token through the feed-forward block of a layer, dense or mixed. Owns its scratch; for one thread.</summary>
    internal sealed class FeedForward
    {
        private readonly ModelConfig _config;
        private readonly double[] _first;
        private readonly double[] _second;
        private readonly double[] _residual;
        private readonly double[] _part;
        private readonly double[] _logits;
        private readonly double[] _weights;
        private readonly int[] _chosen;
        private readonly ExpertMixture.Expert _expert;
        private ReferenceLayer _layer = new ReferenceLayer();

        public FeedForward(ModelConfig config)
        {
            _config = config;
            _first = new double[config.Hidden];
            _second = new double[config.Hidden];
            _residual = new double[config.Dim];
            _part = new double[config.Dim];
            _logits = new double[config.Experts];
            _weights = new double[config.TopK];
            _chosen = new int[config.TopK];
            _expert = RunExpert;
        }

        /// <summary>Experts the last token went to, ascending; meaningful for a mixture only.</summary>
        public ReadOnlySpan<int> Chosen => _chosen;

        /// <summary>output = FFN(input), both (dim); the residual connection is the caller's.</summary>
        public void Apply(ReferenceLayer layer, ReadOnlySpan<double> input, Span<double> output)
        {
            _layer = layer;
            if (_config.IsMixture)
            {
                ExpertMixture.Apply(layer.Router, input, _expert, _logits, _chosen, _weights, _part, output);
            }
            else
            {
                RunExpert(0, input, output);
            }
        }

        private void RunExpert(int expert, ReadOnlySpan<double> input, Span<double> output)
        {
            int size = _config.Hidden * _config.Dim;
            ReadOnlySpan<float> first = _layer.First.AsSpan(expert * size, size);
            switch (_config.FeedForward)
            {
                case FeedForwardKind.SwiGlu:
                    MatVec.Multiply(first, input, _first);
                    MatVec.Multiply(_layer.Up.AsSpan(expert * size, size), input, _second);
                    SwiGlu.Apply(_first, _second);
                    break;
                case FeedForwardKind.Gelu:
                    MatVec.Multiply(first, input, _first);
                    Gelu.Apply(_first);
                    break;
                default:
                    Ista.Encode(first, input, _config.IstaEta, _config.IstaLambda, _residual, _second, _first);
                    break;
            }

            MatVec.Multiply(_layer.Last.AsSpan(expert * size, size), _first, output);
        }
    }
}
