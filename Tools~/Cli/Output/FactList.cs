using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace PrismLM.Cli.Output
{
    /// <summary>A title and lines of "name  value"; a value of several lines is indented under itself, an empty one is left out.</summary>
    internal sealed class FactList
    {
        private readonly string _title;
        private readonly List<(string Name, string Value)> _facts = new List<(string Name, string Value)>();

        public FactList(string title) => _title = title;

        public void Add(string name, string value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                _facts.Add((name, value.Trim()));
            }
        }

        public override string ToString()
        {
            int width = _facts.Count == 0 ? 0 : _facts.Max(fact => fact.Name.Length);
            var text = new StringBuilder(_title).Append('\n');
            foreach ((string name, string value) in _facts)
            {
                text.Append("  ").Append(name.PadRight(width)).Append("  ").Append(value.Replace("\n", "\n" + new string(' ', width + 4), StringComparison.Ordinal)).Append('\n');
            }

            return text.ToString();
        }
    }
}
