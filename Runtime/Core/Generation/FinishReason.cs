namespace PrismLM.Core.Generation
{
    /// <summary>Why a reply ended.</summary>
    public enum FinishReason
    {
        /// <summary>The model ended it with a stop token.</summary>
        Finished,

        /// <summary>Its text ran into one of the request's stop sequences.</summary>
        StopSequence,

        /// <summary>The token limit or the context is reached.</summary>
        MaxLength,

        /// <summary>Someone cancelled it.</summary>
        Cancelled,

        /// <summary>The engine, or a callback, failed; the result says how.</summary>
        Failed,

        /// <summary>Someone spoke over it; what was shown is kept.</summary>
        Interrupted,

        /// <summary>A filter stopped it before a sentence was shown.</summary>
        Filtered,

        /// <summary>Its deadline passed before it could be answered.</summary>
        Expired,
    }
}
