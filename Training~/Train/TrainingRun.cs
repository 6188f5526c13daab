using System;
using System.Globalization;
using System.IO;
using System.Threading;
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

        /// <summary>
        /// Begins a new run in <see cref="TrainingOptions.RunFolder"/> and trains until its budget is used up or it is cancelled. A start that fails
        /// leaves nothing behind.
        /// </summary>
        /// <exception cref="ArgumentException">An option is out of range, or the device is missing.</exception>
        /// <exception cref="IOException">The folder holds a run already, or a file cannot be read or written.</exception>
        public static TrainingResult Start(TrainingOptions options, ITrainingProgress progress, CancellationToken cancellation = default)
        {
            RunFolder.Free(options.RunFolder);
            var plan = RunPlan.New(options);
            using var session = new TrainingSession(plan, null);
            var validation = OpenValidation(plan);
            cancellation.ThrowIfCancellationRequested();
            var folder = RunFolder.Create(plan);
            try
            {
                using var held = folder.Lock();
                return Train(folder, session, validation, progress, cancellation);
            }
            catch when (session.Cursor.Step == 0)
            {
                folder.Discard();
                throw;
            }
        }

        /// <summary>Goes on from the last saved state; on the CPU with the same bits as if it had never stopped (unless the budget is in minutes).</summary>
        /// <param name="decayTokens">Above 0: begin the decay now, over so many tokens.</param>
        /// <exception cref="ArgumentException">A decay was asked for that cannot begin: the run is finished, or is in one already.</exception>
        public static TrainingResult Resume(string runFolder, ITrainingProgress progress, CancellationToken cancellation = default, long decayTokens = 0)
        {
            var folder = RunFolder.Open(runFolder);
            using var held = folder.Lock();
            var plan = RunPlan.Of(folder);
            using var session = new TrainingSession(plan, folder.State);
            var validation = OpenValidation(plan);
            if (decayTokens > 0 && (session.Progress >= 1.0 || session.Cursor.DecayStart >= 0))
            {
                throw new ArgumentException(session.Progress >= 1.0
                    ? $"{runFolder} is finished: no decay can begin."
                    : string.Create(CultureInfo.InvariantCulture, $"{runFolder} is in its decay already, since {session.Cursor.DecayStart:N0} tokens; resume it without asking for another."));
            }

            progress.Message(string.Create(CultureInfo.InvariantCulture, $"Resumed at step {session.Cursor.Step}, {session.Cursor.Tokens:N0} tokens."));
            if (decayTokens > 0)
            {
                Decay(session, decayTokens, progress);
            }

            return Train(folder, session, validation, progress, cancellation);
        }

        private static TrainingResult Train(RunFolder folder, TrainingSession session, EvaluationText? validation, ITrainingProgress progress, CancellationToken cancellation)
        {
            using var log = new MetricsLog(folder.Metrics, session.Cursor.Step);
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

                var measure = validation is not null && session.Options.ValidateEverySeconds > 0.0 && now - validated > session.Options.ValidateEverySeconds;
                if (measure || now - saved > session.Options.SaveEverySeconds)
                {
                    Save(folder, session, log, false);
                    saved = session.Seconds;
                }

                if (measure)
                {
                    Validate(session, validation!, log, progress, cancellation);
                    LossPlot.Save(folder.Metrics, folder.Plot, Title(session));
                    validated = session.Seconds;
                }
            }

            // Saved before it is measured: whoever interrupts or kills a run loses no step to the measurement.
            var finished = session.Progress >= 1.0;
            if (!session.Cursor.Finished)
            {
                Save(folder, session, log, finished);
            }

            var bits = finished && validation is not null ? FinalBits(session, validation, log, progress, cancellation) : null;
            LossPlot.Save(folder.Metrics, folder.Plot, Title(session));
            return new TrainingResult(folder.Path, session.Cursor.Step, session.Cursor.Tokens, session.Seconds, session.Cursor.Loss, bits, finished);
        }

        private static void Save(RunFolder folder, TrainingSession session, MetricsLog log, bool finished)
        {
            log.Flush();
            session.Save(folder.State, finished);
        }

        /// <summary>A finished run that is resumed was measured before: the log has the answer.</summary>
        private static double? FinalBits(TrainingSession session, EvaluationText text, MetricsLog log, ITrainingProgress progress, CancellationToken cancellation) =>
            log.LastValidation is { } last && last.Step == session.Cursor.Step ? last.ValidationBitsPerByte : Validate(session, text, log, progress, cancellation);

        private static EvaluationText? OpenValidation(RunPlan plan) => plan.Data.Validation is null
            ? null
            : EvaluationText.Load(plan.Data.Validation, plan.Tokenizer, plan.Special.Bos, plan.Options.Architecture().Config.Context, ValidationDocuments);

        private static double? Validate(TrainingSession session, EvaluationText text, MetricsLog log, ITrainingProgress progress, CancellationToken cancellation)
        {
            var score = TorchScorer.Score(session.Model, text, cancellation);
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
