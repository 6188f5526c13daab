using System;
using System.Linq;
using System.Threading;
using PrismLM.Core.Generation;
using PrismLM.Training.Evaluation;

namespace PrismLM.Cli.Running
{
    /// <summary>How well any language model predicts a text: the same text, cut the same way, whichever backend computes.</summary>
    internal static class TextScorer
    {
        // Logits of a piece are held at once: 64 x 50,000 numbers are 13 MB.
        private const int Piece = 64;

        public static TextScore Score(ILanguageModel model, EvaluationText text, IProgress<double> progress, CancellationToken cancellation)
        {
            int vocabulary = model.Config.Vocabulary;
            var logits = new float[Piece * vocabulary];
            double nats = 0;
            long done = 0;
            using ILanguageSequence sequence = model.CreateSequence();
            long all = text.Rows.Sum(row => (long)row.Length - 1);
            for (int number = 0; number < text.Rows.Count; number++)
            {
                int[] row = text.Rows[number];
                bool[]? scored = text.Scored?[number];
                sequence.Truncate(0);
                for (int at = 0; at < row.Length - 1; at += Piece)
                {
                    cancellation.ThrowIfCancellationRequested();
                    int count = Math.Min(Piece, row.Length - 1 - at);
                    sequence.Append(row.AsSpan(at, count), logits.AsSpan(0, count * vocabulary));
                    for (int i = 0; i < count; i++)
                    {
                        ReadOnlySpan<float> own = logits.AsSpan(i * vocabulary, vocabulary);
                        nats += scored is null || scored[at + i + 1] ? LogSumExp.Of(own) - own[row[at + i + 1]] : 0;
                    }

                    done += count;
                    progress.Report((double)done / all);
                }
            }

            return new TextScore(nats, text.Tokens, text.Bytes);
        }
    }
}
