using System;
using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// The words of an automaton. Each node becomes a state; where the nearing limit closes ways, further states allow less and less, chained from the widest
    /// to the narrowest. A state with few tokens lists them all as edges; one with many has a mask, and edges only where the next state is not the usual
    /// one. Equal masks and equal lists are stored once.
    /// </summary>
    internal sealed class TokenConstraintTables
    {
        private readonly List<ConstraintNode> nodes;
        private readonly int maskWords;
        private readonly int vocabulary;
        private readonly List<uint> states = new List<uint>();
        private readonly List<uint> data = new List<uint>();
        private readonly Dictionary<string, int> known = new Dictionary<string, int>(StringComparer.Ordinal);

        public TokenConstraintTables(List<ConstraintNode> nodes, int vocabulary)
        {
            this.nodes = nodes;
            this.vocabulary = vocabulary;
            maskWords = TokenMask.Words(vocabulary);

            // The widest state of node i is state i; after them the end, which is never left, and the narrower ones.
            Reserve(nodes.Count + 1);
            for (int i = 0; i < nodes.Count; i++)
            {
                AddStates(i);
            }
        }

        public int StateCount => states.Count / TokenConstraint.StateWords;

        private int EndState => nodes.Count;

        public uint[] ToWords()
        {
            var words = new uint[states.Count + data.Count];
            states.CopyTo(words);
            data.CopyTo(words, states.Count);
            for (int state = 0; state < StateCount; state++)
            {
                int at = state * TokenConstraint.StateWords;
                words[at + TokenConstraint.StateEdges] += (uint)states.Count;

                // Stored one too high, so that 0 stays free to mean none.
                if (words[at + TokenConstraint.StateMask] != TokenConstraint.NoMask)
                {
                    words[at + TokenConstraint.StateMask] += (uint)states.Count - 1;
                }
            }

            return words;
        }

        private void AddStates(int index)
        {
            ConstraintNode node = nodes[index];
            var tokens = new List<int>(node.Edges.Keys);
            tokens.Sort();
            List<int> limits = Limits(node);
            int state = index;
            for (int i = 0; i < limits.Count; i++)
            {
                List<int> allowed = tokens.FindAll(token => node.IsFixed || ConstraintNeeds.Cost(nodes, node.Edges[token]) <= limits[i]);
                int narrower = i + 1 < limits.Count ? StateCount : state;
                Describe(state, limits[i], narrower, node, allowed);
                if (narrower != state)
                {
                    Reserve(1);
                }

                state = narrower;
            }
        }

        /// <summary>Numbers of tokens below which less is allowed, descending.</summary>
        private List<int> Limits(ConstraintNode node)
        {
            if (node.IsFixed)
            {
                return new List<int> { node.Need };
            }

            var limits = new SortedSet<int>();
            foreach (int target in node.Edges.Values)
            {
                limits.Add(ConstraintNeeds.Cost(nodes, target));
            }

            var descending = new List<int>(limits);
            descending.Reverse();
            return descending;
        }

        private void Describe(int state, int need, int narrower, ConstraintNode node, List<int> allowed)
        {
            int usual = Usual(node, allowed);
            List<int> unusual = allowed.FindAll(token => node.Edges[token] != usual);
            bool sparse = 2 * allowed.Count <= maskWords + (2 * unusual.Count);
            List<int> listed = sparse ? allowed : unusual;
            var edges = new uint[2 * listed.Count];
            for (int i = 0; i < listed.Count; i++)
            {
                edges[2 * i] = (uint)listed[i];
                edges[(2 * i) + 1] = (uint)Target(node.Edges[listed[i]]);
            }

            Set(state, TokenConstraint.StateNeed, need);
            Set(state, TokenConstraint.StateNarrower, narrower);
            Set(state, TokenConstraint.StateMask, sparse ? (int)TokenConstraint.NoMask : 1 + Store(TokenMask.Only(vocabulary, allowed.ToArray())));
            Set(state, TokenConstraint.StateEdges, Store(edges));
            Set(state, TokenConstraint.StateEdgeCount, listed.Count);
            Set(state, TokenConstraint.StateOtherwise, Target(usual));
        }

        private static int Usual(ConstraintNode node, List<int> allowed)
        {
            var counts = new Dictionary<int, int>();
            int usual = ConstraintNode.End;
            int most = 0;
            foreach (int token in allowed)
            {
                counts.TryGetValue(node.Edges[token], out int count);
                counts[node.Edges[token]] = count + 1;
                if (count + 1 > most)
                {
                    most = count + 1;
                    usual = node.Edges[token];
                }
            }

            return usual;
        }

        private int Target(int node) => node == ConstraintNode.End ? EndState : node;

        /// <summary>Offset of some words in the data, which may have them already.</summary>
        private int Store(uint[] words)
        {
            var key = new System.Text.StringBuilder(2 * words.Length);
            foreach (uint word in words)
            {
                key.Append((char)(word >> 16)).Append((char)word);
            }

            if (!known.TryGetValue(key.ToString(), out int offset))
            {
                offset = data.Count;
                data.AddRange(words);
                known.Add(key.ToString(), offset);
            }

            return offset;
        }

        private void Reserve(int count)
        {
            for (int i = 0; i < count; i++)
            {
                int state = StateCount;
                for (int word = 0; word < TokenConstraint.StateWords; word++)
                {
                    states.Add(word == TokenConstraint.StateNarrower || word == TokenConstraint.StateOtherwise ? (uint)state : 0u);
                }
            }
        }

        private void Set(int state, int word, int value) => states[(state * TokenConstraint.StateWords) + word] = (uint)value;
    }
}
