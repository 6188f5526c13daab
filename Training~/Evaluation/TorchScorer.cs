using System;
using System.Linq;
using System.Threading;
using PrismLM.Training.Data;
using PrismLM.Training.Model;
using PrismLM.Training.Train;
using static TorchSharp.torch;

namespace PrismLM.Training.Evaluation
{
    /// <summary>Scores a text with the training model, many rows at once.</summary>
    public static class TorchScorer
    {
        private const int TokensAtOnce = 4096;

        public static TextScore Score(TrainedModel model, EvaluationText text, CancellationToken cancellation = default)
        {
            using var noGradient = no_grad();
            var sorted = text.Rows.OrderBy(row => row.Length).ToArray();
            var nats = 0.0;
            for (var at = 0; at < sorted.Length;)
            {
                cancellation.ThrowIfCancellationRequested();
                var count = 1;
                while (at + count < sorted.Length && (count + 1) * (sorted[at + count].Length - 1) <= TokensAtOnce)
                {
                    count++;
                }

                using var scope = NewDisposeScope();
                var documents = sorted[at..(at + count)].Select(row => new TokenDocument(row, Enumerable.Repeat(1f, row.Length).ToArray())).ToArray();
                var batch = new MicroBatch(documents, Math.Max(model.Config.Special.Pad, 0));
                var hidden = model.Hidden(tensor(batch.Ids, new long[] { batch.Rows, batch.Columns }, device: model.Device));
                var rows = hidden.view(-1, model.Config.Dim).index_select(0, tensor(batch.Positions, device: model.Device));
                nats += OutputLoss.Value(model, rows, tensor(batch.Targets, device: model.Device), tensor(batch.Weights, device: model.Device));
                at += count;
            }

            return new TextScore(nats, text.Tokens, text.Bytes);
        }
    }
}
