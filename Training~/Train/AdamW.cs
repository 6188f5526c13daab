using System;
using PrismLM.Training.Model;
using static TorchSharp.torch;

namespace PrismLM.Training.Train
{
    /// <summary>AdamW on the flat parameter vector; weight decay on its leading part, the matrices.</summary>
    internal sealed class AdamW : IDisposable
    {
        private const double Beta1 = 0.9;
        private const double Beta2 = 0.95;
        private const double Epsilon = 1e-8;
        private readonly ParameterStore _parameters;
        private readonly double _weightDecay;

        public AdamW(ParameterStore parameters, double weightDecay)
        {
            _parameters = parameters;
            _weightDecay = weightDecay;
            First = zeros_like(parameters.Values);
            Second = zeros_like(parameters.Values);
        }

        /// <summary>Running mean of the gradient.</summary>
        public Tensor First { get; }

        /// <summary>Running mean of its square.</summary>
        public Tensor Second { get; }

        public long Steps { get; set; }

        /// <summary>Clips the gradient to a norm, takes one step, and clears the gradient.</summary>
        /// <returns>The norm before clipping.</returns>
        public double Step(double learningRate, double maximalNorm)
        {
            using var scope = NewDisposeScope();
            using var noGradient = no_grad();
            var gradient = _parameters.Gradients;
            double norm = gradient.norm().item<float>();
            if (!double.IsFinite(norm))
            {
                throw new ArithmeticException(FormattableString.Invariant(
                    $"The gradient norm is {norm} at step {Steps + 1}; the run has diverged. Resume the last saved state with a lower learning rate."));
            }

            if (norm > maximalNorm)
            {
                gradient.mul_(maximalNorm / norm);
            }

            Steps++;
            First.mul_(Beta1).add_(gradient, alpha: 1.0 - Beta1);
            Second.mul_(Beta2).addcmul_(gradient, gradient, 1.0 - Beta2);
            var values = _parameters.Values;
            values.narrow(0, 0, _parameters.DecayedCount).mul_(1.0 - (learningRate * _weightDecay));
            var stepSize = learningRate / (1.0 - Math.Pow(Beta1, Steps));
            var denominator = Second.sqrt().div_(Math.Sqrt(1.0 - Math.Pow(Beta2, Steps))).add_(Epsilon);
            values.addcdiv_(First, denominator, -stepSize);
            gradient.zero_();
            return norm;
        }

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
