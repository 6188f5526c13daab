using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using PrismLM.Core.Generation;

namespace PrismLM.Cli.Running
{
    /// <summary>One measured point: tokens a second of all sequences together.</summary>
    internal sealed record SpeedPoint(int Sequences, int Tokens, double TokensPerSecond, double MillisecondsPerStep);

    /// <summary>Drives an engine without text: what is timed is the engine.</summary>
    internal sealed class DecodeBenchmark
    {
        private const int StallMilliseconds = 60_000;

        private readonly ITokenEngine _engine;
        private readonly CancellationToken _cancellation;
        private readonly TokenEvent[] _events = new TokenEvent[256];

        public DecodeBenchmark(ITokenEngine engine, CancellationToken cancellation)
        {
            _engine = engine;
            _cancellation = cancellation;
        }

        /// <summary>Reads a prompt of so many tokens and makes one token.</summary>
        public SpeedPoint Prefill(int promptTokens, int repetitions) => Median(repetitions, () =>
        {
            var clock = Stopwatch.StartNew();
            Run(1, promptTokens, 1, () => { });
            double seconds = clock.Elapsed.TotalSeconds;
            return new SpeedPoint(1, promptTokens, promptTokens / seconds, seconds * 1000);
        });

        /// <summary>Makes tokens for several sequences at once; reading their short prompts is not timed.</summary>
        public SpeedPoint Decode(int sequences, int tokens, int repetitions) => Median(repetitions, () =>
        {
            var clock = new Stopwatch();
            Run(sequences, 8, tokens + 1, clock.Start);
            double seconds = clock.Elapsed.TotalSeconds;
            return new SpeedPoint(sequences, tokens, sequences * tokens / seconds, seconds * 1000 / tokens);
        });

        private static SpeedPoint Median(int repetitions, Func<SpeedPoint> measure)
        {
            // The first run fills caches and makes recordings; it is not kept.
            measure();
            List<SpeedPoint> points = Enumerable.Range(0, repetitions).Select(_ => measure()).OrderBy(point => point.TokensPerSecond).ToList();
            return points[points.Count / 2];
        }

        private void Run(int sequences, int promptTokens, int tokens, Action allStarted)
        {
            var running = new List<SequenceHandle>();
            for (int i = 0; i < sequences; i++)
            {
                int[] prompt = Enumerable.Range(0, promptTokens).Select(at => 3 + (((at * 31) + (i * 7)) % Math.Max(1, _engine.Config.Vocabulary - 16))).ToArray();
                if (!_engine.TryAdmit(new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = tokens }, out SequenceHandle handle))
                {
                    throw new InvalidOperationException(FormattableString.Invariant($"The engine has no room for sequence {i + 1} of {sequences}."));
                }

                running.Add(handle);
            }

            int started = 0;
            int ended = 0;
            long last = Environment.TickCount64;
            while (ended < sequences)
            {
                _cancellation.ThrowIfCancellationRequested();
                _engine.Advance(double.PositiveInfinity);
                int count = _engine.Drain(_events);
                for (int i = 0; i < count; i++)
                {
                    if (_events[i].End == SequenceEnd.Failed)
                    {
                        throw new InvalidOperationException("The engine failed to make a token.");
                    }

                    if (_events[i].Index == 0 && ++started == sequences)
                    {
                        allStarted();
                    }

                    ended += _events[i].End == SequenceEnd.None ? 0 : 1;
                }

                if (count > 0)
                {
                    last = Environment.TickCount64;
                }
                else if (ended < sequences)
                {
                    _engine.Wait(20);
                    if (Environment.TickCount64 - last > StallMilliseconds)
                    {
                        throw new TimeoutException("The engine made no token for a minute.");
                    }
                }
            }

            running.ForEach(_engine.Release);
        }
    }
}
