using System;

namespace PrismLM.Training.Train
{
    /// <summary>Where a run stands after a step.</summary>
    /// <param name="Loss">Smoothed, nats per unit of loss weight.</param>
    /// <param name="Progress">Share of the budget used, 0 to 1.</param>
    /// <param name="Remaining">Estimated.</param>
    public sealed record TrainingStatus(
        long Step, long Tokens, double Loss, double LearningRate, double Lambda, double GradientNorm, double TokensPerSecond, double Progress, TimeSpan Remaining);

    /// <summary>Sees a training run go by. Called on the training thread.</summary>
    public interface ITrainingProgress
    {
        /// <summary>After every step.</summary>
        void Report(TrainingStatus status);

        /// <summary>One line of news: resumed, saved, measured, decay begun.</summary>
        void Message(string text);
    }
}
