using System;
using System.Collections.Generic;
using System.Text;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>Constraints of the replies of one model, each built when it is first asked for and then shared by every NPC.</summary>
    internal sealed class ReplyGrammars
    {
        // A game has a few personas and a few menus; one that makes up lines without end is not to fill the memory.
        private const int MaxKept = 256;

        private readonly DialogueFormat _format;
        private readonly Dictionary<string, TokenConstraint> _known = new Dictionary<string, TokenConstraint>(StringComparer.Ordinal);

        public ReplyGrammars(DialogueFormat format) => _format = format;

        public int Count => _known.Count;

        /// <summary>Speech without the persona's banned characters, then at most one of its actions. Actions that are too long for a reply's tokens are left out.</summary>
        public TokenConstraint Speech(NpcPersona persona, int replyTokens)
        {
            var actions = new List<string>();
            foreach (string action in persona.Facts.Actions)
            {
                if (!string.IsNullOrEmpty(action) && !actions.Contains(action) && actions.Count < TokenConstraint.MaxLines)
                {
                    actions.Add(action);
                }
            }

            TokenConstraint speech = Get('S', actions, persona.Banned);
            if (speech.RequiredTokens <= replyTokens)
            {
                return speech;
            }

            // The action token before, the end behind.
            actions.RemoveAll(action => _format.Tokenizer.Encode(action).Length + 2 > replyTokens);
            return Get('S', actions, persona.Banned);
        }

        /// <exception cref="ArgumentException">A line is empty, or there twice, or there are none or too many.</exception>
        public TokenConstraint Choice(IReadOnlyList<string> lines) => Get('C', lines ?? throw new ArgumentNullException(nameof(lines)), string.Empty);

        private TokenConstraint Get(char kind, IReadOnlyList<string> lines, string banned)
        {
            var key = new StringBuilder().Append(kind).Append(banned.Length).Append(' ').Append(banned);
            foreach (string line in lines)
            {
                // Lengths keep two lists apart that read the same when joined.
                key.Append(line?.Length ?? 0).Append(' ').Append(line);
            }

            if (!_known.TryGetValue(key.ToString(), out TokenConstraint? constraint))
            {
                constraint = kind == 'C'
                    ? TokenConstraint.Choice(_format.Tokenizer, _format.Special.End, lines)
                    : TokenConstraint.SpeechWithAction(_format.Tokenizer, _format.Special.End, _format.Special.Action, lines, banned);
                if (_known.Count == MaxKept)
                {
                    _known.Clear();
                }

                _known.Add(key.ToString(), constraint);
            }

            return constraint;
        }
    }
}
