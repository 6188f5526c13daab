using System;

namespace PrismLM.Training.Train
{
    /// <summary>The shape of the learning rate over a run.</summary>
    public enum ScheduleKind
    {
        /// <summary>Warm-up, then a half cosine to the final fraction.</summary>
        Cosine,

        /// <summary>Warm-up, constant, then a straight decay over the last part: the end can be moved while the run goes.</summary>
        WarmupStableDecay,
    }

    /// <summary>The learning rate as a factor of its peak.</summary>
    public sealed record LearningRateSchedule
    {
        public ScheduleKind Kind { get; init; } = ScheduleKind.Cosine;

        public long WarmupTokens { get; init; } = 500_000;

        /// <summary>Last share of the run in which <see cref="ScheduleKind.WarmupStableDecay"/> falls.</summary>
        public double DecayShare { get; init; } = 0.2;

        /// <summary>Factor at the end of the run.</summary>
        public double FinalFraction { get; init; } = 0.1;

        /// <param name="tokens">Tokens seen.</param>
        /// <param name="progress">Share of the budget used, 0 to 1.</param>
        public double Factor(long tokens, double progress)
        {
            var warm = WarmupTokens > 0 ? Math.Min(1.0, (tokens + 1.0) / WarmupTokens) : 1.0;
            var p = Math.Clamp(progress, 0.0, 1.0);
            if (Kind == ScheduleKind.Cosine)
            {
                return warm * (FinalFraction + ((1.0 - FinalFraction) * 0.5 * (1.0 + Math.Cos(Math.PI * p))));
            }

            var fallen = DecayShare > 0.0 ? Math.Max(0.0, (p - (1.0 - DecayShare)) / DecayShare) : 0.0;
            return warm * (1.0 - ((1.0 - FinalFraction) * fallen));
        }

        /// <summary>Within a decay that was asked for: a straight fall from wherever the schedule stood to the final fraction.</summary>
        /// <param name="startTokens">Tokens seen when it began.</param>
        /// <param name="startProgress">Share of the budget used when it began.</param>
        /// <param name="decayProgress">Share of the decay that is over, 0 to 1.</param>
        public double FactorInDecay(long startTokens, double startProgress, double decayProgress)
        {
            var start = Factor(startTokens, startProgress);
            return start + ((Math.Min(start, FinalFraction) - start) * Math.Clamp(decayProgress, 0.0, 1.0));
        }
    }
}
