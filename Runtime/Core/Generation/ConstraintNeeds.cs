using System;
using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>How many tokens each node is from an end.</summary>
    internal static class ConstraintNeeds
    {
        /// <summary>Sets <see cref="ConstraintNode.Need"/> and removes edges to nodes that never end.</summary>
        public static void Compute(List<ConstraintNode> nodes)
        {
            // Lines form a tree whose children come later.
            for (int i = nodes.Count - 1; i >= 0; i--)
            {
                if (nodes[i].IsFixed)
                {
                    nodes[i].Need = Longest(nodes, nodes[i]);
                }
            }

            bool changed = true;
            while (changed)
            {
                changed = false;
                foreach (ConstraintNode node in nodes)
                {
                    int shortest = node.IsFixed ? node.Need : Shortest(nodes, node);
                    changed |= shortest != node.Need;
                    node.Need = shortest;
                }
            }

            var dead = new List<int>();
            foreach (ConstraintNode node in nodes)
            {
                dead.Clear();
                foreach (KeyValuePair<int, int> edge in node.Edges)
                {
                    if (Cost(nodes, edge.Value) == ConstraintNode.Never)
                    {
                        dead.Add(edge.Key);
                    }
                }

                foreach (int token in dead)
                {
                    node.Edges.Remove(token);
                }
            }
        }

        /// <summary>Tokens that an edge to a node costs, its own included.</summary>
        public static int Cost(List<ConstraintNode> nodes, int target)
        {
            if (target == ConstraintNode.End)
            {
                return 1;
            }

            return nodes[target].Need == ConstraintNode.Never ? ConstraintNode.Never : 1 + nodes[target].Need;
        }

        private static int Longest(List<ConstraintNode> nodes, ConstraintNode node)
        {
            int longest = 0;
            foreach (int target in node.Edges.Values)
            {
                longest = Math.Max(longest, Cost(nodes, target));
            }

            return longest;
        }

        private static int Shortest(List<ConstraintNode> nodes, ConstraintNode node)
        {
            int shortest = ConstraintNode.Never;
            foreach (int target in node.Edges.Values)
            {
                shortest = Math.Min(shortest, Cost(nodes, target));
            }

            return shortest;
        }
    }
}
