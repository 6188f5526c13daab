using System;
using PrismLM.Core.Generation;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Tokens that the sampler wrote, read by the host when a step has ended. Each slot has a ring of its own; an entry holds a token and why the sequence
    /// ends, and is emptied when it is read. The same numbers are in slot_control.glsl.
    /// </summary>
    internal readonly ref struct TokenRing
    {
        public const uint Empty = 0xFFFFFFFF;

        private const uint TokenMask = 0x01FFFFFF;
        private const int EndShift = 28;

        private readonly Span<uint> entries;

        public TokenRing(Span<uint> entries)
        {
            this.entries = entries;
        }

        /// <summary>Takes the index-th token of a slot's reply; false when it is not there.</summary>
        public bool TryTake(int slot, int index, out int token, out SequenceEnd end)
        {
            ref uint entry = ref entries[(slot * ModelBuffers.RingTokens) + (index % ModelBuffers.RingTokens)];
            uint value = entry;
            if (value == Empty)
            {
                token = -1;
                end = SequenceEnd.None;
                return false;
            }

            entry = Empty;
            token = (int)(value & TokenMask);
            end = (SequenceEnd)(value >> EndShift);
            return true;
        }

        public void Clear(int slot) => entries.Slice(slot * ModelBuffers.RingTokens, ModelBuffers.RingTokens).Fill(Empty);
    }
}
