namespace PrismLM.Core.Generation
{
    /// <summary>An engine that counts what it does.</summary>
    public interface IEngineStatistics
    {
        /// <summary>Figures of the last tick.</summary>
        EngineStatistics Statistics { get; }
    }

    /// <summary>What an engine did in the last <see cref="ITokenEngine.Advance"/>.</summary>
    public readonly struct EngineStatistics
    {
        public EngineStatistics(double deviceMilliseconds, double submitMilliseconds, long submits, long promptTokens = 0, long reusedPromptTokens = 0)
        {
            DeviceMilliseconds = deviceMilliseconds;
            SubmitMilliseconds = submitMilliseconds;
            Submits = submits;
            PromptTokens = promptTokens;
            ReusedPromptTokens = reusedPromptTokens;
        }

        /// <summary>Device time of the slices that were seen to end, in milliseconds; 0 where the device has no timestamps.</summary>
        public double DeviceMilliseconds { get; }

        /// <summary>Processor time of the call's submission, in milliseconds; 0 when nothing was submitted.</summary>
        public double SubmitMilliseconds { get; }

        /// <summary>Submissions so far.</summary>
        public long Submits { get; }

        /// <summary>Prompt tokens that were computed so far.</summary>
        public long PromptTokens { get; }

        /// <summary>Prompt tokens so far that were not computed, since an earlier prompt with the same dials began with the same tokens.</summary>
        public long ReusedPromptTokens { get; }
    }
}
