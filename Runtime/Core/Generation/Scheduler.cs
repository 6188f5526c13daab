using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// The one generation loop, for everybody: admits waiting requests as slots become free, advances the engine within a budget, turns tokens into
    /// text, applies stop sequences, and ends replies. Up to the engine's slots are in flight; any number may wait, first come first served.
    /// </summary>
    /// <remarks>For one thread, apart from <see cref="GenerationReply.Cancel"/>. A callback that throws ends its own reply as Failed; the others
    /// are served first, then <see cref="Tick"/> rethrows the first such exception. A callback may submit and cancel, but not tick.</remarks>
    public sealed class Scheduler : IDisposable
    {
        private readonly ITokenEngine _engine;
        private readonly ITextTokenizer _tokenizer;
        private readonly bool _ownsEngine;
        private readonly Queue<GenerationReply> _waiting = new Queue<GenerationReply>();
        private readonly List<GenerationReply> _cancelled = new List<GenerationReply>();
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
            _flying = new GenerationReply?[engine.SlotCount];
        }

        public ITokenEngine Engine => _engine;

        /// <summary>Replies that hold a slot.</summary>
        public int InFlightCount { get; private set; }

        /// <summary>Replies that wait for a slot.</summary>
        public int WaitingCount => _waiting.Count;

        /// <summary>Tokens that arrived in the last tick; 0 tells a tool that it may wait.</summary>
        public int LastTickTokens { get; private set; }

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
                HeadDials = request.HeadDials,
                AllowedTokens = request.AllowedTokens,
                Constraint = request.Constraint,
                ConstraintState = request.ConstraintState,
                Bias = request.Bias,
            };
            RequestRules.Check(sequence, _engine.Config, _engine.ContextLength);
            if (request.Constraint != null && request.Constraint.IsChoice && request.StopSequences.Count > 0)
            {
                throw new ArgumentException("A choice cannot have stop sequences: they could cut a line in two.", nameof(request));
            }

            var reply = new GenerationReply(request, sequence, _engine.ContextLength, _tokenizer.AddsLeadingSpace && BeginsText(request.Prompt));
            _waiting.Enqueue(reply);
            return reply;
        }

        /// <summary>One round of work.</summary>
        /// <param name="budgetMilliseconds">Device time to fill; <see cref="double.PositiveInfinity"/> for one whole step; 0 only for cancellations.</param>
        /// <returns>True while a reply has not ended.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The budget is negative or no number.</exception>
        public bool Tick(double budgetMilliseconds)
        {
            ThrowIfDisposed();
            if (!(budgetMilliseconds >= 0))
            {
                throw new ArgumentOutOfRangeException(
                    nameof(budgetMilliseconds), budgetMilliseconds, FormattableString.Invariant($"The budget is {budgetMilliseconds} ms; allowed: 0 or more."));
            }

            if (_ticking)
            {
                throw new InvalidOperationException("Tick was called from one of its own callbacks; submit or cancel there instead.");
            }

            _ticking = true;
            try
            {
                LastTickTokens = 0;
                EndCancelled();
                Admit();

                // A slot released in the middle of a step comes back only when the engine advances: someone who waits needs that as well.
                if (budgetMilliseconds > 0 && (InFlightCount > 0 || _waiting.Count > 0))
                {
                    _engine.Advance(budgetMilliseconds);
                    Deliver();
                }
            }
            finally
            {
                _ticking = false;
            }

            ExceptionDispatchInfo? failure = _callbackFailure;
            _callbackFailure = null;
            failure?.Throw();
            return InFlightCount > 0 || _waiting.Count > 0;
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

        private void EndCancelled()
        {
            foreach (GenerationReply? reply in _flying)
            {
                if (reply != null && reply.IsCancelRequested)
                {
                    End(reply, FinishReason.Cancelled);
                }
            }

            // Once around the queue keeps its order; callbacks come afterwards, since they may submit.
            _cancelled.Clear();
            for (int i = _waiting.Count; i > 0; i--)
            {
                GenerationReply reply = _waiting.Dequeue();
                if (reply.IsCancelRequested)
                {
                    _cancelled.Add(reply);
                }
                else
                {
                    _waiting.Enqueue(reply);
                }
            }

            foreach (GenerationReply reply in _cancelled)
            {
                Complete(reply, FinishReason.Cancelled, null);
            }
        }

        private void Admit()
        {
            while (_waiting.Count > 0)
            {
                GenerationReply reply = _waiting.Peek();
                SequenceHandle handle;
                try
                {
                    if (!_engine.TryAdmit(reply.Sequence, out handle))
                    {
                        return;
                    }
                }
                catch (Exception refused) when (refused is ArgumentException || refused is NotSupportedException)
                {
                    // This engine cannot serve this request; the others are not to suffer for it.
                    _waiting.Dequeue();
                    Complete(reply, FinishReason.Failed, refused.Message);
                    continue;
                }

                _waiting.Dequeue();
                reply.Handle = handle;
                _flying[handle.Slot] = reply;
                InFlightCount++;
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
