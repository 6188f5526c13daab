using System;
using System.Collections.Generic;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>What kind of answer is right.</summary>
    public enum ReplyKind
    {
        /// <summary>Pleasantries: no fact is due.</summary>
        Free,

        /// <summary>The reply holds the expected values.</summary>
        Known,

        /// <summary>The NPC does not know and says so.</summary>
        Unknown,

        /// <summary>The NPC takes the asked action.</summary>
        Action,

        /// <summary>The game does not allow the asked action: the NPC refuses.</summary>
        Refusal,
    }

    /// <summary>What the reply to one line has to do.</summary>
    public sealed record ReplyExpectation
    {
        public DialogueIntent Intent { get; init; }

        public ReplyKind Kind { get; init; }

        /// <summary>The persona field that holds the answer; null when the player told it or no field is meant.</summary>
        public DialogueField? Field { get; init; }

        /// <summary>Texts the reply must hold, all of them.</summary>
        public IReadOnlyList<string> Values { get; init; } = Array.Empty<string>();

        /// <summary>Persona values the reply may also hold.</summary>
        public IReadOnlyList<string> Allowed { get; init; } = Array.Empty<string>();

        public string? Action { get; init; }
    }

    /// <summary>One generated conversation.</summary>
    public sealed class DialogueConversation
    {
        public DialogueConversation(DialoguePrompt dialogue, IReadOnlyList<ReplyExpectation> expectations, string skeleton, IReadOnlyList<string> values)
        {
            Dialogue = dialogue;
            Expectations = expectations;
            Skeleton = skeleton;
            Values = values;
        }

        /// <summary>Persona and turns; a player's line or a cue, then the NPC's reply, in turn.</summary>
        public DialoguePrompt Dialogue { get; }

        /// <summary>One for each NPC turn, in order.</summary>
        public IReadOnlyList<ReplyExpectation> Expectations { get; }

        /// <summary>The conversation with every name, number and value replaced by its slot.</summary>
        public string Skeleton { get; }

        /// <summary>Every name, number and value that was drawn, in the persona and from the player.</summary>
        public IReadOnlyList<string> Values { get; }
    }
}
