using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using PrismLM.Benchmarks;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Evaluation;

namespace PrismLM.Cli.Running
{
    /// <summary>Loss of one number format on a text.</summary>
    /// <remarks>Bytes of the checkpoint; nats per token; how many more than in the format compared with, and how many more Prism allows (0 for the one compared with).</remarks>
    internal sealed record FormatLoss(string Weights, long Bytes, double Loss, double Difference, double Limit)
    {
        public bool IsWithin => Difference <= Limit;
    }

    /// <summary>What coarser weights cost: the same model and the same text in every number format.</summary>
    internal static class FormatComparison
    {
        /// <summary>Nats per token that a format may lose against float32.</summary>
        public static double Limit(WeightFormat format) => format switch
        {
            WeightFormat.Float16 => 0.005,
            WeightFormat.Int8 => 0.02,
            WeightFormat.Int4 => 0.06,
            _ => 0,
        };

        /// <summary>The checkpoint as it is, then in every format that is coarser.</summary>
        public static IReadOnlyList<FormatLoss> Run(PrismCheckpoint checkpoint, EvaluationText text, Func<PrismCheckpoint, LanguageModels> open, IProgress<double> progress, CancellationToken cancellation)
        {
            WeightFormat[] formats = Enum.GetValues<WeightFormat>().Where(format => format >= checkpoint.WeightFormat).ToArray();
            var losses = new List<FormatLoss>();
            for (int i = 0; i < formats.Length; i++)
            {
                byte[] bytes = CheckpointWriter.From(checkpoint, formats[i]).ToBytes();
                PrismCheckpoint coarser = i == 0 ? checkpoint : PrismCheckpoint.Load(new MemoryStream(bytes), WeightNames.Of(formats[i]), null, cancellation);
                using LanguageModels model = open(coarser);
                double done = i;
                double loss = TextScorer.Score(model.Model, text, new Part(value => progress.Report((done + value) / formats.Length)), cancellation).Loss;
                losses.Add(new FormatLoss(WeightNames.Of(formats[i]), bytes.Length, loss, i == 0 ? 0 : loss - losses[0].Loss, i == 0 ? 0 : Limit(formats[i])));
            }

            return losses;
        }

        private sealed class Part : IProgress<double>
        {
            private readonly Action<double> _report;

            public Part(Action<double> report) => _report = report;

            public void Report(double value) => _report(value);
        }
    }
}
