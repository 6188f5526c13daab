using System;
using PrismLM.Core.Generation;

namespace PrismLM.Dialogue
{
    /// <summary>How a reply ended, and what was said and done.</summary>
    public sealed class ReplyResult
    {
        internal ReplyResult(FinishReason reason, string text, string? action, string? code, string? error, bool usedFallback, GenerationResult? generation)
        {
            Reason = reason;
            Text = text;
            Action = action;
            Code = code;
            Error = error;
            UsedFallback = usedFallback;
            Generation = generation;
            Statistics = generation?.Statistics ?? default;
        }

        public FinishReason Reason { get; }

        /// <summary>Every word that was raised; of an interrupted reply, those that were shown.</summary>
        public string Text { get; }

        /// <summary>One of the persona's actions, if the NPC finished its reply with one; otherwise null.</summary>
        public string? Action { get; }

        /// <summary>
        /// What failed, for a program: PD001 persona and line exceed the context, PD002 the engine, PD003 a handler threw, PD004 the engine refused the request,
        /// PD005 the filter threw; null unless <see cref="Reason"/> is Failed.
        /// </summary>
        public string? Code { get; }

        /// <summary>What failed, for a person; null unless <see cref="Reason"/> is Failed.</summary>
        public string? Error { get; }

        /// <summary>True when a fallback line of the persona is among the words.</summary>
        public bool UsedFallback { get; }

        /// <summary>Counts and times; zero when the reply never reached the model.</summary>
        internal GenerationStatistics Statistics { get; }

        /// <summary>Tokens made for the reply, those without text among them.</summary>
        public int GeneratedTokens => Statistics.GeneratedTokens;

        /// <summary>From asking to the first token.</summary>
        public TimeSpan TimeToFirstToken => Statistics.TimeToFirstToken;

        /// <summary>The model's own text and tokens; null when the reply never reached the model, or was dropped before the engine let go of it.</summary>
        internal GenerationResult? Generation { get; }
    }
}
