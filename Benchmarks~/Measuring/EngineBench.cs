using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using PrismLM.Core.Generation;

namespace PrismLM.Benchmarks
{
    /// <summary>Drives an engine without text: what is timed is the engine.</summary>
    internal sealed class EngineBench
    {
        private const int StallMilliseconds = 120_000;
        private const double WindowSeconds = 0.4;
        private const int MostWindowTokens = 32;

        private readonly ITokenEngine _engine;
        private readonly CancellationToken _cancellation;
        private readonly TokenEvent[] _events = new TokenEvent[1024];
        private int _prompts;

        public EngineBench(ITokenEngine engine, CancellationToken cancellation)
        {
            _engine = engine;
            _cancellation = cancellation;
        }

        /// <summary>One timed stretch of work.</summary>
        internal readonly record struct Stretch(int Tokens, double Seconds, double CpuSeconds);

        /// <summary>Positions that a decode measurement adds to its depth, at most.</summary>
        public static int DecodeTokens(int runs, int windowTokens) => 8 + ((runs + 2) * (windowTokens > 0 ? windowTokens : MostWindowTokens));

        /// <summary>From admitting a prompt to reading its first token; the first of the runs is not kept.</summary>
        public IReadOnlyList<Stretch> Prefill(int tokens, int runs)
        {
            var stretches = new List<Stretch>();
            for (int i = 0; i <= runs; i++)
            {
                Timer timer = Timer.Start();
                SequenceHandle sequence = Admit(tokens, 1);
                WaitForTokens(1);
                if (i > 0)
                {
                    stretches.Add(timer.Stop(tokens));
                }

                _engine.Release(sequence);
            }

            return stretches;
        }

        /// <summary>Makes one token after a prompt of one.</summary>
        public void FirstToken()
        {
            SequenceHandle sequence = Admit(1, 1);
            WaitForTokens(1);
            _engine.Release(sequence);
        }

        /// <summary>
        /// Reads a prompt of <paramref name="depth"/> tokens for each sequence, then times stretches of decoding. A clock starts and stops when a step's tokens have been read,
        /// and only the tokens read between the two are counted.
        /// </summary>
        /// <param name="windowTokens">Tokens of a stretch for each sequence; 0 for as many as take half a second.</param>
        public IReadOnlyList<Stretch> Decode(int sequences, int depth, int runs, int windowTokens)
        {
            int prompt = Math.Max(1, depth);
            int most = Math.Min(_engine.ContextLength - prompt, DecodeTokens(runs, windowTokens));
            var running = new List<SequenceHandle>();
            var made = new Dictionary<SequenceHandle, int>();
            for (int i = 0; i < sequences; i++)
            {
                running.Add(Admit(prompt, most));
                made.Add(running[^1], 0);
            }

            // Until every sequence decodes, steps also read prompts; two more settle.
            while (running.Any(sequence => made[sequence] < 3))
            {
                Step(made);
            }

            Stretch first = Window(made, sequences, windowTokens > 0 ? windowTokens : 4);
            int tokens = windowTokens > 0 ? windowTokens : Math.Clamp((int)(WindowSeconds / first.Seconds * first.Tokens / sequences), 4, MostWindowTokens);
            var stretches = new List<Stretch>();
            for (int i = 0; i < runs; i++)
            {
                stretches.Add(Window(made, sequences, tokens));
            }

            running.ForEach(_engine.Release);
            return stretches;
        }

        private Stretch Window(Dictionary<SequenceHandle, int> made, int sequences, int tokens)
        {
            Timer timer = Timer.Start();
            int count = 0;
            while (count < tokens * sequences)
            {
                count += Step(made);
            }

            return timer.Stop(count);
        }

        private int Step(Dictionary<SequenceHandle, int> made)
        {
            int count = WaitForTokens(1);
            for (int i = 0; i < count; i++)
            {
                if (_events[i].End != SequenceEnd.None)
                {
                    throw new InvalidOperationException(FormattableString.Invariant($"A sequence ended ({_events[i].End}) while it was measured."));
                }

                made[_events[i].Sequence]++;
            }

            return count;
        }

        private SequenceHandle Admit(int promptTokens, int tokens)
        {
            // No two prompts begin alike, so none is found in a cache.
            int seed = ++_prompts;
            int range = Math.Max(1, _engine.Config.Vocabulary - 16);
            int[] prompt = Enumerable.Range(0, promptTokens).Select(at => (int)((uint)((at * 31) + (seed * 7919)) % (uint)range)).ToArray();
            var request = new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = tokens };
            SequenceHandle handle;

            // A released sequence leaves its slot when the step that it was in has been collected.
            for (int tries = 0; !_engine.TryAdmit(request, out handle); tries++)
            {
                if (tries == 100)
                {
                    throw new InvalidOperationException("The engine has no room for another sequence.");
                }

                _engine.Wait(50);
                _engine.Advance(double.PositiveInfinity);
            }

            return handle;
        }

        private int WaitForTokens(int least)
        {
            long started = Environment.TickCount64;
            int count = 0;
            while (count < least)
            {
                _cancellation.ThrowIfCancellationRequested();
                _engine.Advance(double.PositiveInfinity);
                count = _engine.Drain(_events);
                if (count < least)
                {
                    _engine.Wait(50);
                    if (Environment.TickCount64 - started > StallMilliseconds)
                    {
                        throw new TimeoutException("The engine made no token for two minutes.");
                    }
                }
            }

            if (_events.AsSpan(0, count).ToArray().Any(each => each.End == SequenceEnd.Failed))
            {
                throw new InvalidOperationException("The engine failed to make a token: " + (_engine.FailureReason ?? "no reason given"));
            }

            return count;
        }

        private readonly struct Timer
        {
            private readonly long _start;
            private readonly TimeSpan _cpu;

            private Timer(long start, TimeSpan cpu)
            {
                _start = start;
                _cpu = cpu;
            }

            public static Timer Start() => new Timer(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

            public Stretch Stop(int tokens) => new Stretch(tokens, Stopwatch.GetElapsedTime(_start).TotalSeconds, (Environment.CpuUsage.TotalTime - _cpu).TotalSeconds);
        }
    }
}
