using System;
using System.Globalization;
using System.IO;
using System.Threading;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Evaluation;

namespace PrismLM.Training.Train
{
    /// <summary>How a run ended.</summary>
    /// <param name="Finished">False when it was cancelled; it can be resumed.</param>
    public sealed record TrainingResult(string RunFolder, long Steps, long Tokens, double Seconds, double Loss, double? ValidationBitsPerByte, bool Finished);

    /// <summary>Starts and resumes training runs.</summary>
    public static class TrainingRun
    {
        private const int ValidationDocuments = 100;
        private const double FlushSeconds = 20.0;

        /// <summary>Begins a new run in <see cref="TrainingOptions.RunFolder"/> and trains until its budget is used up or it is cancelled.</summary>
        /// <exception cref="ArgumentException">An option is out of range.</exception>
        /// <exception cref="IOException">The folder holds a run already, or a file cannot be read or written.</exception>
        public static TrainingResult Start(TrainingOptions options, ITrainingProgress progress, CancellationToken cancellation = default) =>
            Train(RunFolder.Create(options), 0, false, progress, cancellation);

        /// <summary>Goes on from the last saved state; on the CPU with the same bits as if it had never stopped (unless the budget is in minutes).</summary>
        /// <param name="decayTokens">Above 0: begin the decay now, over so many tokens.</param>
        public static TrainingResult Resume(string runFolder, ITrainingProgress progress, CancellationToken cancellation = default, long decayTokens = 0) =>
            Train(RunFolder.Open(runFolder), decayTokens, true, progress, cancellation);

        private static TrainingResult Train(RunFolder folder, long decayTokens, bool resumed, ITrainingProgress progress, CancellationToken cancellation)
        {
            using var held = folder.Lock();
            using var session = new TrainingSession(folder);
            using var log = new MetricsLog(folder.Metrics, session.Cursor.Step);
            var validation = OpenValidation(folder, session);
            if (resumed)
            {
                progress.Message(string.Create(CultureInfo.InvariantCulture, $"Resumed at step {session.Cursor.Step}, {session.Cursor.Tokens:N0} tokens."));
            }

            if (decayTokens > 0)
            {
                Decay(session, decayTokens, progress);
            }

            var speed = new SpeedMeter(session.Cursor.Tokens, session.Seconds);
            var (saved, validated, flushed) = (session.Seconds, session.Seconds, session.Seconds);
            while (session.Progress < 1.0 && !cancellation.IsCancellationRequested)
            {
                session.Step();
                var now = session.Seconds;
                log.Add(Line(session, now));
                progress.Report(Status(session, speed, now));
                if (now - flushed > FlushSeconds)
                {
                    flushed = now;
                    log.Flush();
                    if (File.Exists(folder.DecayRequest))
                    {
                        Decay(session, ReadRequest(folder.DecayRequest), progress);
                    }
                }

                if (validation is not null && session.Options.ValidateEverySeconds > 0.0 && now - validated > session.Options.ValidateEverySeconds)
                {
                    Validate(session, validation, log, progress);
                    LossPlot.Save(folder.Metrics, folder.Plot, Title(session));
                    validated = session.Seconds;
                }

                if (now - saved > session.Options.SaveEverySeconds)
                {
                    log.Flush();
                    session.Save(folder.State, false);
                    saved = session.Seconds;
                }
            }

            var finished = session.Progress >= 1.0;
            var bits = validation is null ? null : Validate(session, validation, log, progress);
            log.Flush();
            session.Save(folder.State, finished);
            LossPlot.Save(folder.Metrics, folder.Plot, Title(session));
            return new TrainingResult(folder.Path, session.Cursor.Step, session.Cursor.Tokens, session.Seconds, session.Cursor.Loss, bits, finished);
        }

        private static EvaluationText? OpenValidation(RunFolder folder, TrainingSession session)
        {
            var path = folder.ReadData().Validation;
            return path is null
                ? null
                : EvaluationText.Load(path, BpeTokenizer.FromJson(folder.ReadTokenizerJson()), session.Special.Bos, session.Model.Config.Context, ValidationDocuments);
        }

        private static double? Validate(TrainingSession session, EvaluationText text, MetricsLog log, ITrainingProgress progress)
        {
            var score = TorchScorer.Score(session.Model, text);
            log.Add(new MetricsLine
            {
                Step = session.Cursor.Step,
                Tokens = session.Cursor.Tokens,
                Seconds = session.Seconds,
                ValidationLoss = score.Loss,
                ValidationBitsPerByte = score.BitsPerByte,
            });
            log.Flush();
            progress.Message(string.Create(
                CultureInfo.InvariantCulture, $"Validation at {session.Cursor.Tokens:N0} tokens: loss {score.Loss:F4}, {score.BitsPerByte:F4} bits per byte."));
            return score.BitsPerByte;
        }

        private static void Decay(TrainingSession session, long tokens, ITrainingProgress progress)
        {
            if (session.BeginDecay(tokens))
            {
                progress.Message(string.Create(CultureInfo.InvariantCulture, $"Decay begins; it lasts {session.Cursor.DecayTokens:N0} tokens."));
            }
        }

        private static long ReadRequest(string path) =>
            long.TryParse(File.ReadAllText(path).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var tokens) ? tokens : 0;

        private static string Title(TrainingSession session) =>
            string.Create(CultureInfo.InvariantCulture, $"{session.Options.Preset}: {session.Cursor.Tokens / 1e6:F1} million tokens");

        private static MetricsLine Line(TrainingSession session, double seconds) => new()
        {
            Step = session.Cursor.Step,
            Tokens = session.Cursor.Tokens,
            Seconds = Math.Round(seconds, 2),
            Loss = session.Last.Loss,
            LearningRate = session.Last.LearningRate,
            Lambda = session.Cursor.Lambda,
            GradientNorm = session.Last.GradientNorm,
        };

        private static TrainingStatus Status(TrainingSession session, SpeedMeter speed, double seconds)
        {
            var (tokensPerSecond, done) = (speed.Update(session.Cursor.Tokens, seconds), session.Progress);
            var remaining = done > 0.0 ? TimeSpan.FromSeconds(Math.Min(seconds / done * (1.0 - done), 1e8)) : TimeSpan.Zero;
            return new TrainingStatus(
                session.Cursor.Step, session.Cursor.Tokens, session.Cursor.Loss, session.Last.LearningRate, session.Cursor.Lambda, session.Last.GradientNorm, tokensPerSecond, done, remaining);
        }
    }
}
