using System;
using PrismLM.Core.Generation;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>Who spoke, and with what.</summary>
    internal sealed class TraceOrigin
    {
        public TraceOrigin(string npc, string modelName, string modelHash, string backend)
        {
            Npc = npc;
            ModelName = modelName;
            ModelHash = modelHash;
            Backend = backend;
        }

        public string Npc { get; }

        public string ModelName { get; }

        public string ModelHash { get; }

        public string Backend { get; }
    }

    /// <summary>What became of a reply.</summary>
    internal sealed class TraceOutcome
    {
        public int[] Tokens { get; set; } = Array.Empty<int>();

        public int Restored { get; set; }

        public FinishReason? Reason { get; set; }

        public string Text { get; set; } = string.Empty;

        public string? Action { get; set; }

        public string? Code { get; set; }
    }

    /// <summary>What a reply that is traced keeps from its beginning; the rest is there when somebody asks.</summary>
    internal sealed class TraceStart
    {
        public TraceStart(TraceOrigin origin, TraceSection[] prompt, TraceSection[] dropped, TraceRules rules)
        {
            Origin = origin;
            Prompt = prompt;
            Dropped = dropped;
            Rules = rules;
        }

        public TraceOrigin Origin { get; }

        public TraceSection[] Prompt { get; }

        public TraceSection[] Dropped { get; }

        public TraceRules Rules { get; }
    }
}
