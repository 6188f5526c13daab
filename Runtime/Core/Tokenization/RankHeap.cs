using System;

namespace PrismLM.Core.Tokenization
{
    /// <summary>A binary heap of distinct ranks, smallest first. (.NET Standard 2.1 has no priority queue.)</summary>
    internal sealed class RankHeap
    {
        private int[] _items = new int[64];

        internal int Count { get; private set; }

        internal int Smallest => _items[0];

        internal void Add(int rank)
        {
            if (Count == _items.Length)
            {
                Array.Resize(ref _items, Count * 2);
            }
            int at = Count++;
            while (at > 0)
            {
                int parent = (at - 1) / 2;
                if (_items[parent] <= rank)
                {
                    break;
                }
                _items[at] = _items[parent];
                at = parent;
            }
            _items[at] = rank;
        }

        internal void RemoveSmallest()
        {
            int moved = _items[--Count];
            int at = 0;
            while (true)
            {
                int child = (2 * at) + 1;
                if (child >= Count)
                {
                    break;
                }
                if (child + 1 < Count && _items[child + 1] < _items[child])
                {
                    child++;
                }
                if (_items[child] >= moved)
                {
                    break;
                }
                _items[at] = _items[child];
                at = child;
            }
            _items[at] = moved;
        }
    }
}
