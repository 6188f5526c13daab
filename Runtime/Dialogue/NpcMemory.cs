using System;
using System.Collections.Generic;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// What an NPC remembers: the conversation, and facts that the game adds while it runs. Both are bounded, so an NPC may talk for ever; the
    /// prompt takes of them what the context has room for.
    /// </summary>
    public sealed class NpcMemory
    {
        /// <summary>Most turns of <see cref="History"/>: more than any context holds. Whole exchanges leave, the oldest first.</summary>
        public const int MaxTurns = 128;

        /// <summary>Most facts; the oldest leaves when another comes.</summary>
        public const int MaxFacts = 32;

        /// <summary>Longest fact and longest line, in characters. A longer line is cut; a longer fact is refused.</summary>
        public const int MaxTextLength = 2000;

        private readonly NpcStage _stage;
        private readonly List<DialogueTurn> _history = new List<DialogueTurn>();
        private readonly List<string> _facts = new List<string>();

        internal NpcMemory(NpcStage stage) => _stage = stage;

        /// <summary>What was said and shown, oldest first.</summary>
        public IReadOnlyList<DialogueTurn> History => _history;

        /// <summary>Facts that the game added, oldest first; the persona's own are not among them.</summary>
        public IReadOnlyList<string> Facts => _facts;

        /// <summary>Replies that ever entered the history, those that left it included.</summary>
        public long Exchanges { get; internal set; }

        /// <summary>The NPC knows this from now on.</summary>
        /// <param name="fact">A clause, as in a persona's facts: <c>the bridge was washed away</c>.</param>
        /// <exception cref="ArgumentException">Empty, or longer than <see cref="MaxTextLength"/>.</exception>
        public void Remember(string fact)
        {
            _stage.Check();
            if (fact == null)
            {
                throw new ArgumentNullException(nameof(fact));
            }

            if (string.IsNullOrWhiteSpace(fact) || fact.Length > MaxTextLength)
            {
                throw new ArgumentException(FormattableString.Invariant($"A fact of {fact.Trim().Length} characters; allowed: 1 to {MaxTextLength}."), nameof(fact));
            }

            _facts.Remove(fact);
            _facts.Add(fact);
            if (_facts.Count > MaxFacts)
            {
                _facts.RemoveAt(0);
            }
        }

        /// <summary>The NPC no longer knows this.</summary>
        /// <returns>False when it was not among <see cref="Facts"/>.</returns>
        public bool Forget(string fact)
        {
            _stage.Check();
            return _facts.Remove(fact);
        }

        /// <summary>Forgets the conversation; facts stay.</summary>
        public void ClearHistory()
        {
            _stage.Check();
            _history.Clear();
        }

        /// <summary>Forgets the facts that the game added; the conversation stays.</summary>
        public void ClearFacts()
        {
            _stage.Check();
            _facts.Clear();
        }

        /// <summary>Another conversation in the place of this one.</summary>
        internal void Replace(IReadOnlyList<DialogueTurn> history, IReadOnlyList<string> facts, long exchanges)
        {
            _history.Clear();
            _history.AddRange(history);
            _facts.Clear();
            _facts.AddRange(facts);
            Exchanges = exchanges;
        }

        internal void Add(DialogueTurn line, DialogueTurn said)
        {
            _history.Add(line);
            _history.Add(said);
            Exchanges++;
            if (_history.Count > MaxTurns)
            {
                _history.RemoveRange(0, _history.Count - MaxTurns);
            }
        }

        /// <summary>Less was shown than the history says.</summary>
        internal void Amend(DialogueTurn said, DialogueTurn shown)
        {
            for (int i = _history.Count - 1; i >= 0; i--)
            {
                if (ReferenceEquals(_history[i], said))
                {
                    if (shown.Text.Length > 0 || shown.Action != null)
                    {
                        _history[i] = shown;
                    }
                    else
                    {
                        _history.RemoveRange(i - 1, 2);
                    }

                    return;
                }
            }
        }
    }
}
