using System;

namespace PrismLM.Tavern
{
    /// <summary>Something that ends the game with one line and exit code 2.</summary>
    public sealed class TavernException : Exception
    {
        public TavernException(string message)
            : base(message)
        {
        }

        public TavernException(string message, Exception inner)
            : base(message, inner)
        {
        }

        public TavernException()
        {
        }
    }
}
