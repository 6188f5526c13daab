using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>
    /// An engine without a device: a step is a row of slices whose costs a script tells, and makes one token for everybody in flight. The device it
    /// pretends to have works so many milliseconds a tick; what it cannot do waits.
    /// </summary>
    internal sealed class CostedEngine : ITokenEngine
    {
        private const int Kinds = 5;

        private readonly FrameBudget _budget;
        private readonly int _slicesPerStep;
        private readonly Func<int, int, double> _cost;
        private readonly Func<double, double> _speed;
        private readonly Slot?[] _slots;
        private readonly Queue<TokenEvent> _events = new Queue<TokenEvent>();
        private readonly Queue<(double[] Costs, bool EndsStep)> _running = new Queue<(double[] Costs, bool EndsStep)>();
        private readonly List<double> _submission = new List<double>();
        private double _frontDone;
        private int _generation;
        private int _slice;
        private bool _stepRuns;

        /// <param name="slots">In flight together.</param>
        /// <param name="measured">The device has timestamps.</param>
        /// <param name="cost">Milliseconds of a kind of slice at a tick.</param>
        /// <param name="speed">Milliseconds that the device works in a tick, from the budget.</param>
        /// <param name="slicesPerStep">Slices of a step; nothing of the next can be submitted before they have ended.</param>
        public CostedEngine(int slots, bool measured, Func<int, int, double> cost, Func<double, double> speed, int slicesPerStep)
        {
            _slicesPerStep = slicesPerStep;
            _slots = new Slot?[slots];
            _cost = cost;
            _speed = speed;
            _budget = new FrameBudget(measured);
            _budget.AddKinds(Kinds);
            for (int i = 0; !measured && i < 4 * Kinds; i++)
            {
                // As the real engine does while it loads.
                _budget.Learn(i % Kinds, cost(i % Kinds, 0));
            }
        }

        public ModelConfig Config { get; set; } = new ModelConfig { Vocabulary = 8, Context = 4096, Special = new SpecialTokens() };

        public int SlotCount => _slots.Length;

        public int ContextLength => Config.Context;

        public string? FailureReason => null;

        /// <summary>For each tick: what was submitted, what the device worked, and the largest slice.</summary>
        public List<(double Submitted, double Worked, double Largest)> Ticks { get; } = new List<(double Submitted, double Worked, double Largest)>();

        public int Steps { get; private set; }

        public bool TryAdmit(SequenceRequest request, out SequenceHandle sequence)
        {
            int free = Array.IndexOf(_slots, null);
            sequence = new SequenceHandle(free, _generation);
            if (free >= 0)
            {
                _generation++;
                _slots[free] = new Slot(sequence, request.MaxTokens);
            }

            return free >= 0;
        }

        public bool Advance(double budgetMilliseconds)
        {
            double worked = Work(_speed(budgetMilliseconds), out List<double[]> ended);
            _budget.Begin(budgetMilliseconds);
            foreach (double[] costs in ended)
            {
                if (_budget.Measured)
                {
                    _budget.Complete(costs);
                }
                else
                {
                    _budget.Complete();
                }
            }

            double submitted = 0, largest = 0;
            _submission.Clear();
            while (HasSlice() && _budget.MaySubmit | _budget.Taken > 0 && _budget.TryTake(_slice % Kinds, _budget.Estimate(_slice % Kinds)))
            {
                double cost = _cost(_slice % Kinds, Ticks.Count);
                _submission.Add(cost);
                submitted += cost;
                largest = Math.Max(largest, cost);
                _slice++;
                _stepRuns = true;
            }

            if (_submission.Count > 0)
            {
                _budget.Submit();
                _running.Enqueue((_submission.ToArray(), _slice == _slicesPerStep));
            }

            Ticks.Add((submitted, worked, largest));
            return true;
        }

        public int Drain(Span<TokenEvent> destination)
        {
            int count = 0;
            while (count < destination.Length && _events.Count > 0)
            {
                destination[count++] = _events.Dequeue();
            }

            return count;
        }

        public bool Wait(int milliseconds) => false;

        public void Release(SequenceHandle sequence) => _slots[sequence.Slot] = null;

        public void Dispose()
        {
        }

        private bool HasSlice() => _slice < _slicesPerStep && (_stepRuns || Array.Exists(_slots, slot => slot != null));

        private double Work(double milliseconds, out List<double[]> ended)
        {
            double left = milliseconds;
            ended = new List<double[]>();
            while (_running.Count > 0 && left > 0)
            {
                (double[] costs, bool endsStep) = _running.Peek();
                double rest = Sum(costs) - _frontDone;
                double done = Math.Min(left, rest);
                left -= done;
                _frontDone += done;
                if (done < rest)
                {
                    break;
                }

                _running.Dequeue();
                _frontDone = 0;
                ended.Add(costs);
                if (endsStep)
                {
                    EndStep();
                }
            }

            return milliseconds - left;
        }

        private void EndStep()
        {
            Steps++;
            _slice = 0;
            _stepRuns = false;
            foreach (Slot? slot in _slots)
            {
                if (slot != null && slot.Made < slot.MaxTokens)
                {
                    int index = slot.Made++;
                    _events.Enqueue(new TokenEvent(slot.Handle, 1, index, slot.Made == slot.MaxTokens ? SequenceEnd.MaxTokens : SequenceEnd.None));
                }
            }
        }

        private static double Sum(double[] values)
        {
            double sum = 0;
            foreach (double value in values)
            {
                sum += value;
            }

            return sum;
        }

        private sealed class Slot
        {
            public Slot(SequenceHandle handle, int maxTokens)
            {
                Handle = handle;
                MaxTokens = maxTokens;
            }

            public SequenceHandle Handle { get; }

            public int MaxTokens { get; }

            public int Made { get; set; }
        }
    }
}
