using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// All NPCs of one model, the thread they belong to, and the one place from which handlers are called: after the scheduler's round, never
    /// within it, so that a handler may ask, cancel, and dispose whatever it likes.
    /// </summary>
    internal sealed class NpcStage : IDisposable
    {
        private const int Idle = 0, Ticking = 1, Closed = 2;

        private readonly List<NpcReply> _replies = new List<NpcReply>();
        private readonly List<WeakReference<Npc>> _all = new List<WeakReference<Npc>>();
        private readonly Action _release;
        private ExceptionDispatchInfo? _failure;
        private uint _npcs;
        private ReplyGrammars? _grammars;
        private int _state;
        private volatile bool _closing;
        private bool _retiringsTurn;
        private double _owedToRetiring;
        private double _owedToPresent;

        /// <param name="scheduler">Generates.</param>
        /// <param name="format">The prompt grammar of its model; null for a model that only continues text.</param>
        /// <param name="release">Called once, when no tick runs any more: disposes what the NPCs stand on.</param>
        public NpcStage(Scheduler scheduler, DialogueFormat? format, Action release)
        {
            Scheduler = scheduler;
            Format = format;
            _release = release;
        }

        /// <summary>SHA-256 of the model; saves and traces name it.</summary>
        public string ModelHash { get; set; } = string.Empty;

        /// <summary>For traces.</summary>
        public string ModelName { get; set; } = string.Empty;

        /// <summary>What computes; for traces.</summary>
        public string BackendName { get; set; } = string.Empty;

        /// <summary>What <see cref="Npc.Tracing"/> of a new NPC is.</summary>
        public bool Tracing { get; set; }

        public Scheduler Scheduler { get; private set; }

        public DialogueFormat? Format { get; private set; }

        /// <summary>The scheduler of the model before, until its replies have ended.</summary>
        public Scheduler? Retiring { get; private set; }

        /// <summary>Called first in every tick that works.</summary>
        public Action? Switching { get; set; }

        public OwnerThread Owner { get; } = new OwnerThread();

        /// <summary>Between Hold and Release, ticks do no work and raise no text; they deliver what has ended.</summary>
        public bool IsHeld { get; set; }

        public bool IsClosing => _closing;

        /// <exception cref="PrismLM.Core.Checkpoints.PrismFileException">The persona's language is none of the model's.</exception>
        public Npc CreateNpc(NpcPersona persona)
        {
            Check();
            if (Format == null)
            {
                throw new InvalidOperationException("This model knows no dialogue, it only continues text. Use a model whose dialogue_format is 1, such as the one that ships with Prism.");
            }

            var npc = new Npc(persona, this, _npcs++);
            _all.RemoveAll(each => !each.TryGetTarget(out Npc? living) || living.IsDisposed);
            _all.Add(new WeakReference<Npc>(npc));
            return npc;
        }

        /// <summary>Two NPCs of one number would draw the same random numbers.</summary>
        /// <exception cref="PrismLM.Core.Checkpoints.PrismFileException">Another living NPC was restored with this number.</exception>
        public void CheckId(Npc npc, uint id, string save)
        {
            if (Holder(npc, id) is Npc other && other.IsRestored)
            {
                throw new PrismLM.Core.Checkpoints.PrismFileException(
                    SaveCodes.SameNpcTwice, save, "$.id", FormattableString.Invariant($"{id}, which another NPC was restored with"), "the number of no other NPC", "Dispose that one first.");
            }
        }

        /// <summary>Gives an NPC its number back; one that only happened to have it gets another.</summary>
        public void TakeId(Npc npc, uint id)
        {
            _npcs = Math.Max(_npcs, id == uint.MaxValue ? id : id + 1);
            if (Holder(npc, id) is Npc other)
            {
                other.Id = _npcs++;
            }

            npc.Id = id;
            npc.IsRestored = true;
        }

        private Npc? Holder(Npc except, uint id)
        {
            foreach (WeakReference<Npc> each in _all)
            {
                if (each.TryGetTarget(out Npc? npc) && !ReferenceEquals(npc, except) && !npc.IsDisposed && npc.Id == id)
                {
                    return npc;
                }
            }

            return null;
        }

        /// <summary>What replies may be, shared by all NPCs.</summary>
        public ReplyGrammars Grammars(DialogueFormat format) => _grammars ??= new ReplyGrammars(format);

        public void Add(NpcReply reply) => _replies.Add(reply);

        /// <summary>Cancels every reply; each raises Completed at the next tick.</summary>
        public void CancelAll()
        {
            Check();
            foreach (NpcReply reply in _replies)
            {
                reply.Cancel();
            }
        }

        /// <summary>One frame: a round of the scheduler, then the handlers. The first exception of a handler comes out when all were served.</summary>
        /// <returns>True while a reply has not ended.</returns>
        /// <param name="budgetMilliseconds">Device time to fill; 0 does nothing.</param>
        /// <param name="elapsedMilliseconds">Time of the host since the last tick; null to measure it.</param>
        public bool Tick(double budgetMilliseconds, double? elapsedMilliseconds = null)
        {
            Owner.Claim();
            ThrowIfDisposed();
            if (!(budgetMilliseconds >= 0))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(budgetMilliseconds), budgetMilliseconds, FormattableString.Invariant($"The budget is {budgetMilliseconds} ms; allowed: 0 or more."));
            }

            if (Interlocked.CompareExchange(ref _state, Ticking, Idle) != Idle)
            {
                ThrowIfDisposed();
                throw new InvalidOperationException("Tick was called from one of its own handlers; ask or cancel there instead.");
            }

            try
            {
                if (budgetMilliseconds > 0)
                {
                    Work(budgetMilliseconds, elapsedMilliseconds);
                }

                return !_closing && (_replies.Count > 0 || HasWork(Scheduler) || Retiring != null);
            }
            finally
            {
                Volatile.Write(ref _state, Idle);
                if (_closing)
                {
                    Close();
                }

                ExceptionDispatchInfo? failure = _failure;
                _failure = null;
                failure?.Throw();
            }
        }

        /// <summary>Nothing is raised any more. What the NPCs stand on goes now, or when the tick that runs has ended. From any thread.</summary>
        public void Dispose()
        {
            _closing = true;
            Close();
        }

        /// <summary>The calling thread may use NPCs and replies now.</summary>
        public void Check()
        {
            Owner.Check();
            ThrowIfDisposed();
        }

        public void Report(Exception thrown) => _failure ??= ExceptionDispatchInfo.Capture(thrown);

        /// <summary>New lines go to another model; those that have begun end where they are.</summary>
        public void Switch(Scheduler scheduler, DialogueFormat? format)
        {
            scheduler.Probe = Scheduler.Probe;
            Retiring = Scheduler;
            Scheduler = scheduler;
            Format = format;
            _grammars = null;
        }

        private static bool HasWork(Scheduler scheduler) => scheduler.InFlightCount > 0 || scheduler.WaitingCount > 0;

        private void Work(double budgetMilliseconds, double? elapsedMilliseconds)
        {
            Switching?.Invoke();
            if (!IsHeld)
            {
                Generate(budgetMilliseconds, elapsedMilliseconds);
            }

            // Handlers may add replies: those have nothing to raise yet.
            Scheduler.Probe?.Begin(TickPart.Callbacks);
            int count = _replies.Count;
            int kept = 0;
            for (int i = 0; i < count; i++)
            {
                NpcReply reply = _replies[i];
                reply.Raise(IsHeld);
                if (!reply.IsCompleted)
                {
                    _replies[kept++] = reply;
                }
            }

            _replies.RemoveRange(kept, count - kept);
            Scheduler.Probe?.End(TickPart.Callbacks);
        }

        // One scheduler a tick, since a tick submits once: while a model retires they take turns.
        private void Generate(double budgetMilliseconds, double? elapsedMilliseconds)
        {
            if (Retiring != null && !HasWork(Retiring))
            {
                Retiring = null;
            }

            _retiringsTurn = Retiring != null && !(_retiringsTurn && HasWork(Scheduler));
            Scheduler turn = _retiringsTurn ? Retiring! : Scheduler;
            _owedToPresent += elapsedMilliseconds ?? 0;
            _owedToRetiring += Retiring == null ? 0 : elapsedMilliseconds ?? 0;
            double elapsed = _retiringsTurn ? _owedToRetiring : _owedToPresent;
            _owedToRetiring = _retiringsTurn || Retiring == null ? 0 : _owedToRetiring;
            _owedToPresent = _retiringsTurn ? _owedToPresent : 0;
            try
            {
                if (elapsedMilliseconds == null)
                {
                    turn.Tick(budgetMilliseconds);
                }
                else
                {
                    turn.Tick(budgetMilliseconds, elapsed);
                }
            }
            catch (Exception thrown)
            {
                Report(thrown);
            }
        }

        private void Close()
        {
            if (Interlocked.CompareExchange(ref _state, Closed, Idle) == Idle)
            {
                foreach (NpcReply reply in _replies)
                {
                    reply.EndSilently();
                }

                _replies.Clear();
                _release();
            }
        }

        private void ThrowIfDisposed()
        {
            if (_closing)
            {
                throw new ObjectDisposedException("PrismRuntime");
            }
        }
    }
}
