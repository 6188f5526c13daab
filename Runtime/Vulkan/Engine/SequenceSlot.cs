using System;
using PrismLM.Core.Generation;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Where a sequence stands.</summary>
    internal enum SequencePhase
    {
        /// <summary>Nobody uses the slot.</summary>
        Free,

        /// <summary>Prompt tokens are left.</summary>
        Prefill,

        /// <summary>Makes a token a step.</summary>
        Decode,

        /// <summary>Made its last token; the slot and its pages are still its own.</summary>
        Ended,

        /// <summary>Released while the device still worked on it.</summary>
        Leaving,
    }

    /// <summary>One sequence in flight, as the host sees it. Made once and used again.</summary>
    internal sealed class SequenceSlot
    {
        /// <param name="index">Its number on the device.</param>
        /// <param name="pages">Room for a page table.</param>
        /// <param name="context">Room for tokens.</param>
        public SequenceSlot(int index, int pages, int context)
        {
            Index = index;
            Pages = new int[pages];
            Tokens = new int[context];
        }

        public int Index { get; }

        public int Generation { get; private set; } = 1;

        public SequencePhase Phase { get; set; }

        /// <summary>The prompt, and behind it what was made.</summary>
        public int[] Tokens { get; }

        public int PromptLength { get; private set; }

        /// <summary>Position of the next input token; during prefill, prompt tokens already given to a step.</summary>
        public int Position { get; set; }

        /// <summary>Positions whose keys and values are known to be on the device.</summary>
        public int Computed { get; set; }

        /// <summary>The next input token after the prompt.</summary>
        public int LastToken { get; set; }

        /// <summary>Tokens made.</summary>
        public int Generated { get; set; }

        /// <summary>Admissions are served in order.</summary>
        public long Order { get; private set; }

        /// <summary>Who comes first in a narrowed step; higher first.</summary>
        public float Priority { get; private set; }

        /// <summary>Steps that had no place for it, since its last one.</summary>
        public int Skipped { get; set; }

        /// <summary>The step that is put together has columns for it.</summary>
        public bool Chosen { get; set; }

        /// <summary>Room for a page table; the first <see cref="PageCount"/> are taken.</summary>
        public int[] Pages { get; }

        public int PageCount { get; set; }

        /// <summary>It takes part in sharing, from <see cref="Root"/> on.</summary>
        public bool IsSharing { get; set; }

        /// <summary>Where its path through the prefix tree begins.</summary>
        public int Root { get; set; }

        /// <summary>How many of its first pages are in the prefix tree, with a reference of this sequence.</summary>
        public int SharedPages { get; set; }

        /// <summary>What it holds of the pool of constraints, or null.</summary>
        public TokenConstraint? Constraint { get; set; }

        /// <summary>The step in flight samples a token for it.</summary>
        public bool Sampling { get; set; }

        /// <summary>The step in flight has columns of it.</summary>
        public bool InStep { get; set; }

        public SequenceHandle Handle => new SequenceHandle(Index, Generation);

        public ReadOnlySpan<int> UsedPages => Pages.AsSpan(0, PageCount);

        public void Begin(ReadOnlySpan<int> prompt, float priority, long order)
        {
            Priority = priority;
            Skipped = 0;
            Phase = SequencePhase.Prefill;
            prompt.CopyTo(Tokens);
            PromptLength = prompt.Length;
            Order = order;
            Position = 0;
            Computed = 0;
            LastToken = -1;
            Generated = 0;
            Sampling = false;
            InStep = false;
        }

        /// <summary>The handle becomes invalid.</summary>
        public void Invalidate() => Generation++;

        public void Free()
        {
            Phase = SequencePhase.Free;
            PageCount = 0;
            Constraint = null;
        }
    }
}
