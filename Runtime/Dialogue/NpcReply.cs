using System;
using System.Text;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>Called with words that were added to a reply; the span is valid during the call only.</summary>
    public delegate void NpcTextHandler(Npc npc, ReadOnlySpan<char> added);

    /// <summary>One reply of an NPC on its way: its words as they come, and at the end the action it takes, if any.</summary>
    public sealed class NpcReply
    {
        private readonly GenerationReply _generation;
        private readonly int _actionToken;
        private readonly StringBuilder _text = new StringBuilder();
        private bool _acts;

        internal NpcReply(Npc npc, GenerationReply generation, DialogueFormat format, int droppedTurns)
        {
            Npc = npc;
            DroppedTurns = droppedTurns;
            _generation = generation;
            _actionToken = format.Special.Action;
            generation.TextAdded += OnText;
        }

        /// <summary>Words to show, in whole characters. The name of an action never comes here.</summary>
        public event NpcTextHandler? TextAdded;

        /// <summary>Raised once, after the NPC's history has the reply.</summary>
        public event Action<NpcReply>? Completed;

        public Npc Npc { get; }

        /// <summary>Words so far.</summary>
        public string Text => _text.ToString();

        /// <summary>What the NPC does, one of its persona's actions; null for nothing, and for a name that the persona does not list. Known when completed.</summary>
        public string? Action { get; private set; }

        /// <summary>Old turns that the context had no room for.</summary>
        public int DroppedTurns { get; }

        /// <summary>Null until the reply has ended.</summary>
        public GenerationResult? Result { get; private set; }

        public bool IsCompleted => Result != null;

        /// <summary>Ends the reply at the next tick. May come from any thread.</summary>
        public void Cancel() => _generation.Cancel();

        internal void Complete(GenerationResult result, string? action)
        {
            Action = action;
            Result = result;
            Completed?.Invoke(this);
        }

        private void OnText(GenerationReply reply, ReadOnlySpan<char> added)
        {
            // From the action token on, the text is the action's name.
            _acts = _acts || reply.Tokens.IndexOf(_actionToken) >= 0;
            if (_acts)
            {
                return;
            }

            if (_text.Length == 0)
            {
                added = added.TrimStart();
            }

            if (added.Length > 0)
            {
                _text.Append(added);
                TextAdded?.Invoke(Npc, added);
            }
        }
    }
}
