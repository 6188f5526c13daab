using System;
using System.Collections.Generic;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>What a save holds: text, facts, token ids and counters, never keys and values of the model.</summary>
    internal sealed class NpcSave
    {
        /// <summary>Version of the format.</summary>
        public const int Version = 1;

        /// <summary>Largest save.</summary>
        public const int MaxBytes = 4 << 20;

        /// <summary>Longest line of an NPC; a longer one is cut when it is saved.</summary>
        public const int MaxTurnLength = 16 * 1024;

        /// <summary>Largest count of tokens.</summary>
        public const int MaxTokens = 1 << 20;

        /// <summary>SHA-256 of the model.</summary>
        public string Model { get; set; } = string.Empty;

        public string Persona { get; set; } = string.Empty;

        public uint Id { get; set; }

        public uint Draws { get; set; }

        public long Exchanges { get; set; }

        public List<DialogueTurn> History { get; } = new List<DialogueTurn>();

        public List<string> Facts { get; } = new List<string>();

        /// <summary>What the game set; null for the persona's.</summary>
        public SamplingOptions? Sampling { get; set; }

        /// <summary>What the game set; 0 for the persona's.</summary>
        public int MaxReplyTokens { get; set; }

        public float[] HeadDials { get; set; } = Array.Empty<float>();

        /// <summary>The reply that was on its way.</summary>
        public ReplySave? Reply { get; set; }
    }

    /// <summary>A reply in its middle.</summary>
    internal sealed class ReplySave
    {
        public DialogueTurn Turn { get; set; } = DialogueTurn.Player(string.Empty);

        public int[] Prompt { get; set; } = Array.Empty<int>();

        /// <summary>What the model has said so far; those that were not raised yet are among them.</summary>
        public int[] Tokens { get; set; } = Array.Empty<int>();

        public int MaxTokens { get; set; }

        /// <summary>Random numbers drawn before the reply.</summary>
        public uint Draws { get; set; }

        public SamplingOptions Sampling { get; set; } = SamplingOptions.Greedy;

        public float[] HeadDials { get; set; } = Array.Empty<float>();

        public int DroppedTurns { get; set; }

        public bool IsSilent { get; set; }

        /// <summary>The lines of a choice; null for speech.</summary>
        public List<string>? Lines { get; set; }

        /// <summary>Words that were raised, as a filter left them.</summary>
        public string Said { get; set; } = string.Empty;

        /// <summary>Characters that came from the model and were not raised yet.</summary>
        public int Pending { get; set; }

        /// <summary>Where the sentence begins that is not complete yet.</summary>
        public int Sentence { get; set; }

        /// <summary>Characters the player has seen; -1 for all.</summary>
        public int Shown { get; set; } = -1;

        /// <summary>The words the player has seen.</summary>
        public string Seen => Said.Substring(0, ReplyText.Whole(Said.AsSpan(), Shown < 0 ? Said.Length : Shown)).TrimEnd();
    }
}
