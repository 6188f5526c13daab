using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace PrismLM.Training.Data
{
    /// <summary>
    /// Documents of one text file, shuffled anew in every epoch. Only the places of the pieces are kept in memory, so the file may be larger
    /// than memory. Long documents are cut at spaces in pieces of about one context; every piece starts with bos, the last one ends with eos.
    /// </summary>
    public sealed class TextFileSource : IDocumentSource, IDisposable
    {
        private readonly FileStream _file;
        private readonly TextPieces _pieces;
        private readonly Func<string, int[]> _encode;
        private readonly (int Bos, int Eos) _marks;
        private readonly int _context;
        private readonly ulong _seed;
        private readonly int[] _order;
        private readonly Queue<TokenDocument> _rest = new();
        private long _epoch;
        private int _next;
        private int _taken;

        /// <param name="context">Most tokens of a row; a document has at most one more (its last target).</param>
        /// <exception cref="FileNotFoundException">No such file.</exception>
        /// <exception cref="InvalidDataException">The file has no text.</exception>
        public TextFileSource(string name, string path, Func<string, int[]> encode, int bos, int eos, int context, ulong seed)
        {
            Name = name;
            _encode = encode;
            _marks = (bos, eos);
            _context = context;
            _seed = seed;
            _pieces = TextPieces.Scan(path, 3 * context);
            _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            _order = new int[_pieces.Count];
            Reorder();
        }

        public string Name { get; }

        /// <summary>Pieces in the file.</summary>
        public int Count => _pieces.Count;

        public TokenDocument Next()
        {
            while (_rest.Count == 0)
            {
                Fill();
            }

            _taken++;
            return _rest.Dequeue();
        }

        public string SaveState() => string.Create(CultureInfo.InvariantCulture, $"{_epoch} {_next} {(_rest.Count == 0 ? 0 : _taken)}");

        public void LoadState(string state)
        {
            var parts = state.Split(' ');
            if (parts.Length != 3
                || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
                || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var next)
                || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var taken)
                || next > Count || (taken > 0 && next == 0))
            {
                throw new ArgumentException($"'{state}' is not a cursor of source '{Name}': expected epoch, piece (0 to {Count}) and part.", nameof(state));
            }

            _rest.Clear();
            _epoch = epoch;
            Reorder();
            _next = taken > 0 ? next - 1 : next;
            if (taken > 0)
            {
                // Within a piece that gave several documents: read it again and drop those already taken.
                Fill();
                for (var i = 0; i < taken && _rest.Count > 0; i++)
                {
                    _rest.Dequeue();
                }
            }

            _taken = taken;
        }

        public void Dispose() => _file.Dispose();

        private void Fill()
        {
            if (_next == Count)
            {
                _epoch++;
                _next = 0;
                Reorder();
            }

            var piece = _pieces[_order[_next++]];
            _taken = 0;
            var bytes = new byte[piece.Length];
            _file.Position = piece.Start;
            _file.ReadExactly(bytes);
            var text = Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
            foreach (var document in Cut(_encode(text), piece.EndsDocument))
            {
                _rest.Enqueue(document);
            }
        }

        private IEnumerable<TokenDocument> Cut(int[] ids, bool endsDocument)
        {
            for (var at = 0; at < ids.Length; at += _context)
            {
                var count = Math.Min(_context, ids.Length - at);
                var last = at + count == ids.Length && endsDocument && count < _context;
                var tokens = new int[count + (last ? 2 : 1)];
                tokens[0] = _marks.Bos;
                Array.Copy(ids, at, tokens, 1, count);
                if (last)
                {
                    tokens[^1] = _marks.Eos;
                }

                var weights = new float[tokens.Length];
                Array.Fill(weights, 1f);
                yield return new TokenDocument(tokens, weights);
            }
        }

        private void Reorder()
        {
            for (var i = 0; i < _order.Length; i++)
            {
                _order[i] = i;
            }

            new SeededRandom(_seed + (0x632BE59BD9B4E019UL * (ulong)(_epoch + 1))).Shuffle(_order.AsSpan());
        }
    }
}
