using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// The one generation loop, for everybody: admits waiting requests as slots become free, advances the engine within a budget, turns tokens into
    /// text, applies stop sequences, and ends replies. Up to the engine's slots are in flight; any number may wait, by priority and then by age.
    /// </summary>
    /// <remarks>For one thread, apart from <see cref="GenerationReply.Cancel"/>. A callback that throws ends its own reply as Failed; the others
    /// are served first, then <see cref="Tick(double, double)"/> rethrows the first such exception. A callback may submit and cancel, but not tick.</remarks>
    public sealed partial class Scheduler : IDisposable
    {
        private readonly ITokenEngine _engine;
        private readonly ITextTokenizer _tokenizer;
        private readonly bool _ownsEngine;
        private readonly ReplyQueue _waiting = new ReplyQueue();
        private readonly List<GenerationReply> _ending = new List<GenerationReply>();
        private readonly SchedulerMeter _meter = new SchedulerMeter();
        private readonly IEngineStatistics? _engineStatistics;
        private readonly GenerationReply?[] _flying;
        private readonly TokenEvent[] _events = new TokenEvent[256];
        private ExceptionDispatchInfo? _callbackFailure;
        private bool _ticking;
        private bool _disposed;

        /// <param name="engine">Makes the tokens.</param>
        /// <param name="tokenizer">Turns them into text; its vocabulary must cover the engine's.</param>
        /// <param name="ownsEngine">Dispose the engine with the scheduler.</param>
        public Scheduler(ITokenEngine engine, ITextTokenizer tokenizer, bool ownsEngine = true)
        {
            _engine = engine ?? throw new ArgumentNullException(nameof(engine));
            _tokenizer = tokenizer ?? throw new ArgumentNullException(nameof(tokenizer));
            if (tokenizer.VocabularySize < engine.Config.Vocabulary)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The tokenizer has {tokenizer.VocabularySize} tokens; the model can make {engine.Config.Vocabulary}."), nameof(tokenizer));
            }

            _ownsEngine = ownsEngine;
            _engineStatistics = engine as IEngineStatistics;
            _flying = new GenerationReply?[engine.SlotCount];
        }

        public ITokenEngine Engine => _engine;

        /// <summary>A host's profiler; null for none.</summary>
        public TickProbe? Probe { get; set; }

        /// <summary>Replies that hold a slot.</summary>
        public int InFlightCount { get; private set; }

        /// <summary>Replies that wait for a slot.</summary>
        public int WaitingCount => _waiting.Count;

        /// <summary>Tokens that arrived in the last tick; 0 tells a tool that it may wait.</summary>
        public int LastTickTokens { get; private set; }

        /// <summary>Figures for a display; reading them allocates nothing.</summary>
        public SchedulerStatistics Statistics => _meter.Read(_engineStatistics?.Statistics ?? default, InFlightCount, _waiting.Count);

        /// <summary>Queues a request; nothing is raised before the next tick.</summary>
        /// <exception cref="ArgumentException">The request can never be served.</exception>
        public GenerationReply Submit(GenerationRequest request)
        {
            ThrowIfDisposed();
            if (request is null)
            {
                throw new ArgumentNullException(nameof(request));
            }

            var sequence = new SequenceRequest(request.Prompt, request.Sampling)
            {
                MaxTokens = request.MaxTokens,
                StopTokens = request.StopTokens ?? GenerationRequest.StopTokensOf(_engine.Config),
                DrawCounter = request.DrawCounter,
                Npc = request.Npc,
                ReplyStart = request.ReplyStart,
                HeadDials = request.HeadDials,
                AllowedTokens = request.AllowedTokens,
                Constraint = request.Constraint,
                ConstraintState = request.ConstraintState,
                Bias = request.Bias,
                Priority = request.Priority,
            };
            CheckTiming(request);
            RequestRules.Check(sequence, _engine.Config, _engine.ContextLength);
            if (request.Constraint != null && request.Constraint.IsChoice && request.StopSequences.Count > 0)
            {
                throw new ArgumentException("A choice cannot have stop sequences: they could cut a line in two.", nameof(request));
            }

            var reply = new GenerationReply(request, sequence, _engine.ContextLength, _tokenizer.AddsLeadingSpace && BeginsText(request.Prompt));
            reply.TakeUp(sequence.ReplySoFar, _tokenizer);
            _waiting.Add(reply);
            return reply;
        }

        /// <summary>
        /// Whether a reply of ordinary priority, submitted now, would probably have its first token within this time: by how long recent replies
        /// took, and by who waits already. True while nothing is known.
        /// </summary>
        /// <param name="milliseconds">Of host time.</param>
        public bool CanAnswerWithin(double milliseconds)
        {
            // Without a free slot, as many must end as wait, and this one's own.
            int ends = InFlightCount < _flying.Length && _waiting.Count == 0 ? 0 : _waiting.Count + 1;
            return _meter.FirstToken + (ends * _meter.WholeReply / _flying.Length) <= milliseconds;
        }

        /// <summary>One round of work; the time since the last one is measured.</summary>
        /// <inheritdoc cref="Tick(double, double)"/>
        public bool Tick(double budgetMilliseconds)
        {
            double elapsed = _meter.Elapsed();
            return Tick(budgetMilliseconds, elapsed);
        }

        /// <summary>One round of work.</summary>
        /// <param name="budgetMilliseconds">Device time to fill; <see cref="double.PositiveInfinity"/> for one whole step; 0 does nothing at all.</param>
        /// <param name="elapsedMilliseconds">Time of the host since the last round, which deadlines count: a game that is paused or slowed passes its own.</param>
        /// <returns>True while a reply has not ended.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The budget, or the time, is negative or no number.</exception>
        public bool Tick(double budgetMilliseconds, double elapsedMilliseconds)
        {
            ThrowIfDisposed();
            if (!(budgetMilliseconds >= 0))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(budgetMilliseconds), budgetMilliseconds, FormattableString.Invariant($"The budget is {budgetMilliseconds} ms; allowed: 0 or more."));
            }

            if (!(elapsedMilliseconds >= 0))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(elapsedMilliseconds), elapsedMilliseconds, FormattableString.Invariant($"The time is {elapsedMilliseconds} ms; allowed: 0 or more."));
            }

            if (_ticking)
            {
                throw new InvalidOperationException("Tick was called from one of its own callbacks; submit or cancel there instead.");
            }

            if (budgetMilliseconds > 0)
            {
                Round(budgetMilliseconds, elapsedMilliseconds);
            }

            return InFlightCount > 0 || _waiting.Count > 0;
        }

        /// <summary>Ends a reply as cancelled, outside of a tick: for a caller that will not tick again.</summary>
        internal void Withdraw(GenerationReply reply)
        {
            if (!reply.IsCompleted && !_disposed)
            {
                reply.Cancel();
                _waiting.Remove(reply);
                End(reply, FinishReason.Cancelled);
            }
        }

        /// <summary>Blocks until the engine has something new or the time is over. For tools; a game never calls it.</summary>
        public bool Wait(int milliseconds)
        {
            ThrowIfDisposed();
            return _engine.Wait(milliseconds);
        }

        /// <summary>Drops every reply without a word, and the engine if it is owned.</summary>
        public void Dispose()
        {
            if (_disposed)
            {
                return;
            }

            if (_ticking)
            {
                throw new InvalidOperationException("The scheduler cannot be disposed from one of its own callbacks.");
            }

            _disposed = true;
            _waiting.Clear();
            for (int slot = 0; slot < _flying.Length; slot++)
            {
                if (_flying[slot] != null && !_ownsEngine)
                {
                    _engine.Release(_flying[slot]!.Handle);
                }

                _flying[slot] = null;
            }

            if (_ownsEngine)
            {
                _engine.Dispose();
            }
        }

        /// <summary>True when no token of the prompt has text, so that the reply's first character is the first of all.</summary>
        private bool BeginsText(int[] prompt)
        {
            foreach (int token in prompt)
            {
                if (!_tokenizer.IsSpecial(token))
                {
                    return false;
                }
            }

            return true;
        }

        private void Round(double budget, double elapsed)
        {
            _ticking = true;
            try
            {
                LastTickTokens = 0;
                bool hasWork = InFlightCount > 0 || _waiting.Count > 0;
                EndCancelledAndExpired(elapsed);
                Admit();

                // Also with nobody in flight: a slot released in the middle of a step comes back only when the engine advances.
                Advance(budget);
                Probe?.Begin(TickPart.Collect);
                Deliver();
                Probe?.End(TickPart.Collect);
                _meter.AddTick(elapsed, LastTickTokens, budget, _engineStatistics?.Statistics.DeviceMilliseconds ?? 0, hasWork);
            }
            finally
            {
                _ticking = false;
            }

            ExceptionDispatchInfo? failure = _callbackFailure;
            _callbackFailure = null;
            failure?.Throw();
        }

        private void Advance(double budget)
        {
            Probe?.Begin(TickPart.Submit);
            try
            {
                _engine.Advance(budget);
            }
            finally
            {
                Probe?.End(TickPart.Submit);
            }
        }

        private void Deliver()
        {
            int count;
            do
            {
                count = _engine.Drain(_events);
                LastTickTokens += count;
                for (int i = 0; i < count; i++)
                {
                    GenerationReply? reply = _flying[_events[i].Sequence.Slot];

                    // Events of a reply that ended earlier in this batch (stop sequence, cancel) are still in it.
                    if (reply != null && reply.Handle == _events[i].Sequence)
                    {
                        Deliver(reply, _events[i]);
                    }
                }
            }
            while (count == _events.Length);
        }

        private void Deliver(GenerationReply reply, TokenEvent next)
        {
            if (reply.IsCancelRequested)
            {
                End(reply, FinishReason.Cancelled);
                return;
            }

            if (reply.TokenCount == 0 && next.End != SequenceEnd.Failed)
            {
                _meter.AddFirstToken(reply.AgeMilliseconds);
            }

            try
            {
                switch (next.End)
                {
                    case SequenceEnd.Failed:
                        End(reply, FinishReason.Failed, _engine.FailureReason ?? "The engine could not make the next token.");
                        return;
                    case SequenceEnd.StopToken:
                        reply.AcceptStopToken(next.Token);
                        reply.FlushText();
                        End(reply, reply.IsCutShort ? FinishReason.MaxLength : FinishReason.Finished);
                        return;
                }

                if (!reply.Accept(next.Token, _tokenizer))
                {
                    End(reply, FinishReason.StopSequence);
                }
                else if (reply.IsCancelRequested)
                {
                    // Cancelled by its own callback: no text it still holds back may follow.
                    End(reply, FinishReason.Cancelled);
                }
                else if (next.End == SequenceEnd.MaxTokens)
                {
                    reply.FlushText();
                    End(reply, FinishReason.MaxLength);
                }
            }
            catch (Exception thrown)
            {
                // Only a callback can throw here. Its reply ends; Tick rethrows when everyone else has been served.
                _callbackFailure ??= ExceptionDispatchInfo.Capture(thrown);
                End(reply, FinishReason.Failed, "A callback of this reply threw " + thrown.GetType().Name + ".");
            }
        }

        private void End(GenerationReply reply, FinishReason reason, string? error = null)
        {
            if (_flying[reply.Handle.Slot] == reply)
            {
                _meter.AddReply(reply.AgeMilliseconds);
                _flying[reply.Handle.Slot] = null;
                InFlightCount--;
                _engine.Release(reply.Handle);
            }

            Complete(reply, reason, error);
        }

        private void Complete(GenerationReply reply, FinishReason reason, string? error)
        {
            try
            {
                reply.Complete(reason, error);
            }
            catch (Exception thrown)
            {
                _callbackFailure ??= ExceptionDispatchInfo.Capture(thrown);
            }
        }

        private void ThrowIfDisposed()
        {
            if (_disposed)
            {
                throw new ObjectDisposedException(nameof(Scheduler));
            }
        }
    }
}
