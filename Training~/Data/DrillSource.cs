using System;
using System.Globalization;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;

namespace PrismLM.Training.Data
{
    /// <summary>Generated documents by number, each a pure function of seed and number, in which the NPC's words alone count in the loss.</summary>
    public abstract class DrillSource : IDocumentSource
    {
        private readonly DialogueFormat _format;
        private readonly int _maxTokens;
        private readonly float _openingWeight;
        private long _next;

        /// <param name="openingWeight">Weight in the loss of the first two tokens of a reply, where it is decided; 1 for the others.</param>
        private protected DrillSource(string name, DialogueFormat format, int maxTokens, float openingWeight = 1f)
        {
            _openingWeight = openingWeight;
            Name = name;
            _format = format;
            _maxTokens = maxTokens;
        }

        public string Name { get; }

        private string StatePrefix => Name + " 1 ";

        public TokenDocument Next()
        {
            while (true)
            {
                var prompt = Make(_next++);
                var document = prompt is null ? null : DialogueDocumentSource.Tokenize(_format, prompt, _maxTokens, 0f);
                if (document is not null)
                {
                    Weigh(document.LossWeights);
                    return document;
                }
            }
        }

        public string SaveState() => StatePrefix + _next.ToString(CultureInfo.InvariantCulture);

        public void LoadState(string state)
        {
            if (!state.StartsWith(StatePrefix, StringComparison.Ordinal)
                || !long.TryParse(state.AsSpan(StatePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var next))
            {
                throw new ArgumentException($"'{state}' is not a state of the source {Name}; expected '{StatePrefix}INDEX'.", nameof(state));
            }

            _next = next;
        }

        private void Weigh(float[] weights)
        {
            var inReply = 0;
            for (var i = 0; i < weights.Length; i++)
            {
                inReply = weights[i] > 0f ? inReply + 1 : 0;
                weights[i] *= inReply is 1 or 2 ? _openingWeight : 1f;
            }
        }

        /// <summary>The document of a number; null when that number makes none.</summary>
        internal abstract DialoguePrompt? Make(long index);
    }
}
