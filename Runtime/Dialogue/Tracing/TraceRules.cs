using System;
using System.Collections.Generic;
using PrismLM.Core.Generation;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>What was in force while a reply was written: everything beside the prompt that decides its tokens.</summary>
    internal sealed class TraceRules
    {
        public SamplingOptions Sampling { get; set; } = SamplingOptions.Greedy;

        /// <summary>Most tokens, as limit and context left them.</summary>
        public int Limit { get; set; } = 1;

        /// <summary>Random numbers drawn before the reply.</summary>
        public uint Draws { get; set; }

        /// <summary>Number of the NPC in its runtime: two that share a seed draw other numbers.</summary>
        public uint Npc { get; set; }

        public float[] HeadDials { get; set; } = Array.Empty<float>();

        /// <summary>The reply is one of <see cref="Lines"/>; otherwise it is speech with at most one of them as its action.</summary>
        public bool IsChoice { get; set; }

        public IReadOnlyList<string> Lines { get; set; } = Array.Empty<string>();

        /// <summary>Characters that no reply has.</summary>
        public string Banned { get; set; } = string.Empty;

        public static TraceRules Of(GenerationRequest request, int context, string banned) => new TraceRules
        {
            Sampling = request.Sampling,
            Limit = Math.Min(request.MaxTokens, context - request.Prompt.Length),
            Draws = request.DrawCounter,
            Npc = request.Npc,
            HeadDials = request.HeadDials,
            IsChoice = request.Constraint?.IsChoice ?? false,
            Lines = request.Constraint?.Lines ?? Array.Empty<string>(),
            Banned = banned,
        };
    }
}
