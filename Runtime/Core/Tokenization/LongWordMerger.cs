using System;
using System.Collections.Generic;

namespace PrismLM.Core.Tokenization
{
    /// <summary>
    /// Applies merge rules to a word of any length. Places with the same rule stand in one list in text order; a heap holds the ranks that have a
    /// list. Every place is in at most one list, so the work is O(n) list steps plus O(log r) for each list that fills or empties.
    /// </summary>
    /// <remarks>
    /// The result of a merge is longer than its parts, so a merge never adds places to its own rule's list: a list is complete when its turn comes
    /// and is sorted at most once each time it fills. The same property ends every word after at most n - 1 merges, whatever the rules are.
    /// </remarks>
    internal sealed class LongWordMerger
    {
        private const int None = -1;

        // Memory for a word this long is kept for the next; more is given back.
        private const int KeptCapacity = 1 << 14;

        private readonly MergeTable _merges;
        private readonly int[] _head;
        private readonly int[] _tail;
        private readonly bool[] _unsorted;
        private readonly bool[] _waiting;
        private readonly RankHeap _heap = new RankHeap();

        private int[] _symbol = Array.Empty<int>();
        private int[] _next = Array.Empty<int>();
        private int[] _previous = Array.Empty<int>();
        private int[] _rank = Array.Empty<int>();
        private int[] _listNext = Array.Empty<int>();
        private int[] _listPrevious = Array.Empty<int>();

        internal LongWordMerger(MergeTable merges)
        {
            _merges = merges;
            _head = new int[merges.RankCount];
            _tail = new int[merges.RankCount];
            _unsorted = new bool[merges.RankCount];
            _waiting = new bool[merges.RankCount];
            _head.AsSpan().Fill(None);
            _tail.AsSpan().Fill(None);
        }

        /// <summary>List and heap steps of the last word, for the test that they grow linearly.</summary>
        internal long Work { get; private set; }

        internal void Merge(ReadOnlySpan<int> symbols, List<int> ids)
        {
            int count = symbols.Length;
            Work = 0;
            Reserve(count);
            symbols.CopyTo(_symbol);
            for (int i = 0; i < count; i++)
            {
                _next[i] = i + 1 < count ? i + 1 : None;
                _previous[i] = i - 1;
            }
            for (int i = 0; i < count; i++)
            {
                Enter(i);
            }
            while (_heap.Count > 0)
            {
                int rank = _heap.Smallest;
                if (_head[rank] == None)
                {
                    _heap.RemoveSmallest();
                    _waiting[rank] = false;
                    continue;
                }
                if (_unsorted[rank])
                {
                    SortList(rank);
                }
                MergeAt(_head[rank], _merges.Result(rank));
            }
            for (int i = count > 0 ? 0 : None; i != None; i = _next[i])
            {
                ids.Add(_symbol[i]);
            }
            if (_symbol.Length > KeptCapacity)
            {
                Allocate(0);
            }
        }

        private void Reserve(int count)
        {
            if (_symbol.Length >= count)
            {
                return;
            }
            Allocate(Math.Max(count, 256));
        }

        private void Allocate(int capacity)
        {
            _symbol = new int[capacity];
            _next = new int[capacity];
            _previous = new int[capacity];
            _rank = new int[capacity];
            _listNext = new int[capacity];
            _listPrevious = new int[capacity];
        }

        private void MergeAt(int place, int result)
        {
            int right = _next[place];
            int left = _previous[place];
            Leave(place);
            Leave(right);
            if (left != None)
            {
                Leave(left);
            }
            _symbol[place] = result;
            int after = _next[right];
            _next[place] = after;
            if (after != None)
            {
                _previous[after] = place;
            }
            if (left != None)
            {
                Enter(left);
            }
            Enter(place);
        }

        /// <summary>Puts the pair that begins at a place into the list of its rule, if there is a rule.</summary>
        private void Enter(int place)
        {
            Work++;
            int right = _next[place];
            int rank = right == None ? MergeTable.NoRank : _merges.Rank(_symbol[place], _symbol[right]);
            _rank[place] = rank;
            if (rank == MergeTable.NoRank)
            {
                return;
            }
            int tail = _tail[rank];
            _listPrevious[place] = tail;
            _listNext[place] = None;
            _tail[rank] = place;
            if (tail == None)
            {
                _head[rank] = place;
                _unsorted[rank] = false;
                if (!_waiting[rank])
                {
                    _waiting[rank] = true;
                    _heap.Add(rank);
                }
                return;
            }
            _listNext[tail] = place;
            _unsorted[rank] |= tail > place;
        }

        private void Leave(int place)
        {
            Work++;
            int rank = _rank[place];
            if (rank == MergeTable.NoRank)
            {
                return;
            }
            _rank[place] = MergeTable.NoRank;
            int before = _listPrevious[place];
            int after = _listNext[place];
            if (before == None)
            {
                _head[rank] = after;
            }
            else
            {
                _listNext[before] = after;
            }
            if (after == None)
            {
                _tail[rank] = before;
            }
            else
            {
                _listPrevious[after] = before;
            }
        }

        private void SortList(int rank)
        {
            var places = new List<int>();
            for (int place = _head[rank]; place != None; place = _listNext[place])
            {
                places.Add(place);
            }
            places.Sort();
            Work += places.Count;
            int before = None;
            foreach (int place in places)
            {
                _listPrevious[place] = before;
                _listNext[place] = None;
                if (before == None)
                {
                    _head[rank] = place;
                }
                else
                {
                    _listNext[before] = place;
                }
                before = place;
            }
            _tail[rank] = before;
            _unsorted[rank] = false;
        }
    }
}
