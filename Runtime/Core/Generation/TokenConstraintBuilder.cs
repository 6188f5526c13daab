using System;
using System.Collections.Generic;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Generation
{
    /// <summary>Puts a grammar together from nodes and edges; <see cref="TokenConstraintTables"/> makes words of it.</summary>
    internal sealed class TokenConstraintBuilder
    {
        private readonly ITextTokenizer tokenizer;
        private readonly int endToken;
        private readonly List<ConstraintNode> nodes = new List<ConstraintNode>();
        private readonly Dictionary<int, int> indices = new Dictionary<int, int>();

        public TokenConstraintBuilder(ITextTokenizer tokenizer, int endToken)
        {
            this.tokenizer = tokenizer ?? throw new ArgumentNullException(nameof(tokenizer));
            this.endToken = endToken;
            CheckSpecial(endToken, "ending");
        }

        /// <summary>A node of which every way on must fit the limit.</summary>
        public int AddFixedNode() => Add(isFixed: true);

        public void AddEdge(int from, int token, int to)
        {
            CheckSpecial(token, "action");
            if (token == endToken)
            {
                throw new ArgumentException(FormattableString.Invariant($"Token {token} cannot begin an action: it ends a reply."));
            }

            nodes[from].Edges[token] = to;
        }

        /// <summary>Nodes for any text that an automaton over bytes allows, each with an edge for every token; the first may end the reply.</summary>
        public int AddSpeech(BannedCharacters banned)
        {
            int first = nodes.Count;
            var text = new TextAutomaton(banned);

            // Stepping finds states, in the order of their numbers: a node for each.
            for (int state = 0; state < text.Count; state++)
            {
                Dictionary<int, int> edges = nodes[Add(isFixed: false)].Edges;
                for (int token = 0; token < tokenizer.VocabularySize; token++)
                {
                    int next = tokenizer.IsSpecial(token) ? TextAutomaton.Dead : Spell(text, state, tokenizer.TokenBytes(token));
                    if (next != TextAutomaton.Dead)
                    {
                        edges.Add(token, first + next);
                    }
                }
            }

            nodes[first].Edges[endToken] = ConstraintNode.End;
            return first;
        }

        /// <summary>A tree of lines below a node, in the tokens that the tokenizer makes of them, each with an end.</summary>
        public void AddLines(int root, IReadOnlyList<string> lines)
        {
            var tokens = new List<int>();
            for (int line = 0; line < lines.Count; line++)
            {
                tokens.Clear();
                tokenizer.Encode(lines[line].AsSpan(), tokens);
                int node = root;
                foreach (int token in tokens)
                {
                    if (!nodes[node].Edges.TryGetValue(token, out int next))
                    {
                        next = AddFixedNode();
                        nodes[node].Edges.Add(token, next);
                    }

                    node = next;
                }

                if (indices.TryGetValue(node, out int other))
                {
                    throw new ArgumentException(FormattableString.Invariant($"The lines at index {other} and {line} are the same."), nameof(lines));
                }

                indices.Add(node, line);
                nodes[node].Edges.Add(endToken, ConstraintNode.End);
            }
        }

        public TokenConstraint Build(IReadOnlyList<string> lines, bool isChoice)
        {
            ConstraintNeeds.Compute(nodes);
            var copy = new string[lines.Count];
            for (int i = 0; i < copy.Length; i++)
            {
                copy[i] = lines[i];
            }

            int required = 1;
            foreach (int target in nodes[0].Edges.Values)
            {
                // Speech may end at once; its actions must fit as well.
                if (target >= 0 && nodes[target].IsFixed)
                {
                    required = Math.Max(required, 1 + nodes[target].Need);
                }
            }

            var tables = new TokenConstraintTables(nodes, tokenizer.VocabularySize);
            return new TokenConstraint(tables.ToWords(), tables.StateCount, indices, copy, tokenizer.VocabularySize, endToken, required, isChoice);
        }

        private static int Spell(TextAutomaton text, int state, ReadOnlySpan<byte> bytes)
        {
            if (bytes.IsEmpty)
            {
                return TextAutomaton.Dead;
            }

            for (int i = 0; i < bytes.Length && state != TextAutomaton.Dead; i++)
            {
                state = text.Step(state, bytes[i]);
            }

            return state;
        }

        private int Add(bool isFixed)
        {
            nodes.Add(new ConstraintNode(isFixed));
            return nodes.Count - 1;
        }

        private void CheckSpecial(int token, string what)
        {
            if ((uint)token >= (uint)tokenizer.VocabularySize || !tokenizer.IsSpecial(token))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"The {what} token is {token}; allowed: a special token of the tokenizer, which text can never make."));
            }
        }
    }
}
