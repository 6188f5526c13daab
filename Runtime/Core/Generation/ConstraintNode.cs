using System.Collections.Generic;

namespace PrismLM.Core.Generation
{
    /// <summary>A state of a grammar while it is being built.</summary>
    internal sealed class ConstraintNode
    {
        /// <summary>Target of an edge that ends the reply.</summary>
        public const int End = -1;

        /// <summary>No number of tokens leads from here to an end.</summary>
        public const int Never = int.MaxValue;

        /// <param name="isFixed">See <see cref="IsFixed"/>.</param>
        public ConstraintNode(bool isFixed) => IsFixed = isFixed;

        /// <summary>
        /// True where every way on must fit, so that a limit never decides which line it becomes: it is entered only when the longest fits. False where the
        /// nearing limit closes one way after the other.
        /// </summary>
        public bool IsFixed { get; }

        /// <summary>Next node by token.</summary>
        public Dictionary<int, int> Edges { get; } = new Dictionary<int, int>();

        /// <summary>Tokens to an end, that one included: of the longest way where fixed, of the shortest otherwise.</summary>
        public int Need { get; set; } = Never;
    }
}
