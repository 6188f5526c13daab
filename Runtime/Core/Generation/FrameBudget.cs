using System;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Decides how many slices of work fit a frame. An account in milliseconds: every tick pays in, every slice takes out what it is expected to cost and,
    /// once it has been measured, the difference. What a tick leaves because the next slice is larger stays for the next tick; overruns are repaid before
    /// anything else runs. Over any 60 ticks the cost is at most 60 budgets and one slice. Pure arithmetic: no clock, no device, no allocation in steady state.
    /// </summary>
    /// <remarks>
    /// One tick: <see cref="Begin"/>, a Complete for each submission that has ended, then, while <see cref="MaySubmit"/>, <see cref="TryTake"/> for
    /// one slice after the other, and <see cref="Submit"/>.
    /// </remarks>
    public sealed class FrameBudget
    {
        /// <summary>Slices of one submission, at most.</summary>
        public const int MaxSlices = 63;

        /// <summary>The part of each budget that is planned with. The rest absorbs slices that cost more than expected: even if everything of one tick costs ten
        /// times what it did, 60 ticks stay within 60 budgets.</summary>
        public const double Share = 0.85;

        private const int MaxSubmissions = 2;

        // More debt than 60 ticks repay would stop replies for longer than the promise asks.
        private const int DebtTicks = 60;

        // Without timestamps: submissions that come late one after the other make costs count for more, and those in time slowly for less again.
        private const double Late = 1.05;
        private const double MostLate = 4;
        private const double InTime = 0.93;
        private const double LeastEarly = 0.7;
        private const double MaxPace = 1e3;

        private readonly SliceCosts _costs = new SliceCosts();
        private readonly int[] _kinds = new int[MaxSubmissions * MaxSlices];
        private readonly Pending[] _pending = new Pending[MaxSubmissions];
        private int _oldest;
        private int _inFlight;
        private int _depth;
        private int _inTime;
        private int _count;
        private double _charged;
        private bool _closed;
        private double _refused;
        private double _budget;
        private double _balance;
        private double _ceiling;
        private double _pace = 1;
        private int _lates;
        private long _tick;
        private long _lastSeen;

        /// <param name="measured">The device has timestamps. Otherwise costs are inferred from the tick at which a submission is seen to have ended.</param>
        public FrameBudget(bool measured)
        {
            Measured = measured;
            _depth = measured ? 1 : MaxSubmissions;
        }

        public bool Measured { get; }

        /// <summary>Submissions that have not ended.</summary>
        public int InFlight => _inFlight;

        /// <summary>Slices of the submission that is being put together.</summary>
        public int Taken => _count;

        /// <summary>What may be spent now, in milliseconds; negative while an overrun is repaid.</summary>
        public double Balance => _balance;

        /// <summary>A slice should cost no more than this: half the budget.</summary>
        public double SliceLimit => _budget / 2;

        /// <summary>A submission may be started in this tick.</summary>
        public bool MaySubmit => _inFlight < _depth && _balance > 0;

        /// <summary>Measured cost of what ended since <see cref="Begin"/>, in milliseconds.</summary>
        public double EndedCost { get; private set; }

        /// <summary>Makes room for kinds of slices; returns the number of the first.</summary>
        public int AddKinds(int count) => _costs.AddKinds(count);

        /// <summary>Expected cost of a kind, in milliseconds; NaN when it was never seen.</summary>
        public double Estimate(int kind) => _costs.Of(kind) * _pace;

        /// <summary>Tells the cost of a kind from a measurement outside of ticks, such as while loading.</summary>
        public void Learn(int kind, double milliseconds) => _costs.Add(kind, milliseconds);

        /// <summary>Starts a tick.</summary>
        public void Begin(double budgetMilliseconds)
        {
            _tick++;
            _budget = budgetMilliseconds;
            EndedCost = 0;

            // Savings are for the slice that did not fit; a budget that nobody wanted is gone. While the device is late nothing can be submitted, and what comes in
            // pays for what it is busy with: that is cut when it has ended, and its price is known.
            double income = Share * budgetMilliseconds;
            _ceiling = _refused + income;
            _balance = Math.Max(_balance, -DebtTicks * income) + income;
            if (_inFlight < _depth)
            {
                _balance = Math.Min(_balance, _ceiling);
            }

            _refused = 0;
        }

        /// <summary>Takes a slice into the submission.</summary>
        /// <param name="kind">Its kind.</param>
        /// <param name="estimate">What it may cost; NaN when nothing is known: such a slice runs alone.</param>
        /// <returns>False when it does not fit any more.</returns>
        public bool TryTake(int kind, double estimate)
        {
            if (_closed || _count == MaxSlices)
            {
                return false;
            }

            // The first slice of a tick runs whatever its size, or a slice larger than the budget would never run; it is repaid.
            bool fits = _count == 0 ? _balance > 0 : estimate <= _balance;
            if (!fits)
            {
                _refused = double.IsNaN(estimate) ? 0 : estimate;
                return false;
            }

            _kinds[(Next * MaxSlices) + _count++] = kind;
            if (double.IsNaN(estimate))
            {
                _closed = true;
            }
            else
            {
                _balance -= estimate;
                _charged += estimate;
            }

            return true;
        }

        /// <summary>The slices taken have been submitted.</summary>
        public void Submit()
        {
            _pending[Next] = new Pending(_count, _charged, _budget, _tick);
            _inFlight++;
            _count = 0;
            _charged = 0;
            _closed = false;
        }

        /// <summary>The oldest submission has ended, and the device has measured its slices.</summary>
        /// <param name="milliseconds">One number a slice.</param>
        public void Complete(ReadOnlySpan<double> milliseconds)
        {
            Pending ended = TakeOldest(out int kinds);
            double total = 0;
            for (int i = 0; i < ended.Count; i++)
            {
                _costs.Add(_kinds[kinds + i], milliseconds[i]);
                total += milliseconds[i];
            }

            EndedCost += total;
            Settle(total - ended.Charged);
            FollowDelay(_tick - ended.Tick, total <= ended.Budget);
        }

        /// <summary>The oldest submission has ended; nobody knows what it cost.</summary>
        public void Complete()
        {
            Pending ended = TakeOldest(out int kinds);
            long ticks = _tick - Math.Max(ended.Tick, _lastSeen);
            _lastSeen = _tick;
            for (int i = 0; i < ended.Count; i++)
            {
                if (double.IsNaN(_costs.Of(_kinds[kinds + i])))
                {
                    _costs.Add(_kinds[kinds + i], Share * ended.Budget / (ended.Count * _pace));
                }
            }

            // It took more than the device had for it in the ticks before the one that saw it end, and no more than with that one. In time it may have
            // cost anything below: so nothing is ever taken for cheaper than it was measured while loading.
            double least = Math.Max(0, ticks - 1) * ended.Budget, most = Math.Max(1, ticks) * ended.Budget;
            double cost = ended.Charged <= most ? Math.Max(least, ended.Charged) : Math.Max(most, ended.Charged / _pace);
            Settle(cost - ended.Charged);
            _lates = ticks > 1 && ended.Charged <= least ? _lates + 1 : 0;
            if (_lates > 1)
            {
                // Once may be a spike.
                _pace = Math.Min(_pace * (ended.Charged > least / 2 ? Late : Math.Min(least / Math.Max(ended.Charged, least / MostLate), MostLate)), MaxPace);
            }
            else if (ended.Charged > most)
            {
                _pace = Math.Max(_pace * Math.Max(most / ended.Charged, LeastEarly), 1);
            }
            else if (_lates == 0 && ticks <= 1)
            {
                _pace = Math.Max(_pace * InTime, 1);
            }
        }

        /// <summary>Forgets submissions that will never end, and what they were charged; costs stay known.</summary>
        public void Reset()
        {
            _inFlight = 0;
            _count = 0;
            _charged = 0;
            _closed = false;
            _balance = 0;
        }

        private int Next => (_oldest + _inFlight) % MaxSubmissions;

        private Pending TakeOldest(out int kinds)
        {
            Pending ended = _pending[_oldest];
            kinds = _oldest * MaxSlices;
            _oldest = (_oldest + 1) % MaxSubmissions;
            _inFlight--;
            return ended;
        }

        private void Settle(double due) => _balance = Math.Min(_balance - due, _ceiling);

        // A game whose frames lie two deep on the device sees every submission a tick later: then the next one must not wait for it.
        private void FollowDelay(long ticks, bool withinBudget)
        {
            if (ticks > 1 && withinBudget)
            {
                _depth = MaxSubmissions;
                _inTime = 0;
            }
            else if (ticks <= 1 && ++_inTime >= DebtTicks)
            {
                _depth = 1;
            }
        }

        private readonly struct Pending
        {
            public Pending(int count, double charged, double budget, long tick)
            {
                Count = count;
                Charged = charged;
                Budget = budget;
                Tick = tick;
            }

            public int Count { get; }

            public double Charged { get; }

            public double Budget { get; }

            public long Tick { get; }
        }
    }
}
