using System;
using System.Collections.Generic;

namespace PrismLM.Core.Prompting
{
    /// <summary>Who a turn of a conversation comes from.</summary>
    public enum TurnKind
    {
        /// <summary>The player's line.</summary>
        Player,

        /// <summary>A stage direction from the game, after which the NPC begins.</summary>
        Cue,

        /// <summary>The NPC's line, with the action it took, if any.</summary>
        Npc,
    }

    /// <summary>One line of a conversation.</summary>
    public sealed record DialogueTurn
    {
        private DialogueTurn(TurnKind kind, string text, string? action)
        {
            Kind = kind;
            Text = text ?? throw new ArgumentNullException(nameof(text));
            Action = action;
        }

        public TurnKind Kind { get; init; }

        public string Text { get; init; }

        /// <summary>The action an NPC took with its words; null for none.</summary>
        public string? Action { get; init; }

        public static DialogueTurn Player(string text) => new DialogueTurn(TurnKind.Player, text, null);

        public static DialogueTurn Cue(string text) => new DialogueTurn(TurnKind.Cue, text, null);

        public static DialogueTurn Npc(string text, string? action = null) => new DialogueTurn(TurnKind.Npc, text, action);
    }

    /// <summary>Everything that decides the tokens of a prompt: who the NPC is, and what was said so far.</summary>
    public sealed record DialoguePrompt
    {
        public DialoguePrompt(PersonaFacts persona, IReadOnlyList<DialogueTurn> turns)
        {
            Persona = persona ?? throw new ArgumentNullException(nameof(persona));
            Turns = turns ?? throw new ArgumentNullException(nameof(turns));
        }

        public PersonaFacts Persona { get; init; }

        /// <summary>Oldest first.</summary>
        public IReadOnlyList<DialogueTurn> Turns { get; init; }
    }
}
