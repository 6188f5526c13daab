using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PrismLM.Training.Data
{
    /// <summary>
    /// Several sources in fixed proportions of tokens: the next document comes from the source that is furthest behind its share. A saved state may be
    /// loaded into another mixture: sources of the same name go on where they were, new ones begin.
    /// </summary>
    public sealed class MixedSource : IDocumentSource, IDisposable
    {
        private readonly IReadOnlyList<(IDocumentSource Source, double Weight)> _parts;
        private readonly long[] _tokens;

        /// <exception cref="ArgumentException">No sources, a weight that is not positive, or a name twice.</exception>
        public MixedSource(IReadOnlyList<(IDocumentSource Source, double Weight)> parts)
        {
            if (parts.Count == 0)
            {
                throw new ArgumentException("A mixture has no sources; expected at least one.", nameof(parts));
            }

            foreach (var (source, weight) in parts)
            {
                if (!(weight > 0.0) || double.IsInfinity(weight))
                {
                    throw new ArgumentException(FormattableString.Invariant($"Source '{source.Name}' has weight {weight}; expected a positive number."), nameof(parts));
                }
            }

            if (parts.Select(part => part.Source.Name).Distinct(StringComparer.Ordinal).Count() != parts.Count)
            {
                throw new ArgumentException("Two sources share a name; names must differ.", nameof(parts));
            }

            _parts = parts;
            _tokens = new long[parts.Count];
        }

        public string Name => "mixture";

        /// <summary>Tokens taken from each source since the mixture last changed.</summary>
        public IReadOnlyDictionary<string, long> TokensBySource =>
            Enumerable.Range(0, _parts.Count).ToDictionary(i => _parts[i].Source.Name, i => _tokens[i], StringComparer.Ordinal);

        public TokenDocument Next()
        {
            var behind = 0;
            for (var i = 1; i < _parts.Count; i++)
            {
                if (_tokens[i] / _parts[i].Weight < _tokens[behind] / _parts[behind].Weight)
                {
                    behind = i;
                }
            }

            var document = _parts[behind].Source.Next();
            _tokens[behind] += document.Tokens.Length;
            return document;
        }

        public string SaveState() =>
            JsonSerializer.Serialize(_parts.Select((part, i) => new PartState(part.Source.Name, part.Weight, _tokens[i], part.Source.SaveState())).ToArray());

        public void LoadState(string state)
        {
            PartState[]? saved;
            try
            {
                saved = JsonSerializer.Deserialize<PartState[]>(state);
            }
            catch (JsonException e)
            {
                throw new ArgumentException("The state of the data mixture is not readable: " + e.Message, nameof(state), e);
            }

            if (saved is null)
            {
                throw new ArgumentException("The state of the data mixture is empty.", nameof(state));
            }

            // The shares hold from the last change of the mixture on: catching up with a new share would be a long run of one source.
            var same = saved.Length == _parts.Count && saved.Zip(_parts).All(pair => pair.First.Name == pair.Second.Source.Name && pair.First.Weight.Equals(pair.Second.Weight));
            for (var i = 0; i < _parts.Count; i++)
            {
                var own = saved.FirstOrDefault(part => part.Name == _parts[i].Source.Name);
                if (own is not null)
                {
                    _parts[i].Source.LoadState(own.State);
                }

                _tokens[i] = same ? own!.Tokens : 0;
            }
        }

        public void Dispose()
        {
            foreach (var (source, _) in _parts)
            {
                (source as IDisposable)?.Dispose();
            }
        }

        private sealed record PartState(string Name, double Weight, long Tokens, string State);
    }
}
