using System;
using System.Collections.Generic;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>Someone who talks: a persona, what was said so far, and how it is to be said. For the thread that ticks.</summary>
    public sealed class Npc
    {
        private readonly Scheduler _scheduler;
        private readonly DialogueFormat _format;
        private readonly uint _id;
        private readonly List<DialogueTurn> _history = new List<DialogueTurn>();
        private uint _draws;

        /// <param name="persona">Who this is.</param>
        /// <param name="scheduler">Generates the replies.</param>
        /// <param name="format">The prompt grammar of the scheduler's model.</param>
        /// <param name="id">Distinguishes NPCs that share a seed.</param>
        public Npc(NpcPersona persona, Scheduler scheduler, DialogueFormat format, uint id)
        {
            Persona = persona ?? throw new ArgumentNullException(nameof(persona));
            _scheduler = scheduler ?? throw new ArgumentNullException(nameof(scheduler));
            _format = format ?? throw new ArgumentNullException(nameof(format));
            _id = id;
        }

        public NpcPersona Persona { get; }

        public SamplingOptions Sampling { get; set; } = new SamplingOptions { Temperature = 0.7f };

        /// <summary>Most tokens of a reply; the prompt gets what the context has left.</summary>
        public int MaxReplyTokens { get; set; } = 96;

        /// <summary>What was said, oldest first. What no longer fits the context is kept here and left out of the prompt.</summary>
        public IReadOnlyList<DialogueTurn> History => _history;

        /// <summary>The reply that is on its way, or null.</summary>
        public NpcReply? Current { get; private set; }

        /// <summary>The player says something. Returns at once; text comes with <see cref="NpcReply.TextAdded"/> inside the tick.</summary>
        /// <exception cref="InvalidOperationException">The NPC is still talking: cancel <see cref="Current"/> first.</exception>
        /// <exception cref="ArgumentException">The persona alone does not fit the context.</exception>
        public NpcReply Ask(string line) => Begin(DialogueTurn.Player(line));

        /// <summary>The NPC begins, because of something that a stage direction says.</summary>
        /// <inheritdoc cref="Ask"/>
        public NpcReply Speak(string cue) => Begin(DialogueTurn.Cue(cue));

        /// <summary>Forgets the conversation, not the persona.</summary>
        public void Forget() => _history.Clear();

        private NpcReply Begin(DialogueTurn turn)
        {
            if (Current != null)
            {
                throw new InvalidOperationException(Persona.DisplayName + " is still talking: cancel Current, or wait for it to complete.");
            }

            var turns = new List<DialogueTurn>(_history) { turn };
            int context = _scheduler.Engine.ContextLength;
            FittedPrompt fitted = new PromptBudget(_format, context, Math.Min(MaxReplyTokens, context - 1)).Fit(new DialoguePrompt(Persona.Facts, turns));
            if (!fitted.Fits)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The persona and the line take {fitted.Tokens.Length} tokens, {fitted.OverBy} more than a context of {context} leaves beside a reply of {MaxReplyTokens}. Shorten the persona."));
            }

            GenerationReply generation = _scheduler.Submit(new GenerationRequest(fitted.Tokens)
            {
                Sampling = Sampling,
                MaxTokens = MaxReplyTokens,
                DrawCounter = _draws,
                Npc = _id,
            });
            var reply = new NpcReply(this, generation, _format, fitted.DroppedTurns);
            Current = reply;
            generation.Completed += result =>
            {
                Current = null;
                _draws = result.DrawCounter;

                // What was shown is what was said, also when someone interrupted.
                DialogueTurn said = DialogueTurn.Npc(reply.Text, result.Reason == FinishReason.Finished ? Allowed(_format.ParseReply(Copy(result.Tokens)).Action) : null);
                if (said.Text.Length > 0 || said.Action != null)
                {
                    _history.Add(turn);
                    _history.Add(said);
                }

                reply.Complete(result, said.Action);
            };
            return reply;
        }

        /// <summary>The model has no authority: an action that the persona does not list is none.</summary>
        private string? Allowed(string? action)
        {
            foreach (string listed in Persona.Facts.Actions)
            {
                if (string.Equals(listed, action, StringComparison.Ordinal))
                {
                    return listed;
                }
            }

            return null;
        }

        private static int[] Copy(IReadOnlyList<int> tokens)
        {
            var copy = new int[tokens.Count];
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i] = tokens[i];
            }

            return copy;
        }
    }
}
