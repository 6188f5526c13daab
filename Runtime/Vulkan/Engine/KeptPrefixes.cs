using System;
using System.Collections.Generic;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Paths of the prefix tree that are kept whatever room is needed, and the data of their pages.</summary>
    internal sealed class KeptPrefixes
    {
        private const int PageTokens = StateLayout.PageTokens;

        private readonly VulkanModel model;
        private readonly KvPages pages;
        private readonly List<int[]> paths = new List<int[]>();
        private readonly int[] holders;
        private readonly int most;

        public KeptPrefixes(VulkanModel model, KvPages pages)
        {
            this.model = model;
            this.pages = pages;
            holders = new int[pages.Count];

            // One whole sequence always fits beside what is kept, so that no request waits for ever.
            most = pages.Count - Math.Min(pages.Count, ModelShape.PagesFor(model.Shape.Context));
        }

        /// <summary>Distinct pages that are kept.</summary>
        public int Pages { get; private set; }

        /// <summary>The pages of a beginning, or null when one of them is not in the tree.</summary>
        public int[]? Find(ReadOnlySpan<int> tokens, ReadOnlySpan<float> dials)
        {
            int root = pages.Tree.Roots.Take(dials);
            var path = new int[tokens.Length / PageTokens];
            int before = root;
            for (int i = 0; i < path.Length; i++)
            {
                before = path[i] = pages.Tree.Find(before, tokens.Slice(i * PageTokens, PageTokens));
                if (before < 0)
                {
                    break;
                }
            }

            pages.Tree.Roots.Release(root);
            return before < 0 ? null : path;
        }

        public uint[] Download(int[] path)
        {
            int words = model.Shape.PageWords;
            var content = new uint[path.Length * words];
            for (int i = 0; i < path.Length; i++)
            {
                model.Buffers.Pages.Download(content.AsSpan(i * words, words), (long)path[i] * words);
            }

            return content;
        }

        /// <summary>Puts a beginning into the tree and keeps it. Pages that are there already stay as they are.</summary>
        /// <returns>False when too few pages are free.</returns>
        /// <exception cref="PrismLM.Vulkan.Device.PrismVulkanException">PG023: more would be kept than leaves room for a sequence; nothing has changed.</exception>
        public bool TryKeep(ReadOnlySpan<int> tokens, ReadOnlySpan<float> dials, ReadOnlySpan<uint> content)
        {
            PrefixTree tree = pages.Tree;
            int root = tree.Roots.Take(dials);
            var path = new int[tokens.Length / PageTokens];
            int found = 0;
            try
            {
                int more = 0;
                for (int before = root; found < path.Length; found++)
                {
                    int page = tree.Find(before, tokens.Slice(found * PageTokens, PageTokens));
                    if (page < 0 || tree.IsPending(page))
                    {
                        break;
                    }

                    tree.AddReference(page);
                    before = path[found] = page;
                    more += holders[page] == 0 ? 1 : 0;
                }

                CheckRoom(more + path.Length - found);
                if (!pages.TryTake(path.AsSpan(found)))
                {
                    ReleaseAll(path.AsSpan(0, found));
                    return false;
                }
            }
            catch
            {
                ReleaseAll(path.AsSpan(0, found));
                throw;
            }
            finally
            {
                tree.Roots.Release(root);
            }

            Fill(path, found, tokens, dials, content);
            foreach (int page in path)
            {
                Pages += holders[page]++ == 0 ? 1 : 0;
            }

            paths.Add(path);
            return true;
        }

        public void ReleaseAll()
        {
            foreach (int[] path in paths)
            {
                foreach (int page in path)
                {
                    holders[page]--;
                }

                ReleaseAll(path);
            }

            paths.Clear();
            Pages = 0;
        }

        private void Fill(int[] path, int found, ReadOnlySpan<int> tokens, ReadOnlySpan<float> dials, ReadOnlySpan<uint> content)
        {
            int words = model.Shape.PageWords;
            try
            {
                for (int i = found; i < path.Length; i++)
                {
                    model.Buffers.Pages.Upload(content.Slice(i * words, words), (long)path[i] * words);
                }
            }
            catch
            {
                pages.Return(path.AsSpan(found));
                ReleaseAll(path.AsSpan(0, found));
                throw;
            }

            int root = pages.Tree.Roots.Take(dials);
            for (int i = found; i < path.Length; i++)
            {
                pages.Tree.Add(path[i], i == 0 ? root : path[i - 1], tokens.Slice(i * PageTokens, PageTokens));
            }

            pages.Tree.Roots.Release(root);
        }

        private void CheckRoom(int more)
        {
            if (Pages + more > most)
            {
                throw new Device.PrismVulkanException(
                    Device.VulkanErrorCode.PoolFull,
                    FormattableString.Invariant($"Loaded prefixes would take {(Pages + more) * PageTokens} tokens of a key/value pool of {pages.Count * PageTokens}; allowed: {most * PageTokens}, so that a whole sequence fits beside them."),
                    "Unload prefixes, or use a larger pool: more slots, or a shorter context.");
            }
        }

        private void ReleaseAll(ReadOnlySpan<int> path)
        {
            for (int i = path.Length - 1; i >= 0; i--)
            {
                pages.Release(path[i]);
            }
        }
    }
}
