using PrismLM.Core.Generation;

namespace PrismLM.Hosting
{
    /// <summary>How a <see cref="PrismRuntime"/> is doing, for a head-up display or a profiler; reading it allocates nothing.</summary>
    public readonly struct RuntimeStatistics
    {
        internal RuntimeStatistics(in SchedulerStatistics scheduler, long memoryBytes)
        {
            DeviceMilliseconds = scheduler.Engine.DeviceMilliseconds;
            SubmitMilliseconds = scheduler.Engine.SubmitMilliseconds;
            Submits = scheduler.Engine.Submits;
            PromptTokens = scheduler.Engine.PromptTokens;
            ReusedPromptTokens = scheduler.Engine.ReusedPromptTokens;
            TokensPerSecond = scheduler.TokensPerSecond;
            TimeToFirstTokenMilliseconds = scheduler.TimeToFirstTokenMilliseconds;
            BudgetUsed = scheduler.BudgetUsed;
            InFlight = scheduler.InFlight;
            Waiting = scheduler.Waiting;
            MemoryBytes = memoryBytes;
        }

        /// <summary>Device time of the work that the last tick saw end, in milliseconds; 0 where the device has no timestamps, and for an infinite budget.</summary>
        public double DeviceMilliseconds { get; }

        /// <summary>Processor time of the last tick's submission, in milliseconds; 0 when it submitted nothing.</summary>
        public double SubmitMilliseconds { get; }

        /// <summary>Submissions so far, at most one a tick.</summary>
        public long Submits { get; }

        /// <summary>Prompt tokens that the present model computed so far; 0 for the reference backend, which does not count.</summary>
        public long PromptTokens { get; }

        /// <summary>Prompt tokens so far that it did not compute, since an earlier prompt began with the same: a persona, or the conversation before this line.</summary>
        public long ReusedPromptTokens { get; }

        /// <summary>Tokens of all replies in the last half second of host time, as a rate.</summary>
        public double TokensPerSecond { get; }

        /// <summary>From a question to its first token, in milliseconds of host time, averaged over recent replies; 0 before the first.</summary>
        public double TimeToFirstTokenMilliseconds { get; }

        /// <summary>Device time over budget, averaged over about 60 ticks with work; 0 where the device has no timestamps.</summary>
        public double BudgetUsed { get; }

        /// <summary>Replies that hold a slot.</summary>
        public int InFlight { get; }

        /// <summary>Replies that wait for a slot.</summary>
        public int Waiting { get; }

        /// <summary>Device memory of model and key/value cache, in bytes; constant until a reload.</summary>
        public long MemoryBytes { get; }
    }
}
