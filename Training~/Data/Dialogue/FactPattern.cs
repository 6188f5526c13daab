using System;
using System.Collections.Generic;
using System.Linq;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>A predicate about a topic, and the questions that it answers.</summary>
    internal sealed class FactPattern
    {
        private readonly List<string> training = new();
        private readonly List<string> validation = new();

        private FactPattern(string line)
        {
            var parts = line.Split(" => ");
            Predicate = parts[0];
            foreach (var question in parts[1].Split(" | "))
            {
                if (question.StartsWith("* ", StringComparison.Ordinal))
                {
                    validation.Add(question.Substring(2));
                }
                else
                {
                    training.Add(question);
                }
            }
        }

        /// <summary>Reads after the topic; its slots are those of <see cref="ValuePools.Fill"/>.</summary>
        public string Predicate { get; }

        public IReadOnlyList<string> Questions(DialogueSplit split) => split == DialogueSplit.Training ? training : validation;

        public static FactPattern[] ParseAll(string text)
            => text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => new FactPattern(line)).ToArray();
    }
}
