using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;

namespace PrismLM.Training.Data
{
    /// <summary>Several sources in fixed proportions of tokens: the next document comes from the source that is furthest behind its share.</summary>
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

        /// <summary>Tokens taken from each source so far.</summary>
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
            JsonSerializer.Serialize(_parts.Select((part, i) => new PartState(part.Source.Name, _tokens[i], part.Source.SaveState())).ToArray());

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

            if (saved is null || !saved.Select(part => part.Name).SequenceEqual(_parts.Select(part => part.Source.Name), StringComparer.Ordinal))
            {
                var found = saved is null ? "nothing" : string.Join(", ", saved.Select(part => part.Name));
                throw new ArgumentException($"The saved data cursor is for the sources {found}; this run has {string.Join(", ", _parts.Select(part => part.Source.Name))}.", nameof(state));
            }

            for (var i = 0; i < saved.Length; i++)
            {
                _parts[i].Source.LoadState(saved[i].State);
                _tokens[i] = saved[i].Tokens;
            }
        }

        public void Dispose()
        {
            foreach (var (source, _) in _parts)
            {
                (source as IDisposable)?.Dispose();
            }
        }

        private sealed record PartState(string Name, long Tokens, string State);
    }
}
