using System;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Lets sequences that begin alike use the same pages: each full page of a prompt is computed once, whoever needs it. Only full pages are shared and nobody writes to
    /// them again, so nothing is ever copied; what a sequence has in common with another behind the last full page, at most 15 tokens, it computes itself, in the step that
    /// its own tokens need anyway.
    /// </summary>
    internal sealed class PrefixSharing
    {
        private const int PageTokens = StateLayout.PageTokens;

        private readonly KvPages pages;
        private readonly PrefixTree tree;
        private readonly bool enabled;
        private readonly int[] pending;
        private int pendingCount;

        /// <param name="pages">The pool.</param>
        /// <param name="enabled">False leaves every sequence to itself.</param>
        public PrefixSharing(KvPages pages, bool enabled)
        {
            this.pages = pages;
            this.enabled = enabled;
            tree = pages.Tree;
            pending = new int[pages.Count];
        }

        /// <summary>Prompt tokens that sequences found in the tree, so far.</summary>
        public long ReusedTokens { get; private set; }

        /// <summary>Refers to the pages that are computed already; the sequence starts behind them. At least one token is left, whose logits are wanted.</summary>
        public void Begin(SequenceSlot slot, ReadOnlySpan<float> dials)
        {
            if (!enabled)
            {
                return;
            }

            slot.Root = tree.Roots.Take(dials);
            slot.IsSharing = true;
            while (HasNext(slot))
            {
                int page = tree.Find(Before(slot), Next(slot));
                if (page < 0 || tree.IsPending(page))
                {
                    break;
                }

                tree.AddReference(page);
                slot.Pages[slot.SharedPages++] = page;
            }
        }

        /// <summary>The sequence was admitted: what it found, it does not compute.</summary>
        public void Settle(SequenceSlot slot)
        {
            slot.Position = slot.SharedPages * PageTokens;
            slot.Computed = slot.Position;
            ReusedTokens += slot.Position;
        }

        /// <summary>Pages that others have computed meanwhile, or compute in the step that is put together, take the place of the sequence's own empty ones.</summary>
        /// <returns>How many of its pages have changed: the last of its shared ones. Steps in flight read none of them for it.</returns>
        public int Extend(SequenceSlot slot)
        {
            int changed = 0;
            while (slot.IsSharing && slot.Position == slot.SharedPages * PageTokens && HasNext(slot))
            {
                int page = tree.Find(Before(slot), Next(slot));
                if (page < 0)
                {
                    break;
                }

                tree.AddReference(page);
                pages.Return(slot.Pages[slot.SharedPages]);
                slot.Pages[slot.SharedPages++] = page;
                slot.Position += PageTokens;
                ReusedTokens += PageTokens;
                changed++;
            }

            return changed;
        }

        /// <summary>Offers the pages that the sequence fills in the step that is put together: within a step, keys and values are written before anybody reads them.</summary>
        public void Offer(SequenceSlot slot)
        {
            while (slot.IsSharing && (slot.SharedPages + 1) * PageTokens <= slot.Position)
            {
                // Another may have filled a page with the same tokens while this one was in its middle; both stay.
                if (tree.Find(Before(slot), Next(slot)) >= 0)
                {
                    return;
                }

                int page = slot.Pages[slot.SharedPages];
                tree.Add(page, Before(slot), Next(slot));
                tree.SetPending(page, true);
                pending[pendingCount++] = page;
                slot.SharedPages++;
            }
        }

        /// <summary>The step has ended, or the rest of it is never run.</summary>
        public void EndStep(bool completed)
        {
            for (int i = 0; i < pendingCount; i++)
            {
                if (completed)
                {
                    tree.SetPending(pending[i], false);
                }
                else
                {
                    tree.Drop(pending[i]);
                }
            }

            pendingCount = 0;
        }

        /// <summary>Gives a sequence's pages back. Those that it has filled stay in the tree, prompt and reply alike: an NPC's next prompt begins with them.</summary>
        /// <param name="slot">Nobody computes for it any more.</param>
        /// <param name="keep">False when the device has failed.</param>
        public void Leave(SequenceSlot slot, bool keep)
        {
            // Behind a page that was dropped nothing can be found.
            keep &= slot.SharedPages == 0 || tree.IsFindable(slot.Pages[slot.SharedPages - 1]);
            while (keep && slot.IsSharing && (slot.SharedPages + 1) * PageTokens <= slot.Computed)
            {
                int own = slot.Pages[slot.SharedPages];
                int page = tree.Find(Before(slot), Next(slot));
                if (page >= 0)
                {
                    tree.AddReference(page);
                    slot.Pages[slot.SharedPages] = page;
                    pages.Return(own);
                }
                else
                {
                    tree.Add(own, Before(slot), Next(slot));
                }

                slot.SharedPages++;
            }

            pages.Return(slot.Pages.AsSpan(slot.SharedPages, Math.Max(0, slot.PageCount - slot.SharedPages)));
            while (slot.SharedPages > 0)
            {
                pages.Release(slot.Pages[--slot.SharedPages]);
            }

            if (slot.IsSharing)
            {
                tree.Roots.Release(slot.Root);
                slot.IsSharing = false;
            }
        }

        private static bool HasNext(SequenceSlot slot) => (slot.SharedPages + 1) * PageTokens < slot.PromptLength;

        private static int Before(SequenceSlot slot) => slot.SharedPages == 0 ? slot.Root : slot.Pages[slot.SharedPages - 1];

        private static ReadOnlySpan<int> Next(SequenceSlot slot) => slot.Tokens.AsSpan(slot.SharedPages * PageTokens, PageTokens);
    }
}
