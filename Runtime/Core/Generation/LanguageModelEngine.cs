using System;
using System.Collections.Generic;
using System.Diagnostics;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Makes a token engine of any language model: the CPU fallback, and the way to put the reference or the trainer's model under the scheduler.
    /// Sequences advance in turn, one token at a time; sampling is <see cref="Sampler"/> itself.
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
        public LanguageModelEngine(ILanguageModel model, int slots = 8, bool ownsModel = true)
        {
            _model = model ?? throw new ArgumentNullException(nameof(model));
            if (slots < 1 || slots > MaxSlots)
            {
                throw new ArgumentOutOfRangeException(nameof(slots), slots, FormattableString.Invariant($"Allowed: 1 to {MaxSlots}."));
            }

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

        public int ContextLength => _model.Config.Context;

        public bool TryAdmit(SequenceRequest request, out SequenceHandle sequence)
        {
            ThrowIfDisposed();
            RequestRules.Check(request, Config, ContextLength);
            foreach (LanguageModelSlot slot in _slots)
            {
                if (!slot.IsUsed)
                {
                    sequence = slot.Start(request, _model.CreateSequence(request.HeadDials));
                    return true;
                }
            }

            sequence = default;
            return false;
        }

        /// <inheritdoc/>
        public string? FailureReason => null;

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

            _slots[sequence.Slot].Stop();
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
                slot.Stop();
            }

            if (_ownsModel)
            {
                _model.Dispose();
            }
        }

        private void Step(LanguageModelSlot slot, int chunk)
        {
            if (slot.Feed(chunk, _logits))
            {
                _events.Enqueue(slot.Take(_sampler, _logits, ContextLength));
            }
        }

        private void ThrowIfDisposed()
        {
            if (_disposed)
            {
                throw new ObjectDisposedException(nameof(LanguageModelEngine));
            }
        }
    }
}
