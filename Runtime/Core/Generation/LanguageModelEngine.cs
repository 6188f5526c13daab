using System;
using System.Collections.Generic;
using System.Diagnostics;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Makes a token engine of any language model: the CPU fallback, and the way to put the reference or the trainer's model under the scheduler.
    /// Sequences advance in turn, one token at a time; sampling is <see cref="Sampler"/> itself. An exception of the model ends the sequence it happened in,
    /// with <see cref="SequenceEnd.Failed"/>; the others go on.
    /// </summary>
    public sealed class LanguageModelEngine : ITokenEngine
    {
        /// <summary>Most sequences in flight.</summary>
        public const int MaxSlots = 32;

        // Prompt tokens between two looks at the clock.
        private const int PrefillChunk = 16;

        private readonly ILanguageModel _model;
        private readonly bool _ownsModel;
        private readonly LanguageModelSlot[] _slots;
        private readonly Sampler _sampler;
        private readonly float[] _logits;
        private readonly Queue<TokenEvent> _events = new Queue<TokenEvent>(256);
        private readonly Stopwatch _clock = new Stopwatch();
        private int _next;
        private bool _disposed;

        /// <param name="model">Computes logits.</param>
        /// <param name="slots">Sequences that may be in flight together, 1 to 32.</param>
        /// <param name="ownsModel">Dispose the model with the engine.</param>
        /// <param name="contextLength">Most tokens of a sequence; 0 for what the model was trained on.</param>
        public LanguageModelEngine(ILanguageModel model, int slots = 8, bool ownsModel = true, int contextLength = 0)
        {
            _model = model ?? throw new ArgumentNullException(nameof(model));
            if (slots < 1 || slots > MaxSlots)
            {
                throw new ArgumentOutOfRangeException(nameof(slots), slots, FormattableString.Invariant($"Allowed: 1 to {MaxSlots}."));
            }

            int context = model.Config.Context;
            if (contextLength < 0 || contextLength > context)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(contextLength), contextLength, FormattableString.Invariant($"Allowed: 1 to {context}, the model's context, or 0 for all of it."));
            }

            ContextLength = contextLength == 0 ? context : contextLength;
            _ownsModel = ownsModel;
            _slots = new LanguageModelSlot[slots];
            for (int i = 0; i < slots; i++)
            {
                _slots[i] = new LanguageModelSlot(i);
            }

            _sampler = new Sampler(model.Config.Vocabulary);
            _logits = new float[model.Config.Vocabulary];
        }

        public ModelConfig Config => _model.Config;

        public int SlotCount => _slots.Length;

        public int ContextLength { get; }

        public bool TryAdmit(SequenceRequest request, out SequenceHandle sequence)
        {
            ThrowIfDisposed();
            RequestRules.Check(request, Config, ContextLength);
            foreach (LanguageModelSlot slot in _slots)
            {
                if (!slot.IsUsed)
                {
                    sequence = slot.Start(request);
                    Begin(slot, request);
                    return true;
                }
            }

            sequence = default;
            return false;
        }

        /// <inheritdoc/>
        /// <remarks>Of the last sequence that failed.</remarks>
        public string? FailureReason { get; private set; }

        /// <inheritdoc/>
        /// <remarks>At least one chunk of work is done however small the budget is, so every reply ends.</remarks>
        public bool Advance(double budgetMilliseconds)
        {
            ThrowIfDisposed();
            _clock.Restart();
            bool wholeStep = double.IsPositiveInfinity(budgetMilliseconds);
            int idle = 0;
            int turns = 0;
            while (idle < _slots.Length)
            {
                LanguageModelSlot slot = _slots[_next];
                _next = (_next + 1) % _slots.Length;
                if (slot.IsRunning)
                {
                    idle = 0;
                    Step(slot, wholeStep ? int.MaxValue : PrefillChunk);
                }
                else
                {
                    idle++;
                }

                turns++;
                if (wholeStep ? turns >= _slots.Length : idle == 0 && _clock.Elapsed.TotalMilliseconds >= budgetMilliseconds)
                {
                    break;
                }
            }

            foreach (LanguageModelSlot slot in _slots)
            {
                if (slot.IsRunning)
                {
                    return true;
                }
            }

            return false;
        }

        public int Drain(Span<TokenEvent> destination)
        {
            ThrowIfDisposed();
            int count = 0;
            while (count < destination.Length && _events.Count > 0)
            {
                TokenEvent next = _events.Dequeue();
                if (_slots[next.Sequence.Slot].Owns(next.Sequence))
                {
                    destination[count++] = next;
                }
            }

            return count;
        }

        /// <summary>Nothing runs in the background, so there is never anything to wait for.</summary>
        public bool Wait(int milliseconds) => true;

        public void Release(SequenceHandle sequence)
        {
            ThrowIfDisposed();
            if ((uint)sequence.Slot >= (uint)_slots.Length || !_slots[sequence.Slot].Owns(sequence))
            {
                throw new ArgumentException("This sequence is not in flight; it was released before, or belongs to another engine.", nameof(sequence));
            }

            Stop(_slots[sequence.Slot]);
        }

        public void Dispose()
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            foreach (LanguageModelSlot slot in _slots)
            {
                Stop(slot);
            }

            if (_ownsModel)
            {
                _model.Dispose();
            }
        }

        private void Begin(LanguageModelSlot slot, SequenceRequest request)
        {
            try
            {
                slot.Begin(_model.CreateSequence(request.HeadDials));
            }
            catch (Exception thrown)
            {
                Fail(slot, thrown);
            }
        }

        private void Step(LanguageModelSlot slot, int chunk)
        {
            try
            {
                if (slot.Feed(chunk, _logits))
                {
                    _events.Enqueue(slot.Take(_sampler, _logits, ContextLength));
                }
            }
            catch (Exception thrown)
            {
                Fail(slot, thrown);
            }
        }

        private void Stop(LanguageModelSlot slot)
        {
            try
            {
                slot.Stop();
            }
            catch (Exception thrown)
            {
                // The slot is free all the same; what broke is the model's.
                FailureReason = ReasonOf(thrown);
            }
        }

        private void Fail(LanguageModelSlot slot, Exception thrown)
        {
            FailureReason = ReasonOf(thrown);
            _events.Enqueue(slot.Fail());
        }

        private static string ReasonOf(Exception thrown) => "The model threw " + thrown.GetType().Name + ": " + thrown.Message;

        private void ThrowIfDisposed()
        {
            if (_disposed)
            {
                throw new ObjectDisposedException(nameof(LanguageModelEngine));
            }
        }
    }
}
