using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// Someone who talks: a persona, a memory, and how things are to be said. For the thread that ticks; <see cref="Dispose"/> may come from any.
    /// Wrong arguments and use after disposal throw; whatever data, device or timing cause is a finish reason of the reply.
    /// </summary>
    public sealed partial class Npc : IDisposable
    {
        private readonly NpcStage _stage;
        private NpcPersona _persona;
        private SamplingOptions? _sampling;
        private int _maxReplyTokens;
        private float[] _dials = Array.Empty<float>();
        private IReplyFilter? _filter;
        private NpcReply? _last;
        private volatile bool _disposed;

        internal Npc(NpcPersona persona, NpcStage stage, uint id)
        {
            _stage = stage;
            _persona = Checked(persona);
            Id = id;
            _tracing = stage.Tracing;
            Memory = new NpcMemory(stage);
        }

        /// <summary>How NPCs talk unless persona or game say otherwise: a small model is reliable at a low temperature. The penalty is the least of those tried
        /// at which the model that ships leaves a circle ("of the cellar of the cellar"); up to 1.35 it changed no verdict on 92 validation replies.</summary>
        public static SamplingOptions DefaultSampling { get; } = new SamplingOptions { Temperature = 0.3f, RepetitionPenalty = 1.3f };

        /// <summary>Who this is. Another persona counts from the next reply on; the history stays.</summary>
        /// <exception cref="PrismFileException">PN006: its language is none of the model's.</exception>
        public NpcPersona Persona
        {
            get => _persona;
            set
            {
                Check();
                _persona = Checked(value);
            }
        }

        /// <summary>The conversation, and facts from the game.</summary>
        public NpcMemory Memory { get; }

        /// <summary>The persona's, or <see cref="DefaultSampling"/>, until the game sets its own.</summary>
        public SamplingOptions Sampling
        {
            get => _sampling ?? _persona.Sampling ?? DefaultSampling;
            set
            {
                Check();
                (value ?? throw new ArgumentNullException(nameof(value))).Validate();
                _sampling = value;
            }
        }

        /// <summary>Most tokens of a reply, at least 1; never more than half the context. The persona's, or 96, until the game sets its own.</summary>
        public int MaxReplyTokens
        {
            get => _maxReplyTokens > 0 ? _maxReplyTokens : _persona.MaxReplyTokens > 0 ? _persona.MaxReplyTokens : NpcPersona.DefaultReplyTokens;
            set
            {
                Check();
                _maxReplyTokens = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Allowed: 1 or more.");
            }
        }

        /// <summary>Sees each sentence before it is raised; null for none. Counts from the next reply on.</summary>
        public IReplyFilter? Filter
        {
            get => _filter;
            set
            {
                Check();
                _filter = value;
            }
        }

        /// <summary>Lets <c>&lt;...&gt;</c> through, for text that is not shown in a rich-text label.</summary>
        public bool AllowMarkup { get; set; }

        /// <summary>
        /// Experimental: factors on the head gains, (layers, heads) row-major; empty for none. Factors of 1 everywhere give the same bits as none.
        /// </summary>
        /// <exception cref="ArgumentException">Not one factor for each head, or not a finite one.</exception>
        public IReadOnlyList<float> HeadDials
        {
            get => _dials;
            set
            {
                Check();
                _dials = HeadDialRules.Checked(value, _stage.Scheduler.Engine.Config);
            }
        }

        /// <summary>What was said and shown, oldest first: <see cref="NpcMemory.History"/>.</summary>
        public IReadOnlyList<DialogueTurn> History => Memory.History;

        /// <summary>The reply that is on its way, or null.</summary>
        public NpcReply? Current { get; private set; }

        internal uint Id { get; set; }

        /// <summary>Its number comes from a save.</summary>
        internal bool IsRestored { get; set; }

        internal bool IsDisposed => _disposed;

        /// <summary>Random numbers drawn so far: saved, a conversation goes on bit for bit.</summary>
        internal uint Draws { get; set; }

        /// <summary>The player says something. Returns at once and raises nothing; what the NPC was saying is interrupted.</summary>
        /// <param name="line">What the player says; longer than <see cref="NpcMemory.MaxTextLength"/> is cut.</param>
        /// <param name="cancellation">Cancels the reply.</param>
        /// <exception cref="ObjectDisposedException">The NPC or the runtime was disposed.</exception>
        /// <exception cref="InvalidOperationException">Not on the thread that ticks.</exception>
        public NpcReply Ask(string line, CancellationToken cancellation = default) => Begin(DialogueTurn.Player(Cut(line)), null, silent: false, cancellation);

        /// <summary>The NPC begins, because of something that a stage direction says. What it was saying is interrupted.</summary>
        /// <param name="cue">A stage direction: <c>the player draws a sword</c>.</param>
        /// <param name="cancellation">Cancels the reply.</param>
        /// <inheritdoc cref="Ask"/>
        public NpcReply Speak(string cue, CancellationToken cancellation = default) => Begin(DialogueTurn.Cue(Cut(cue)), null, silent: false, cancellation);

        /// <summary>Forgets the conversation, not the persona and not the facts.</summary>
        public void Forget() => Memory.ClearHistory();

        /// <summary>Ends its reply without a word. From any thread.</summary>
        public void Dispose()
        {
            _disposed = true;
            Current?.Cancel();
        }

        internal string? NextFallback()
        {
            IReadOnlyList<string> lines = _persona.FallbackLines;
            return lines.Count == 0 ? null : lines[(int)(Memory.Exchanges % lines.Count)];
        }

        /// <summary>The model has no authority: an action that the persona does not list is none.</summary>
        internal string? Allowed(string? action)
        {
            foreach (string listed in _persona.Facts.Actions)
            {
                if (string.Equals(listed, action, StringComparison.Ordinal))
                {
                    return listed;
                }
            }

            return null;
        }

        /// <summary>What was shown is what was said. Once for each reply.</summary>
        internal void Commit(NpcReply reply, string text, string? action)
        {
            if (reply.IsCommitted)
            {
                return;
            }

            reply.IsCommitted = true;
            if (reply.Generation is GenerationReply generation)
            {
                Draws = generation.Result?.DrawCounter ?? unchecked(generation.Request.DrawCounter + (uint)generation.TokenCount);
            }

            DialogueTurn said = DialogueTurn.Npc(text, action);
            if (!reply.IsSilent && (said.Text.Length > 0 || action != null))
            {
                reply.Said = said;
                Memory.Add(reply.Turn, said);
            }
        }

        /// <summary>A reply that was complete, but not yet shown to its end, was interrupted.</summary>
        internal void Amend(NpcReply reply)
        {
            if (reply.Said is DialogueTurn said && reply.ShownCharacters < reply.TextLength)
            {
                DialogueTurn shown = said with { Text = reply.ShownText };
                Memory.Amend(said, shown);
                reply.Said = shown;
            }
        }

        internal void Leave(NpcReply reply)
        {
            if (ReferenceEquals(Current, reply))
            {
                Current = null;
            }
        }

        /// <param name="turn">What is answered.</param>
        /// <param name="choice">The lines to choose from; null for speech.</param>
        /// <param name="silent">The history does not have it.</param>
        /// <param name="cancellation">Cancels the reply.</param>
        private NpcReply Begin(DialogueTurn turn, TokenConstraint? choice, bool silent, CancellationToken cancellation)
        {
            Check();
            int context = _stage.Scheduler.Engine.ContextLength;
            if (_persona.ContextBudget > 0)
            {
                context = Math.Min(context, _persona.ContextBudget);
            }

            int replyTokens = Math.Max(1, choice == null ? Math.Min(MaxReplyTokens, context / 2) : choice.RequiredTokens);
            if (replyTokens > Math.Max(1, context / 2))
            {
                throw new ArgumentException(FormattableString.Invariant($"The longest line takes {replyTokens} tokens; allowed: at most {context / 2}, half the context."));
            }

            _last?.Interrupt();
            NpcPrompt prompt = NpcPrompt.Build(_stage.Format!, context, replyTokens, _persona, Memory, turn);
            var reply = new NpcReply(this, _stage, _stage.Format!, prompt.Line, prompt.DroppedTurns, replyTokens) { IsSilent = silent };
            GenerationRequest? request = null;
            if (prompt.Fitted.Fits)
            {
                request = new GenerationRequest(prompt.Fitted.Tokens)
                {
                    Sampling = Sampling,
                    Priority = _priority,
                    DeadlineMilliseconds = _deadline,
                    MaxTokens = replyTokens,
                    DrawCounter = Draws,
                    Npc = Id,
                    HeadDials = _dials,
                    Constraint = choice ?? _stage.Grammars(_stage.Format!).Speech(_persona, replyTokens),
                };
                reply.Begin(_stage.Scheduler.Submit(request));
            }
            else
            {
                reply.Refuse(ReplyCodes.PersonaTooLong, FormattableString.Invariant(
                    $"The persona takes {prompt.Fitted.PersonaTokens} tokens; a context of {context} with a reply of {replyTokens} leaves {context - replyTokens}, line included. Shorten the persona."));
            }

            if (_tracing)
            {
                reply.StartTrace(Record(prompt, turn, request, _stage.Scheduler.Engine.ContextLength));
            }

            _stage.Add(reply);
            Current = _last = reply;
            reply.CancelWith(cancellation);
            return reply;
        }

        private static string Cut(string text)
        {
            if (text == null)
            {
                throw new ArgumentNullException(nameof(text));
            }

            return TextCleaner.OneLine(text.AsSpan(0, ReplyText.Whole(text.AsSpan(), NpcMemory.MaxTextLength)));
        }

        private NpcPersona Checked(NpcPersona persona)
        {
            (persona ?? throw new ArgumentNullException(nameof(persona))).CheckLanguage(_stage.Scheduler.Engine.Config.Languages);
            return persona;
        }

        private void Check()
        {
            _stage.Check();
            if (_disposed)
            {
                throw new ObjectDisposedException(nameof(Npc), _persona.DisplayName + " was disposed.");
            }
        }
    }
}
