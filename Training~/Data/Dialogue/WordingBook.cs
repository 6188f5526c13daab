using System;
using System.Collections.Generic;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>
    /// Wordings by section. A line "# Section" opens or continues one, every other line is a wording, and "* " before it keeps it for validation alone.
    /// </summary>
    internal sealed class WordingBook
    {
        private readonly Dictionary<string, List<Wording>> training = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<Wording>> validation = new(StringComparer.Ordinal);

        public WordingBook(params string[] texts)
        {
            var section = string.Empty;
            foreach (var text in texts)
            {
                foreach (var raw in text.Split('\n'))
                {
                    var line = raw.Trim();
                    if (line.StartsWith("# ", StringComparison.Ordinal))
                    {
                        section = line.Substring(2);
                        training.TryAdd(section, new List<Wording>());
                        validation.TryAdd(section, new List<Wording>());
                    }
                    else if (line.StartsWith("* ", StringComparison.Ordinal))
                    {
                        validation[section].Add(Wording.Parse(line.Substring(2)));
                    }
                    else if (line.Length > 0)
                    {
                        training[section].Add(Wording.Parse(line));
                    }
                }
            }
        }

        public IEnumerable<string> Sections => training.Keys;

        public bool Has(string section) => training.ContainsKey(section);

        /// <summary>The wordings of one split. A section without lines of validation's own (replies) is shared by both.</summary>
        public IReadOnlyList<Wording> Get(string section, DialogueSplit split)
        {
            var own = validation[section];
            return split == DialogueSplit.Validation && own.Count > 0 ? own : training[section];
        }
    }
}
