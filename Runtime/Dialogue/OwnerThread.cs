using System;
using System.Threading;

namespace PrismLM.Dialogue
{
    /// <summary>The thread that first ticks owns the NPCs and their replies. Before that, any one thread may prepare them.</summary>
    internal sealed class OwnerThread
    {
        private int _id;

        /// <summary>Makes the calling thread the owner, unless there is one.</summary>
        /// <exception cref="InvalidOperationException">Another thread is the owner.</exception>
        public void Claim()
        {
            int current = Environment.CurrentManagedThreadId;
            int owner = Interlocked.CompareExchange(ref _id, current, 0);
            if (owner != 0 && owner != current)
            {
                throw Wrong(owner, current);
            }
        }

        /// <exception cref="InvalidOperationException">Another thread is the owner.</exception>
        public void Check()
        {
            int owner = Volatile.Read(ref _id);
            if (owner != 0 && owner != Environment.CurrentManagedThreadId)
            {
                throw Wrong(owner, Environment.CurrentManagedThreadId);
            }
        }

        private static InvalidOperationException Wrong(int owner, int current) => new InvalidOperationException(FormattableString.Invariant(
            $"Called on thread {current}; the runtime ticks on thread {owner}, which owns its NPCs and replies. From other threads only Cancel and Dispose may be called."));
    }
}
