using System;
using PrismLM.Training.Model;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace PrismLM.Training.Train
{
    /// <summary>
    /// Cross-entropy of the output matrix, with its gradient written out: the logits live only in blocks of rows that fit the cache, never as
    /// one (tokens, vocabulary) tensor. Only rows whose loss weight is not 0 come here.
    /// </summary>
    internal static class OutputLoss
    {
        private const int BlockRows = 512;

        /// <summary>Adds the gradient of <paramref name="scale"/> * sum_i weight_i * loss_i to the parameters and returns that with respect to the rows.</summary>
        /// <param name="rows">(n, dim), normalized, without gradient, in the compute type.</param>
        /// <param name="targets">(n), int64.</param>
        /// <param name="weights">(n), float32.</param>
        /// <param name="loss">Receives sum_i weight_i * loss_i.</param>
        /// <returns>(n, dim), in the compute type.</returns>
        public static Tensor Backward(TrainedModel model, Tensor rows, Tensor targets, Tensor weights, double scale, out double loss)
        {
            using var noGradient = no_grad();
            var norm = model.OutputScale;
            var matrix = model.OutputMatrix;
            var scaled = norm is null ? matrix : matrix.mul(norm);
            var compute = scaled.to(model.Compute);
            var matrixGradient = zeros_like(scaled);
            var count = rows.shape[0];
            var gradients = new Tensor[(count + BlockRows - 1) / BlockRows];
            var total = zeros(1, ScalarType.Float32, rows.device);
            for (var block = 0; block < gradients.Length; block++)
            {
                using var scope = NewDisposeScope();
                var length = Math.Min(BlockRows, count - (block * (long)BlockRows));
                var x = rows.narrow(0, block * (long)BlockRows, length);
                var target = targets.narrow(0, block * (long)BlockRows, length).unsqueeze(1);
                var weight = weights.narrow(0, block * (long)BlockRows, length).unsqueeze(1);
                var logProbability = F.linear(x, compute).to(ScalarType.Float32).log_softmax(-1);
                total.sub_(logProbability.gather(1, target).mul(weight).sum());

                var coefficient = weight.mul(scale);
                var gradient = logProbability.exp_().mul_(coefficient).scatter_add_(1, target, coefficient.neg()).to(model.Compute);
                gradients[block] = gradient.matmul(compute).MoveToOuterDisposeScope();
                matrixGradient.add_(gradient.t().matmul(x));
            }

            loss = total.item<float>();
            if (norm is null)
            {
                matrix.grad!.add_(matrixGradient);
                return cat(gradients, 0);
            }

            // The chain rule through scaled = matrix * norm. (sum(0) would take the 0 for a scalar type, not for a dimension.)
            matrix.grad!.addcmul_(matrixGradient, norm, 1.0);
            norm.grad!.add_(matrixGradient.mul(matrix).sum(new long[] { 0 }));
            return cat(gradients, 0);
        }

        /// <summary>sum_i weight_i * loss_i without gradient.</summary>
        public static double Value(TrainedModel model, Tensor hiddenRows, Tensor targets, Tensor weights)
        {
            using var noGradient = no_grad();
            var total = 0.0;
            for (var at = 0L; at < hiddenRows.shape[0]; at += BlockRows)
            {
                using var scope = NewDisposeScope();
                var length = Math.Min(BlockRows, hiddenRows.shape[0] - at);
                var logProbability = model.Logits(hiddenRows.narrow(0, at, length)).log_softmax(-1);
                var chosen = logProbability.gather(1, targets.narrow(0, at, length).unsqueeze(1)).squeeze(1);
                total -= chosen.mul(weights.narrow(0, at, length)).sum(ScalarType.Float64).item<double>();
            }

            return total;
        }
    }
}
