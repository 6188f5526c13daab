using System;
using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// What a reply may say, as an automaton over tokens: one of some lines, the name of an enumeration's value, or free speech with at most one of some actions.
    /// Immutable: built once for a tokenizer and a grammar, and shared by any number of replies. A reply under a constraint always parses: text is
    /// valid UTF-8, and the end is reached within the token limit, because tokens that could no longer be followed by an end in time are left out.
    /// </summary>
    /// <remarks>
    /// An engine starts in <see cref="StartState"/>; for each token it narrows the state to what the limit leaves (<see cref="Narrow"/>), allows the tokens of
    /// <see cref="CopyMask"/>, and follows the token that was chosen (<see cref="Next"/>). <c>Shaders/Include/constraint.glsl</c> reads the same words.
    /// </remarks>
    public sealed partial class TokenConstraint
    {
        // Words of a state; the same numbers are in constraint.glsl.
        internal const int StateWords = 6;
        internal const int StateNeed = 0;      // tokens to the end that this state's widest token may take, that token and the end included
        internal const int StateNarrower = 1;  // where to go when fewer are left; itself when there is nowhere
        internal const int StateMask = 2;      // offset of a mask of allowed tokens, or NoMask: the edges are all there is
        internal const int StateEdges = 3;     // offset of pairs {token, next state}, ascending tokens
        internal const int StateEdgeCount = 4;
        internal const int StateOtherwise = 5; // next state of an allowed token without an edge
        internal const uint NoMask = 0;

        private readonly uint[] words;
        private readonly Dictionary<int, int> indices;

        internal TokenConstraint(uint[] words, int states, Dictionary<int, int> indices, IReadOnlyList<string> lines, int vocabulary, int endToken, int requiredTokens, bool isChoice)
        {
            this.words = words;
            this.indices = indices;
            Lines = lines;
            StateCount = states;
            Vocabulary = vocabulary;
            EndToken = endToken;
            RequiredTokens = requiredTokens;
            IsChoice = isChoice;
        }

        /// <summary>The lines of a choice, or the allowed actions of speech; <see cref="IndexOf"/> counts them.</summary>
        public IReadOnlyList<string> Lines { get; }

        /// <summary>True when a reply is one of <see cref="Lines"/>; false for speech.</summary>
        public bool IsChoice { get; }

        /// <summary>Vocabulary of the tokenizer it was built for.</summary>
        public int Vocabulary { get; }

        /// <summary>The token every reply ends with; it must be among a request's stop tokens.</summary>
        public int EndToken { get; }

        /// <summary>Least token limit under which every line, or every action, can be reached; the ending token counts.</summary>
        public int RequiredTokens { get; }

        /// <summary>States, those included that only a nearing limit leads to.</summary>
        public int StateCount { get; }

        /// <summary>Where every reply begins.</summary>
        public int StartState => 0;

        /// <summary>States, then masks and edges, as a device reads them; offsets count from the first word.</summary>
        public ReadOnlySpan<uint> Words => words;

        /// <summary>The state that allows what still reaches an end.</summary>
        /// <param name="state">A state that <see cref="Next"/> gave, or the start.</param>
        /// <param name="remaining">Tokens the reply may still make, the next one included.</param>
        public int Narrow(int state, int remaining)
        {
            while (Word(state, StateNeed) > remaining && Word(state, StateNarrower) != state)
            {
                state = Word(state, StateNarrower);
            }

            return state;
        }

        /// <summary>Writes the tokens that a state allows as a <see cref="TokenMask"/>.</summary>
        /// <exception cref="ArgumentException">The destination has another size than the vocabulary needs.</exception>
        public void CopyMask(int state, Span<uint> destination)
        {
            if (destination.Length != TokenMask.Words(Vocabulary))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"A mask of {destination.Length} words; this constraint's vocabulary needs {TokenMask.Words(Vocabulary)}."), nameof(destination));
            }

            int mask = Word(state, StateMask);
            if (mask != NoMask)
            {
                words.AsSpan(mask, destination.Length).CopyTo(destination);
                return;
            }

            destination.Clear();
            int edges = Word(state, StateEdges);
            for (int i = 0; i < Word(state, StateEdgeCount); i++)
            {
                uint token = words[edges + (2 * i)];
                destination[(int)(token / 32)] |= 1u << (int)(token % 32);
            }
        }

        /// <summary>The state after a token, or -1 when the token is not allowed.</summary>
        public int Next(int state, int token)
        {
            int edges = Word(state, StateEdges);
            int low = 0;
            int high = Word(state, StateEdgeCount);
            while (low < high)
            {
                int middle = (low + high) / 2;
                if (words[edges + (2 * middle)] < token)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            if (low < Word(state, StateEdgeCount) && words[edges + (2 * low)] == token)
            {
                return (int)words[edges + (2 * low) + 1];
            }

            int mask = Word(state, StateMask);
            bool allowed = mask != NoMask && (uint)token < (uint)Vocabulary && TokenMask.Allows(words.AsSpan(mask, TokenMask.Words(Vocabulary)), token);
            return allowed ? Word(state, StateOtherwise) : -1;
        }

        /// <summary>The state after some tokens, to continue a reply that was cut off; -1 when they are not what the constraint allows.</summary>
        public int StateAfter(ReadOnlySpan<int> tokens)
        {
            int state = StartState;
            for (int i = 0; i < tokens.Length && state >= 0; i++)
            {
                state = Next(state, tokens[i]);
            }

            return state;
        }

        /// <summary>Which of <see cref="Lines"/> a whole reply took; -1 for speech without an action, and for tokens that are no whole reply.</summary>
        /// <param name="tokens">A reply, the ending token included.</param>
        public int IndexOf(ReadOnlySpan<int> tokens)
        {
            if (tokens.IsEmpty || tokens[tokens.Length - 1] != EndToken)
            {
                return -1;
            }

            int last = StateAfter(tokens.Slice(0, tokens.Length - 1));
            return last >= 0 && Next(last, EndToken) >= 0 && indices.TryGetValue(last, out int index) ? index : -1;
        }

        /// <summary>True when a whole reply of speech was ended by the token limit and not by the model.</summary>
        /// <param name="tokens">A reply, the ending token included.</param>
        /// <param name="startState">Where it began.</param>
        /// <param name="limit">Tokens it was allowed.</param>
        internal bool IsCutShort(ReadOnlySpan<int> tokens, int startState, int limit)
        {
            int state = startState;
            for (int i = 0; i + 1 < tokens.Length && state >= 0; i++)
            {
                state = Next(state, tokens[i]);
            }

            if (state < 0 || tokens.IsEmpty)
            {
                return false;
            }

            int narrowed = Narrow(state, limit - tokens.Length + 1);
            return narrowed != state && AllowsOnlyTheEnd(narrowed);
        }

        /// <summary>Least tokens within which a state reaches an end: of a choice, whichever line it is; of speech, the soonest.</summary>
        internal int Need(int state) => Word(Narrow(state, 0), StateNeed);

        private bool AllowsOnlyTheEnd(int state)
        {
            int mask = Word(state, StateMask);
            if (mask == NoMask)
            {
                return Word(state, StateEdgeCount) == 1 && Next(state, EndToken) >= 0;
            }

            for (int i = 0; i < TokenMask.Words(Vocabulary); i++)
            {
                if (words[mask + i] != (i == EndToken / 32 ? 1u << (EndToken % 32) : 0))
                {
                    return false;
                }
            }

            return true;
        }

        private int Word(int state, int word) => (int)words[(state * StateWords) + word];
    }
}
