using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using PrismLM.Core.Generation;

namespace PrismLM.Dialogue
{
    /// <summary>Called with words of a reply; the span is valid during the call only.</summary>
    public delegate void NpcTextHandler(Npc npc, ReadOnlySpan<char> added);

    /// <summary>
    /// One reply of an NPC on its way. Events are raised inside the tick, on the thread that ticks; <see cref="Cancel"/> may come from any thread,
    /// everything else is for the thread that ticks. A handler may ask, cancel, and dispose the NPC or the runtime.
    /// </summary>
    /// <remarks>
    /// A handler that throws ends its own reply as Failed; everyone else is served first, then the tick rethrows the first such exception.
    /// <c>await</c> works: it resumes inside the tick and never throws. After the NPC or the runtime was disposed, nothing is raised and no await resumes.
    /// </remarks>
    public sealed partial class NpcReply
    {
        private Handlers<NpcTextHandler> _textAdded;
        private Handlers<NpcTextHandler> _sentenceCompleted;
        private Handlers<Action<NpcReply>> _completed;

        /// <summary>Words to show: whole characters, valid Unicode without control characters and, unless allowed, without markup. An action's name never comes here.</summary>
        public event NpcTextHandler TextAdded
        {
            add => Checked(ref _textAdded).Add(value);
            remove => Checked(ref _textAdded).Remove(value);
        }

        /// <summary>A whole sentence, after its words were raised: for speech, or for showing line by line.</summary>
        public event NpcTextHandler SentenceCompleted
        {
            add => Checked(ref _sentenceCompleted).Add(value);
            remove => Checked(ref _sentenceCompleted).Remove(value);
        }

        /// <summary>Raised once, after the NPC's history has the reply; <see cref="Result"/> says how it ended.</summary>
        public event Action<NpcReply> Completed
        {
            add => Checked(ref _completed).Add(value);
            remove => Checked(ref _completed).Remove(value);
        }

        public Npc Npc { get; }

        /// <summary>Words so far, those that were raised.</summary>
        public string Text => Result?.Text ?? _text.Span.Slice(0, _raised).ToString();

        /// <summary>Number of characters in <see cref="Text"/>.</summary>
        public int TextLength => Result?.Text.Length ?? _raised;

        /// <summary>What the NPC does, one of its persona's actions; null for nothing, and for a name that the persona does not list. Known when completed.</summary>
        public string? Action => Result?.Action;

        /// <summary>Old turns that the context had no room for.</summary>
        public int DroppedTurns { get; }

        /// <summary>Null until the reply has ended.</summary>
        public ReplyResult? Result => _result;

        public bool IsCompleted => _result != null;

        /// <summary>
        /// Characters that the player has seen: what the history keeps when someone interrupts. All that were raised, unless a <see cref="TextReveal"/>
        /// follows this reply, or the game sets it.
        /// </summary>
        public int ShownCharacters
        {
            get => Math.Min(_shown, TextLength);
            set
            {
                _stage.Owner.Check();
                _shown = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Allowed: 0 or more.");
            }
        }

        /// <summary>Ends the reply: no text is raised any more, and Completed comes at the next tick with Cancelled. From any thread.</summary>
        public void Cancel()
        {
            _cancelRequested = true;
            Volatile.Read(ref _generation)?.Cancel();
        }

        /// <summary>
        /// Someone speaks over the NPC. Its history keeps what was shown, at once; no text is raised any more, and Completed comes at the next tick with
        /// Interrupted. A reply that has completed, and is still being shown, keeps its result; only the history changes.
        /// </summary>
        /// <param name="shownCharacters">How much of <see cref="Text"/> the player has seen; more than all means all.</param>
        public void Interrupt(int shownCharacters)
        {
            ShownCharacters = shownCharacters;
            Interrupt();
        }

        /// <summary>Interrupts with what <see cref="ShownCharacters"/> says.</summary>
        public void Interrupt()
        {
            _stage.Check();
            if (Npc.IsDisposed)
            {
                return;
            }

            if (IsCompleted)
            {
                Npc.Amend(this);
                return;
            }

            if (_ending != FinishReason.Interrupted)
            {
                End(_cancelRequested ? FinishReason.Cancelled : FinishReason.Interrupted);
                Npc.Commit(this, ShownText, null);
            }
        }

        /// <summary>For <c>ReplyResult result = await reply</c>: resumes inside the tick that ends the reply, after Completed.</summary>
        public Awaiter GetAwaiter() => new Awaiter(this);

        /// <summary>
        /// The words as a sequence, for tools: pieces come while someone ticks. The loop may run on any thread; leaving it early cancels the reply, and
        /// disposing the NPC or the runtime ends it.
        /// </summary>
        /// <param name="cancellation">Cancels the reply.</param>
        public IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancellation = default)
        {
            _stage.Owner.Check();
            var stream = new ReplyStream(this);
            if (_raised > 0)
            {
                stream.Add(_text.Span.Slice(0, _raised));
            }

            if (IsCompleted)
            {
                stream.End();
            }
            else
            {
                (_streams ??= new List<ReplyStream>()).Add(stream);
            }

            return stream.ReadAsync(cancellation);
        }

        private ref Handlers<T> Checked<T>(ref Handlers<T> handlers)
            where T : Delegate
        {
            _stage.Owner.Check();
            return ref handlers;
        }

        /// <summary>What <c>await</c> uses.</summary>
        public readonly struct Awaiter : INotifyCompletion
        {
            private readonly NpcReply _reply;

            internal Awaiter(NpcReply reply) => _reply = reply;

            public bool IsCompleted => _reply.IsCompleted;

            /// <exception cref="InvalidOperationException">The reply has not ended: only <c>await</c> may call this.</exception>
            public ReplyResult GetResult() => _reply.Result ?? throw new InvalidOperationException("The reply has not ended; await it.");

            /// <exception cref="InvalidOperationException">Not on the thread that ticks.</exception>
            public void OnCompleted(Action continuation)
            {
                _reply._stage.Owner.Check();
                (_reply._continuations ??= new List<Action>()).Add(continuation);
            }
        }
    }
}
