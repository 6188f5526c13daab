using System;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>A pool of pages of 16 tokens, of fixed size. Sequences take what they may need when they are admitted, so a step never runs out.</summary>
    internal sealed class KvPages
    {
        private readonly int[] free;
        private int freeCount;

        public KvPages(int count)
        {
            Count = count;
            free = new int[count];
            for (int i = 0; i < count; i++)
            {
                free[i] = count - 1 - i;
            }

            freeCount = count;
        }

        public int Count { get; }

        public int Free => freeCount;

        /// <summary>Fills <paramref name="pages"/>, or takes none when there are too few.</summary>
        public bool TryTake(Span<int> pages)
        {
            if (pages.Length > freeCount)
            {
                return false;
            }

            for (int i = 0; i < pages.Length; i++)
            {
                pages[i] = free[--freeCount];
            }

            return true;
        }

        public void Return(ReadOnlySpan<int> pages)
        {
            if (pages.Length > Count - freeCount)
            {
                throw new InvalidOperationException("More pages come back than were taken.");
            }

            // The last taken is the first given out again, so a pool that empties is in its first order.
            for (int i = pages.Length - 1; i >= 0; i--)
            {
                free[freeCount++] = pages[i];
            }
        }
    }
}
