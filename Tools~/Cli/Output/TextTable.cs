using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PrismLM.Cli.Output
{
    /// <summary>A table of aligned columns in plain text; a column of numbers is aligned to the right, shapes are not.</summary>
    internal sealed class TextTable
    {
        private readonly string[] _head;
        private readonly List<string[]> _rows = new List<string[]>();

        public TextTable(params string[] head) => _head = head;

        public void Add(params string[] cells)
        {
            if (cells.Length != _head.Length)
            {
                throw new ArgumentException(FormattableString.Invariant($"A row has {cells.Length} cells; the table has {_head.Length} columns."));
            }

            _rows.Add(cells);
        }

        public override string ToString()
        {
            int columns = _head.Length;
            int[] width = Enumerable.Range(0, columns).Select(c => _rows.Select(row => row[c].Length).Append(_head[c].Length).Max()).ToArray();
            bool[] right = Enumerable.Range(0, columns).Select(c => _rows.Count > 0 && _rows.All(row => row[c].Length == 0 || (char.IsDigit(row[c][0]) && !row[c].Contains(" x ", StringComparison.Ordinal)))).ToArray();
            var text = new StringBuilder();
            Line(text, _head, width, right);
            Line(text, width.Select(w => new string('-', w)).ToArray(), width, right);
            foreach (string[] row in _rows)
            {
                Line(text, row, width, right);
            }

            return text.ToString();
        }

        private static void Line(StringBuilder text, string[] cells, int[] width, bool[] right)
        {
            var line = new StringBuilder();
            for (int c = 0; c < cells.Length; c++)
            {
                line.Append(c == 0 ? "" : "  ").Append(right[c] ? cells[c].PadLeft(width[c]) : cells[c].PadRight(width[c]));
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }
}
