using System;

namespace PrismLM.Core.Generation
{
    /// <summary>The window of the repetition penalty: the last tokens of the reply, without stop tokens.</summary>
    public sealed class RecentTokens
    {
        /// <summary>Most tokens that are kept.</summary>
        public const int Capacity = 64;

        private readonly int[] _tokens = new int[Capacity];
        private int _count;

        /// <summary>Newest last.</summary>
        public ReadOnlySpan<int> Span => _tokens.AsSpan(0, _count);

        /// <summary>Starts over with a reply, or what there is of one. Stop tokens are left out: a penalty on them would make replies run on.</summary>
        public void Fill(ReadOnlySpan<int> reply, ReadOnlySpan<int> stopTokens)
        {
            _count = 0;
            foreach (int token in reply)
            {
                if (stopTokens.IndexOf(token) < 0)
                {
                    Add(token);
                }
            }
        }

        /// <summary>Appends a token; the oldest falls out of a full window.</summary>
        public void Add(int token)
        {
            if (_count == Capacity)
            {
                Array.Copy(_tokens, 1, _tokens, 0, Capacity - 1);
                _count--;
            }

            _tokens[_count++] = token;
        }
    }
}
