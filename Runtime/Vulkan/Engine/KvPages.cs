using System;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// A pool of pages of 16 tokens, of fixed size. Sequences take what they may need when they are admitted, so a step never runs out. Pages that hold a known beginning
    /// and that nobody uses count as free: they are taken when no others are left.
    /// </summary>
    internal sealed class KvPages
    {
        private readonly int[] free;
        private int freeCount;

        public KvPages(int count)
        {
            Count = count;
            Tree = new PrefixTree(count);
            free = new int[count];
            for (int i = 0; i < count; i++)
            {
                free[i] = count - 1 - i;
            }

            freeCount = count;
        }

        public int Count { get; }

        public PrefixTree Tree { get; }

        public int Free => freeCount + Tree.Idle;

        /// <summary>Fills <paramref name="pages"/>, or takes none when there are too few.</summary>
        public bool TryTake(Span<int> pages)
        {
            if (pages.Length > Free)
            {
                return false;
            }

            for (int i = 0; i < pages.Length; i++)
            {
                pages[i] = freeCount > 0 ? free[--freeCount] : Tree.Evict();
            }

            return true;
        }

        /// <summary>Takes pages back that are not in the tree.</summary>
        public void Return(ReadOnlySpan<int> pages)
        {
            // The last taken is the first given out again, so a pool that empties is in its first order.
            for (int i = pages.Length - 1; i >= 0; i--)
            {
                Return(pages[i]);
            }
        }

        public void Return(int page)
        {
            if (Free >= Count)
            {
                throw new InvalidOperationException("More pages come back than were taken.");
            }

            free[freeCount++] = page;
        }

        /// <summary>Takes a reference to a page of the tree away.</summary>
        public void Release(int page)
        {
            if (Tree.Release(page))
            {
                Return(page);
            }
        }
    }
}
