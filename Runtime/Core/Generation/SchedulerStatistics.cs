namespace PrismLM.Core.Generation
{
    /// <summary>How a scheduler is doing, for a head-up display or a log.</summary>
    public readonly struct SchedulerStatistics
    {
        internal SchedulerStatistics(EngineStatistics engine, double tokensPerSecond, double timeToFirstToken, double budgetUsed, int inFlight, int waiting)
        {
            Engine = engine;
            TokensPerSecond = tokensPerSecond;
            TimeToFirstTokenMilliseconds = timeToFirstToken;
            BudgetUsed = budgetUsed;
            InFlight = inFlight;
            Waiting = waiting;
        }

        public EngineStatistics Engine { get; }

        /// <summary>Tokens of all replies in the last half second of host time, as a rate.</summary>
        public double TokensPerSecond { get; }

        /// <summary>From submission to the first token, in milliseconds of host time, averaged over recent replies; 0 before the first.</summary>
        public double TimeToFirstTokenMilliseconds { get; }

        /// <summary>Device time over budget, averaged over about 60 ticks with work; 0 where the device has no timestamps, or for an infinite budget.</summary>
        public double BudgetUsed { get; }

        public int InFlight { get; }

        public int Waiting { get; }
    }
}
