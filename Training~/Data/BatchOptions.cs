namespace PrismLM.Training.Data
{
    /// <summary>How documents become optimizer steps.</summary>
    public sealed record BatchOptions
    {
        /// <summary>Input tokens of one optimizer step.</summary>
        public int TokensPerStep { get; init; } = 8192;

        /// <summary>Most tokens, padding included, of one forward and backward pass.</summary>
        public int TokensPerMicroBatch { get; init; } = 4096;

        /// <summary>Steps whose documents are sorted by length together.</summary>
        public int StepsPerPool { get; init; } = 32;

        public int PadId { get; init; }

        public ulong Seed { get; init; } = 1;
    }
}
