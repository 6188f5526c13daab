using System;
using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>How a reply ended, and all of it.</summary>
    public sealed class GenerationResult
    {
        internal GenerationResult(
            FinishReason reason, string text, int[] tokens, uint drawCounter, GenerationStatistics statistics, string? stopSequence, string? error)
        {
            Reason = reason;
            Text = text;
            Tokens = tokens;
            DrawCounter = drawCounter;
            Statistics = statistics;
            StopSequence = stopSequence;
            Error = error;
        }

        public FinishReason Reason { get; }

        /// <summary>Whole characters; without stop tokens and stop sequences.</summary>
        public string Text { get; }

        /// <summary>Every token that was taken, the one that ended the reply included.</summary>
        public IReadOnlyList<int> Tokens { get; }

        /// <summary>Random numbers this NPC has drawn by now: what its next request starts from.</summary>
        public uint DrawCounter { get; }

        public GenerationStatistics Statistics { get; }

        /// <summary>The stop sequence that ended the reply, if one did.</summary>
        public string? StopSequence { get; }

        /// <summary>What failed, if something did.</summary>
        public string? Error { get; }
    }

    /// <summary>Counts and times of one reply.</summary>
    public readonly struct GenerationStatistics
    {
        internal GenerationStatistics(int promptTokens, int generatedTokens, TimeSpan timeToFirstToken, TimeSpan total)
        {
            PromptTokens = promptTokens;
            GeneratedTokens = generatedTokens;
            TimeToFirstToken = timeToFirstToken;
            Total = total;
        }

        public int PromptTokens { get; }

        public int GeneratedTokens { get; }

        /// <summary>From submission to the first token, waiting for a slot and reading the prompt included; zero when no token came.</summary>
        public TimeSpan TimeToFirstToken { get; }

        /// <summary>From submission to the end.</summary>
        public TimeSpan Total { get; }

        /// <summary>Tokens after the first, divided by the time after the first; 0 with fewer than two.</summary>
        public double TokensPerSecond
        {
            get
            {
                double seconds = (Total - TimeToFirstToken).TotalSeconds;
                return GeneratedTokens < 2 || seconds <= 0 ? 0 : (GeneratedTokens - 1) / seconds;
            }
        }
    }
}
