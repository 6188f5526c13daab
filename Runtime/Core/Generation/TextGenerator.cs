using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// Text from requests, for tools and evaluation: a pump over <see cref="Scheduler"/> that blocks. A game ticks the scheduler itself.
    /// </summary>
    public sealed class TextGenerator : IDisposable
    {
        private const int WaitMilliseconds = 50;

        private readonly Scheduler _scheduler;

        /// <param name="engine">Makes the tokens.</param>
        /// <param name="tokenizer">Turns them into text.</param>
        /// <param name="ownsEngine">Dispose the engine with the generator.</param>
        public TextGenerator(ITokenEngine engine, ITextTokenizer tokenizer, bool ownsEngine = true)
        {
            _scheduler = new Scheduler(engine, tokenizer, ownsEngine);
        }

        /// <summary>How long an engine may make no token before generation is given up.</summary>
        public TimeSpan StallLimit { get; set; } = TimeSpan.FromSeconds(60);

        /// <summary>Generates one reply.</summary>
        /// <param name="request">What to generate.</param>
        /// <param name="onText">Called with each piece of text as it comes.</param>
        /// <param name="cancellation">Ends the reply as Cancelled; the text so far is in the result.</param>
        /// <exception cref="ArgumentException">The request can never be served.</exception>
        /// <exception cref="TimeoutException">The engine made no token for longer than <see cref="StallLimit"/>.</exception>
        public GenerationResult Generate(GenerationRequest request, Action<string>? onText = null, CancellationToken cancellation = default)
        {
            GenerationReply reply = _scheduler.Submit(request);
            if (onText != null)
            {
                reply.TextAdded += (_, added) => onText(added.ToString());
            }

            Pump(cancellation, () => reply.IsCompleted, new[] { reply });
            return reply.Result!;
        }

        /// <summary>Generates one reply as a sequence of pieces of text. It starts when the loop does; leaving early cancels it.</summary>
        /// <param name="request">What to generate.</param>
        /// <param name="completed">Called with the result when the reply has ended.</param>
        /// <param name="cancellation">Ends the reply as Cancelled.</param>
        public IEnumerable<string> Stream(GenerationRequest request, Action<GenerationResult>? completed = null, CancellationToken cancellation = default)
        {
            GenerationReply reply = _scheduler.Submit(request);
            int shown = 0;
            try
            {
                while (!reply.IsCompleted)
                {
                    Pump(cancellation, () => reply.IsCompleted || reply.Text.Length > shown, new[] { reply });
                    if (reply.Text.Length > shown)
                    {
                        string added = reply.Text.Slice(shown).ToString();
                        shown = reply.Text.Length;
                        yield return added;
                    }
                }

                completed?.Invoke(reply.Result!);
            }
            finally
            {
                _scheduler.Withdraw(reply);
            }
        }

        /// <summary>Generates many replies together, as many at a time as the engine has slots.</summary>
        /// <param name="requests">What to generate.</param>
        /// <param name="completed">Called with the number of replies that have ended, whenever it changes.</param>
        /// <param name="cancellation">Ends every reply as Cancelled.</param>
        /// <returns>Results in the order of the requests.</returns>
        public IReadOnlyList<GenerationResult> GenerateAll(
            IReadOnlyList<GenerationRequest> requests, Action<int>? completed = null, CancellationToken cancellation = default)
        {
            var replies = new GenerationReply[requests.Count];
            int ended = 0;
            for (int i = 0; i < replies.Length; i++)
            {
                replies[i] = _scheduler.Submit(requests[i]);
                replies[i].Completed += _ => completed?.Invoke(++ended);
            }

            Pump(cancellation, () => false, replies);
            var results = new GenerationResult[replies.Length];
            for (int i = 0; i < results.Length; i++)
            {
                results[i] = replies[i].Result!;
            }

            return results;
        }

        public void Dispose() => _scheduler.Dispose();

        /// <summary>Ticks until nothing is left to do, or until the caller has what it wants.</summary>
        private void Pump(CancellationToken cancellation, Func<bool> enough, IReadOnlyList<GenerationReply> replies)
        {
            var sinceToken = Stopwatch.StartNew();
            bool more = true;
            while (more && !enough())
            {
                if (cancellation.IsCancellationRequested)
                {
                    foreach (GenerationReply reply in replies)
                    {
                        reply.Cancel();
                    }
                }

                more = _scheduler.Tick(double.PositiveInfinity);
                if (_scheduler.LastTickTokens > 0)
                {
                    sinceToken.Restart();
                }
                else if (more && !enough())
                {
                    _scheduler.Wait(WaitMilliseconds);
                    if (sinceToken.Elapsed > StallLimit)
                    {
                        throw new TimeoutException(FormattableString.Invariant(
                            $"The engine made no token for {StallLimit.TotalSeconds:0} s, with {_scheduler.InFlightCount} replies in flight."));
                    }
                }
            }
        }
    }
}
