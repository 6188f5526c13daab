using System;
using System.Collections.Generic;
using System.Security.Cryptography;

namespace PrismLM.Core.Tokenization
{
    /// <summary>One merge rule: two neighbouring tokens become one. Its rank is its place in the list; the lowest rank goes first.</summary>
    internal readonly struct Merge
    {
        internal Merge(int left, int right, int result)
        {
            Left = left;
            Right = right;
            Result = result;
        }

        internal int Left { get; }

        internal int Right { get; }

        internal int Result { get; }
    }

    /// <summary>Finds the rank of a pair of tokens: an open-addressing hash table, filled once and then only read.</summary>
    /// <remarks>
    /// Rules with one result may share a rank; then the leftmost place goes first whichever rule it is (SentencePiece, whose ranks are scores of tokens).
    /// </remarks>
    internal sealed class MergeTable
    {
        /// <summary>Stands above every rank.</summary>
        internal const int NoRank = int.MaxValue;

        private readonly ulong[] _keys;
        private readonly int[] _ranks;
        private readonly List<int> _results = new List<int>();
        private readonly int _shift;

        // Secret, because a file could be written to make all its rules fall on one slot of a known function.
        private readonly ulong _multiplier;

        /// <param name="capacity">Most rules that will be added.</param>
        internal MergeTable(int capacity)
        {
            int bits = 4;
            while ((1 << bits) < capacity * 2)
            {
                bits++;
            }
            _shift = 64 - bits;
            _multiplier = SecretMultiplier();
            _keys = new ulong[1 << bits];
            _ranks = new int[1 << bits];
            _ranks.AsSpan().Fill(NoRank);
        }

        /// <summary>Ranks in use.</summary>
        internal int RankCount => _results.Count;

        internal int Result(int rank) => _results[rank];

        internal int Rank(int left, int right)
        {
            return _ranks[Find(Key(left, right))];
        }

        /// <summary>Adds a rule after all others; false when the pair has one.</summary>
        /// <param name="merge">The rule.</param>
        /// <param name="sharesRank">The rule gets the last rule's rank, whose result it must have, instead of a new one.</param>
        internal bool TryAdd(Merge merge, bool sharesRank = false)
        {
            ulong key = Key(merge.Left, merge.Right);
            int slot = Find(key);
            if (_ranks[slot] != NoRank)
            {
                return false;
            }
            if (!sharesRank)
            {
                _results.Add(merge.Result);
            }
            _keys[slot] = key;
            _ranks[slot] = _results.Count - 1;
            return true;
        }

        private static ulong SecretMultiplier()
        {
            var random = new byte[sizeof(ulong)];
            using (var generator = RandomNumberGenerator.Create())
            {
                generator.GetBytes(random);
            }
            return BitConverter.ToUInt64(random, 0) | 1;
        }

        private static ulong Key(int left, int right) => ((ulong)(uint)left << 32) | (uint)right;

        // The high bits of the product depend on every bit of both ids.
        private int Find(ulong key)
        {
            int mask = _keys.Length - 1;
            int slot = (int)((key * _multiplier) >> _shift);
            while (_ranks[slot] != NoRank && _keys[slot] != key)
            {
                slot = (slot + 1) & mask;
            }
            return slot;
        }
    }
}
