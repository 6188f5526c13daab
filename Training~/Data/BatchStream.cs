using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PrismLM.Training.Data
{
    /// <summary>
    /// Optimizer steps of micro-batches. Documents are drawn in pools, sorted by length and cut in micro-batches of nearly equal length (little
    /// padding, no attention mask); the micro-batches of a pool are shuffled, so that a step sees all lengths and sources.
    /// </summary>
    public sealed class BatchStream
    {
        private readonly IDocumentSource _source;
        private readonly BatchOptions _options;
        private readonly List<MicroBatch[]> _steps = new();
        private string _poolState;
        private long _pool;
        private int _next;

        public BatchStream(IDocumentSource source, BatchOptions options)
        {
            _source = source;
            _options = options;
            _poolState = source.SaveState();
        }

        /// <summary>The micro-batches of the next optimizer step.</summary>
        public MicroBatch[] Next()
        {
            if (_next == _steps.Count)
            {
                if (_steps.Count > 0)
                {
                    _pool++;
                }

                Fill();
            }

            return _steps[_next++];
        }

        /// <summary>The cursor: the source's state before the present pool, and the step within it.</summary>
        public string SaveState() => JsonSerializer.Serialize(new State(_poolState, _pool, _next));

        /// <exception cref="ArgumentException">Not a state of this stream.</exception>
        public void LoadState(string text)
        {
            var state = JsonSerializer.Deserialize<State>(text) ?? throw new ArgumentException("The batch cursor is empty.", nameof(text));
            _source.LoadState(state.Source);
            _poolState = state.Source;
            _pool = state.Pool;
            _steps.Clear();
            _next = 0;
            if (state.Next > 0)
            {
                Fill();
                // Only a changed data list can make a pool shorter than it was: then the next pool begins.
                _next = Math.Min(state.Next, _steps.Count);
            }
        }

        private void Fill()
        {
            _poolState = _source.SaveState();
            _steps.Clear();
            _next = 0;
            var wanted = (long)_options.TokensPerStep * _options.StepsPerPool;
            var documents = new List<TokenDocument>();
            for (var tokens = 0L; tokens < wanted; tokens += documents[^1].Tokens.Length - 1)
            {
                documents.Add(_source.Next());
            }

            var batches = Cut(documents.OrderBy(document => document.Tokens.Length).ToArray()).ToArray();
            new SeededRandom(_options.Seed + (0x9E6C63D0876A9A35UL * (ulong)(_pool + 1))).Shuffle(batches.AsSpan());
            var step = new List<MicroBatch>();
            var inStep = 0;
            foreach (var batch in batches)
            {
                // A step ends where it comes nearest to its size.
                if (inStep > 0 && inStep + (batch.TokenCount / 2) > _options.TokensPerStep)
                {
                    _steps.Add(step.ToArray());
                    step.Clear();
                    inStep = 0;
                }

                step.Add(batch);
                inStep += batch.TokenCount;
            }

            if (_steps.Count == 0 || inStep > _options.TokensPerStep / 2)
            {
                _steps.Add(step.ToArray());
            }
            else
            {
                // A small rest would be a noisy step: it joins the last one.
                _steps[^1] = _steps[^1].Concat(step).ToArray();
            }
        }

        private IEnumerable<MicroBatch> Cut(TokenDocument[] sorted)
        {
            var from = 0;
            while (from < sorted.Length)
            {
                var count = 1;
                while (from + count < sorted.Length && (count + 1) * (sorted[from + count].Tokens.Length - 1) <= _options.TokensPerMicroBatch)
                {
                    count++;
                }

                yield return new MicroBatch(sorted[from..(from + count)], _options.PadId);
                from += count;
            }
        }

        private sealed record State(string Source, long Pool, int Next);
    }
}
