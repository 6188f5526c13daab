using System.Collections.Generic;
using PrismLM.Training.Data;
using PrismLM.Training.Model;
using static TorchSharp.torch;

namespace PrismLM.Training.Train
{
    /// <summary>Forward and backward pass of one micro-batch; the gradients add up in the parameter store.</summary>
    internal static class TrainStep
    {
        /// <param name="scale">1 / (loss weight of the whole step).</param>
        /// <param name="share">The micro-batch's share of the step's tokens.</param>
        /// <returns>Sum of weight times loss, in nats.</returns>
        public static double Accumulate(TrainedModel model, MicroBatch batch, int padId, double scale, double share)
        {
            if (batch.TotalWeight <= 0.0)
            {
                return 0.0;
            }

            using var scope = NewDisposeScope();
            var device = model.Device;
            var ids = tensor(batch.Ids, new long[] { batch.Rows, batch.Columns }, device: device);
            var routerLosses = model.Config.IsMixture ? new List<Tensor>() : null;
            var real = routerLosses is null ? null : batch.RealPositions(padId);
            var hidden = model.Hidden(ids, routerLosses, real is null ? null : tensor(real, device: device));
            var rows = hidden.view(-1, model.Config.Dim).index_select(0, tensor(batch.Positions, device: device));
            var normalized = model.FinalRows(rows);
            var gradient = OutputLoss.Backward(
                model, normalized.detach(), tensor(batch.Targets, device: device), tensor(batch.Weights, device: device), scale, out var loss);
            if (routerLosses is null)
            {
                normalized.backward(new[] { gradient });
            }
            else
            {
                // The router losses are means over tokens: a micro-batch counts by its share of the step's tokens.
                var router = stack(routerLosses).sum();
                autograd.backward(new[] { normalized, router }, new[] { gradient, full_like(router, share) });
            }

            return loss;
        }
    }
}
