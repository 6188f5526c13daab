using System;
using System.Collections.Generic;

namespace PrismLM.Dialogue.Tracing
{
    /// <summary>What a part of a prompt is.</summary>
    public enum TraceSectionKind
    {
        /// <summary>Lines of the persona file.</summary>
        Persona,

        /// <summary>A fact that the game added at run time.</summary>
        GameFact,

        /// <summary>A line of the player.</summary>
        Player,

        /// <summary>A stage direction of the game.</summary>
        Cue,

        /// <summary>What the NPC said before, with its action.</summary>
        Npc,

        /// <summary>What opens the reply.</summary>
        ReplyStart,
    }

    /// <summary>One part of a prompt: what it is, what it says, and its tokens.</summary>
    public sealed class TraceSection
    {
        internal TraceSection(TraceSectionKind kind, string text, IReadOnlyList<int> tokens)
        {
            Kind = kind;
            Text = text ?? throw new ArgumentNullException(nameof(text));
            Tokens = tokens;
        }

        public TraceSectionKind Kind { get; }

        /// <summary>The words of the tokens; special tokens have none. An NPC's action stands behind its line between asterisks.</summary>
        public string Text { get; }

        public IReadOnlyList<int> Tokens { get; }
    }
}
