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
        public EngineStatistics(double deviceMilliseconds, double submitMilliseconds, long submits)
        {
            DeviceMilliseconds = deviceMilliseconds;
            SubmitMilliseconds = submitMilliseconds;
            Submits = submits;
        }

        /// <summary>Device time of the slices that were seen to end, in milliseconds; 0 where the device has no timestamps.</summary>
        public double DeviceMilliseconds { get; }

        /// <summary>Processor time of the call's submission, in milliseconds; 0 when nothing was submitted.</summary>
        public double SubmitMilliseconds { get; }

        /// <summary>Submissions so far.</summary>
        public long Submits { get; }
    }
}
