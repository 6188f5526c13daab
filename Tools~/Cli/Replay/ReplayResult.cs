using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Dialogue.Tracing;

namespace PrismLM.Cli.Replay
{
    /// <summary>A reply that was made again, beside what was recorded.</summary>
    /// <param name="Trace">What was recorded.</param>
    /// <param name="Checkpoint">What it was made again with.</param>
    /// <param name="Backend">What computed.</param>
    /// <param name="Recorded">The model's words, from the recorded tokens.</param>
    /// <param name="Again">Null when the recorded reply had no token: there is nothing to make again.</param>
    /// <param name="Scores">What the model thinks of each recorded token after the restored ones; empty when nobody asked.</param>
    internal sealed record ReplayResult(
        ReplyTrace Trace, PrismCheckpoint Checkpoint, string Backend, string Recorded, GenerationResult? Again, IReadOnlyList<TracedToken> Scores)
    {
        public bool SameModel => string.Equals(Trace.ModelHash, Checkpoint.Sha256, StringComparison.Ordinal);

        public bool SameBackend => string.Equals(Trace.Backend, Backend, StringComparison.Ordinal);

        /// <summary>Index of the first recorded token that came out otherwise; -1 for none. A reply that someone ended early is compared as far as it had come.</summary>
        public int FirstDifference
        {
            get
            {
                int[] recorded = Trace.Tokens.Skip(Trace.RestoredTokens).ToArray();
                IReadOnlyList<int> again = Again?.Tokens ?? Array.Empty<int>();
                for (int i = 0; i < recorded.Length; i++)
                {
                    if (i >= again.Count || again[i] != recorded[i])
                    {
                        return Trace.RestoredTokens + i;
                    }
                }

                // A reply that the model ended must end there again.
                bool ended = Trace.Reason is FinishReason.Finished or FinishReason.MaxLength;
                return ended && again.Count > recorded.Length ? Trace.Tokens.Count : -1;
            }
        }

        public bool IsIdentical => FirstDifference < 0;
    }
}
