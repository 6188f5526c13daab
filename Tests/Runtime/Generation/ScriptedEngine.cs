using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>Speaks the script whose number is the first prompt token, one token of each slot per step; keeps a ledger of what was asked of it.</summary>
    internal sealed class ScriptedEngine : ITokenEngine
    {
        private readonly List<int[]> _scripts = new List<int[]>();
        private readonly Slot?[] _slots;
        private readonly Queue<TokenEvent> _events = new Queue<TokenEvent>();
        private readonly List<int> _leaving = new List<int>();
        private int _generation;

        public ScriptedEngine(int slots, int vocabulary)
        {
            _slots = new Slot?[slots];
            Config = new ModelConfig { Vocabulary = vocabulary, Context = 64, Special = new SpecialTokens { End = vocabulary - 1 } };
        }

        public ModelConfig Config { get; set; }

        public int SlotCount => _slots.Length;

        public int ContextLength => Config.Context;

        public int Admitted { get; private set; }

        public int Released { get; private set; }

        public int MostInFlight { get; private set; }

        /// <summary>Tokens each slot makes per step; more than one shows that events after a stop are dropped.</summary>
        public int TokensPerStep { get; set; } = 1;

        public bool FailsNow { get; set; }

        public string? FailureReason => FailsNow ? "The script says so." : null;

        /// <summary>A released slot comes back at the next step, as on a device that is in the middle of one.</summary>
        public bool FreesLate { get; set; }

        public bool Stalls { get; set; }

        public bool IsDisposed { get; private set; }

        /// <summary>Which script answers a request; null for the one whose number is the first prompt token.</summary>
        public Func<SequenceRequest, int>? Choose { get; set; }

        public int Script(params int[] tokens)
        {
            _scripts.Add(tokens);
            return _scripts.Count - 1;
        }

        public int[] ScriptOf(int number) => _scripts[number];

        public bool TryAdmit(SequenceRequest request, out SequenceHandle sequence)
        {
            sequence = default;
            int free = Array.IndexOf(_slots, null);
            if (free < 0)
            {
                return false;
            }

            sequence = new SequenceHandle(free, _generation++);
            _slots[free] = new Slot(sequence, request, _scripts[Choose == null ? request.Prompt[0] : Choose(request)]);
            Admitted++;
            MostInFlight = Math.Max(MostInFlight, Admitted - Released);
            return true;
        }

        public bool Advance(double budgetMilliseconds)
        {
            bool more = false;
            foreach (int slot in _leaving)
            {
                _slots[slot] = null;
            }

            _leaving.Clear();
            foreach (Slot? slot in _slots)
            {
                for (int i = 0; i < TokensPerStep && slot != null && !slot.Ended && !Stalls; i++)
                {
                    _events.Enqueue(slot.Next(FailsNow));
                    more |= !slot.Ended;
                }
            }

            return more;
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

        public void Release(SequenceHandle sequence)
        {
            if (_slots[sequence.Slot]?.Handle != sequence)
            {
                throw new ArgumentException("released twice");
            }

            Released++;
            if (FreesLate)
            {
                _slots[sequence.Slot]!.Ended = true;
                _leaving.Add(sequence.Slot);
            }
            else
            {
                _slots[sequence.Slot] = null;
            }
        }

        public void Dispose() => IsDisposed = true;

        private sealed class Slot
        {
            private readonly SequenceRequest _request;
            private readonly int[] _script;
            private int _index;

            public Slot(SequenceHandle handle, SequenceRequest request, int[] script)
            {
                Handle = handle;
                _request = request;
                _script = script;
            }

            public SequenceHandle Handle { get; }

            public bool Ended { get; set; }

            public TokenEvent Next(bool fail)
            {
                int token = _script[_index % _script.Length];
                SequenceEnd end = fail ? SequenceEnd.Failed
                    : Array.IndexOf(_request.StopTokens, token) >= 0 ? SequenceEnd.StopToken
                    : _index + 1 == _request.MaxTokens ? SequenceEnd.MaxTokens
                    : SequenceEnd.None;
                Ended = end != SequenceEnd.None;
                return new TokenEvent(Handle, token, _index++, end);
            }
        }
    }
}
