using System;
using System.Runtime.InteropServices;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Pages that hold the keys and values of known tokens, each found by the page before it and its own 16 tokens: the paths of a tree, one tree for each setting of the
    /// head dials. A page is full, and nobody writes to it while it is here. Pages that nobody refers to wait, the least recently used to be taken first, for someone
    /// who needs their tokens or their room. Everything is allocated at the start.
    /// </summary>
    internal sealed class PrefixTree
    {
        private const int None = -1;
        private const int Length = StateLayout.PageTokens;

        private readonly PrefixRoots roots;
        private readonly int[] buckets;
        private readonly Node[] nodes;
        private readonly int[] tokens;
        private int oldest = None;
        private int newest = None;

        public PrefixTree(int pages)
        {
            roots = new PrefixRoots();
            int size = 16;
            while (size < 2 * pages)
            {
                size *= 2;
            }

            buckets = new int[size];
            buckets.AsSpan().Fill(None);
            nodes = new Node[pages];
            tokens = new int[pages * Length];
        }

        public PrefixRoots Roots => roots;

        /// <summary>Pages that nobody refers to.</summary>
        public int Idle { get; private set; }

        /// <summary>The page with these tokens behind this one.</summary>
        /// <param name="before">A page, or a root.</param>
        /// <param name="next">Tokens of one page.</param>
        /// <returns>-1 when there is none.</returns>
        public int Find(int before, ReadOnlySpan<int> next)
        {
            int page = buckets[BucketOf(before, next)];
            while (page != None && !(nodes[page].Before == before && TokensOf(page).SequenceEqual(next)))
            {
                page = nodes[page].NextInBucket;
            }

            return page;
        }

        /// <summary>What the page is computed from has been given to a step, which has not ended.</summary>
        public bool IsPending(int page) => nodes[page].IsPending;

        /// <summary>False once the page was dropped or taken.</summary>
        public bool IsFindable(int page) => nodes[page].IsFindable;

        public void SetPending(int page, bool pending) => nodes[page].IsPending = pending;

        /// <summary>Takes a page in, with one reference.</summary>
        public void Add(int page, int before, ReadOnlySpan<int> content)
        {
            content.CopyTo(tokens.AsSpan(page * Length, Length));
            int bucket = BucketOf(before, content);
            nodes[page] = new Node { Before = before, NextInBucket = buckets[bucket], References = 1, Older = None, Newer = None, IsFindable = true };
            buckets[bucket] = page;
            if (before < 0)
            {
                roots.AddReference(before);
            }
        }

        public void AddReference(int page)
        {
            if (nodes[page].References++ == 0)
            {
                Unlink(page);
            }
        }

        /// <summary>Takes a reference away; of a path, the last page's first, so that no page is taken before those behind it.</summary>
        /// <returns>True when the page is in the tree no more, and free.</returns>
        public bool Release(int page)
        {
            if (--nodes[page].References > 0)
            {
                return false;
            }

            if (!nodes[page].IsFindable)
            {
                return true;
            }

            nodes[page].Older = newest;
            nodes[page].Newer = None;
            if (newest == None)
            {
                oldest = page;
            }
            else
            {
                nodes[newest].Newer = page;
            }

            newest = page;
            Idle++;
            return false;
        }

        /// <summary>Takes the least recently used page that nobody refers to out of the tree.</summary>
        public int Evict()
        {
            int page = oldest;
            Unlink(page);
            Hide(page);
            return page;
        }

        /// <summary>Its content never came to be: nobody finds the page any more, and it is free when its last reference goes.</summary>
        public void Drop(int page)
        {
            Hide(page);
            nodes[page].IsPending = false;
        }

        private Span<int> TokensOf(int page) => tokens.AsSpan(page * Length, Length);

        private void Unlink(int page)
        {
            int older = nodes[page].Older, newer = nodes[page].Newer;
            if (older == None)
            {
                oldest = newer;
            }
            else
            {
                nodes[older].Newer = newer;
            }

            if (newer == None)
            {
                newest = older;
            }
            else
            {
                nodes[newer].Older = older;
            }

            Idle--;
        }

        private void Hide(int page)
        {
            int bucket = BucketOf(nodes[page].Before, TokensOf(page));
            if (buckets[bucket] == page)
            {
                buckets[bucket] = nodes[page].NextInBucket;
            }
            else
            {
                int other = buckets[bucket];
                while (nodes[other].NextInBucket != page)
                {
                    other = nodes[other].NextInBucket;
                }

                nodes[other].NextInBucket = nodes[page].NextInBucket;
            }

            nodes[page].IsFindable = false;
            if (nodes[page].Before < 0)
            {
                roots.Release(nodes[page].Before);
            }
        }

        // Only a place to look: equality decides, so nobody can make two beginnings the same.
        private int BucketOf(int before, ReadOnlySpan<int> content)
        {
            uint hash = (uint)before * 0x9E3779B1u;
            foreach (int token in content)
            {
                hash = (hash ^ (uint)token) * 0x85EBCA6Bu;
                hash ^= hash >> 15;
            }

            return (int)(hash & (uint)(buckets.Length - 1));
        }

        [StructLayout(LayoutKind.Auto)]
        private struct Node
        {
            public int Before;
            public int NextInBucket;
            public int References;
            public int Older;
            public int Newer;
            public bool IsPending;
            public bool IsFindable;
        }
    }
}
