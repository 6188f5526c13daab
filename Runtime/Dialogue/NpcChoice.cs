using System;
using System.Runtime.CompilerServices;
using PrismLM.Core.Generation;

namespace PrismLM.Dialogue
{
    /// <summary>
    /// A choice that an NPC is making. <c>await</c> gives what it chose, and null when the reply was cancelled, interrupted, filtered or failed; it resumes
    /// inside the tick and never throws.
    /// </summary>
    /// <typeparam name="T">The index of a line, or an enumeration.</typeparam>
    public sealed class NpcChoice<T>
        where T : struct
    {
        private readonly TokenConstraint _constraint;
        private readonly Func<int, T> _valueOf;

        internal NpcChoice(NpcReply reply, TokenConstraint constraint, Func<int, T> valueOf)
        {
            Reply = reply;
            _constraint = constraint;
            _valueOf = valueOf;
        }

        /// <summary>The reply whose words are the choice.</summary>
        public NpcReply Reply { get; }

        public bool IsCompleted => Reply.IsCompleted;

        /// <summary>What was chosen; null until it is completed, and when it ended without a choice.</summary>
        public T? Value
        {
            get
            {
                if (Reply.Result?.Reason != FinishReason.Finished || Reply.Generation == null)
                {
                    return null;
                }

                int index = _constraint.IndexOf(Reply.AllTokens());
                return index < 0 ? (T?)null : _valueOf(index);
            }
        }

        public Awaiter GetAwaiter() => new Awaiter(this);

        /// <summary>What <c>await</c> uses.</summary>
        public readonly struct Awaiter : INotifyCompletion
        {
            private readonly NpcChoice<T> _choice;

            internal Awaiter(NpcChoice<T> choice) => _choice = choice;

            public bool IsCompleted => _choice.IsCompleted;

            public T? GetResult() => _choice.Value;

            /// <exception cref="InvalidOperationException">Not on the thread that ticks.</exception>
            public void OnCompleted(Action continuation) => _choice.Reply.GetAwaiter().OnCompleted(continuation);
        }
    }
}
