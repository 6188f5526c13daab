using System;
using System.Diagnostics;

namespace PrismLM.Core.Generation
{
    /// <summary>Keeps a scheduler's figures over host time, without allocation.</summary>
    internal sealed class SchedulerMeter
    {
        private const double RateWindow = 500;
        private const double Recent = 0.25;
        private const double SixtyTicks = 1.0 / 60;

        private readonly Stopwatch _sinceTick = new Stopwatch();
        private double _windowMilliseconds;
        private int _windowTokens;
        private double _tokensPerSecond;
        private double _budgetUsed;
        private int _ticks;

        /// <summary>Averages over recent replies, in milliseconds of host time; 0 before the first.</summary>
        public double FirstToken { get; private set; }

        public double WholeReply { get; private set; }

        /// <summary>Measured milliseconds since the last call; 0 at the first.</summary>
        public double Elapsed()
        {
            double elapsed = _sinceTick.Elapsed.TotalMilliseconds;
            _sinceTick.Restart();
            return elapsed;
        }

        public void AddFirstToken(double milliseconds) => FirstToken = Average(FirstToken, milliseconds);

        public void AddReply(double milliseconds) => WholeReply = Average(WholeReply, milliseconds);

        public void AddTick(double elapsed, int tokens, double budget, double used, bool hasWork)
        {
            _windowMilliseconds += elapsed;
            _windowTokens += tokens;
            if (_windowMilliseconds >= RateWindow)
            {
                _tokensPerSecond = 1000 * _windowTokens / _windowMilliseconds;
                _windowMilliseconds = 0;
                _windowTokens = 0;
            }

            if (hasWork && !double.IsPositiveInfinity(budget))
            {
                _ticks = Math.Min(_ticks + 1, 60);
                _budgetUsed += ((used / budget) - _budgetUsed) * Math.Max(SixtyTicks, 1.0 / _ticks);
            }
        }

        public SchedulerStatistics Read(EngineStatistics engine, int inFlight, int waiting)
            => new SchedulerStatistics(engine, _tokensPerSecond, FirstToken, _budgetUsed, inFlight, waiting);

        private static double Average(double before, double next) => before == 0 ? next : before + (Recent * (next - before));
    }
}
