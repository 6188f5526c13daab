using System;
using System.Runtime.InteropServices;
using PrismLM.Core.Generation;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>The slots of an engine: who is in flight, on which pages, and what the device must know about it.</summary>
    internal sealed class SequenceTable
    {
        private readonly VulkanModel model;
        private readonly float[] gains;
        private readonly KvPages pages;
        private readonly PrefixSharing sharing;
        private readonly ConstraintPool constraints;
        private readonly SequenceSlot[] slots;
        private readonly RecentTokens recent = new RecentTokens();
        private long admitted;

        public SequenceTable(VulkanModel model, float[] gains, bool sharePrefixes)
        {
            this.model = model;
            this.gains = gains;
            pages = new KvPages(model.Shape.Pages);
            sharing = new PrefixSharing(pages, sharePrefixes);
            constraints = new ConstraintPool(model.Shape.State.ConstraintWords);
            slots = new SequenceSlot[model.Shape.Slots];
            for (int i = 0; i < slots.Length; i++)
            {
                slots[i] = new SequenceSlot(i, model.Shape.State.PagesPerSlot, model.Shape.Context);
            }
        }

        public ReadOnlySpan<SequenceSlot> Slots => slots;

        public KvPages Pages => pages;

        public PrefixSharing Sharing => sharing;

        public ConstraintPool Constraints => constraints;

        /// <summary>Nobody is in flight, or leaves.</summary>
        public bool IsEmpty
        {
            get
            {
                foreach (SequenceSlot slot in slots)
                {
                    if (slot.Phase != SequencePhase.Free)
                    {
                        return false;
                    }
                }

                return true;
            }
        }

        /// <summary>The slot of a live handle, or null.</summary>
        public SequenceSlot? Find(SequenceHandle handle)
        {
            if ((uint)handle.Slot >= (uint)slots.Length)
            {
                return null;
            }

            SequenceSlot slot = slots[handle.Slot];
            bool live = slot.Phase != SequencePhase.Free && slot.Phase != SequencePhase.Leaving && slot.Generation == handle.Generation;
            return live ? slot : null;
        }

        /// <param name="request">Checked already.</param>
        /// <param name="describe">Tell the device; false once it has failed, since its memory may be gone or still be written.</param>
        /// <param name="handle">The sequence.</param>
        public bool TryAdmit(SequenceRequest request, bool describe, out SequenceHandle handle)
        {
            handle = default;
            SequenceSlot? slot = FindFree();
            if (slot == null)
            {
                return false;
            }

            int positions = (int)Math.Min(model.Shape.Context, (long)request.Prompt.Length + request.MaxTokens);
            int count = ModelShape.PagesFor(positions);
            TokenConstraint? wanted = describe ? request.Constraint : null;
            if (!TryTakeConstraint(wanted, out int constraint))
            {
                return false;
            }

            slot.Begin(request.Prompt, request.Priority, admitted++);
            if (describe)
            {
                sharing.Begin(slot, request.HeadDials);
            }

            if (!pages.TryTake(slot.Pages.AsSpan(slot.SharedPages, count - slot.SharedPages)))
            {
                constraints.Return(wanted);
                sharing.Leave(slot, keep: false);
                slot.Free();
                return false;
            }

            slot.PageCount = count;
            slot.Constraint = wanted;
            if (describe)
            {
                sharing.Settle(slot);
                Describe(slot, request, constraint);
            }

            handle = slot.Handle;
            return true;
        }

        /// <summary>Ends a sequence; its slot is free at once, or when the step in flight has ended.</summary>
        /// <param name="slot">The sequence's.</param>
        /// <param name="keepPrefix">Its pages hold what its tokens say: the device has not failed.</param>
        public void Release(SequenceSlot slot, bool keepPrefix)
        {
            slot.Invalidate();
            slot.Phase = SequencePhase.Leaving;
            if (!slot.InStep)
            {
                Reclaim(slot, keepPrefix);
            }
        }

        /// <summary>Gives back what a leaving sequence held.</summary>
        public void Reclaim(SequenceSlot slot, bool keepPrefix)
        {
            sharing.Leave(slot, keepPrefix);
            constraints.Return(slot.Constraint);
            slot.Free();
        }

        private SequenceSlot? FindFree()
        {
            foreach (SequenceSlot slot in slots)
            {
                if (slot.Phase == SequencePhase.Free)
                {
                    return slot;
                }
            }

            return null;
        }

        /// <summary>Finds the words of a constraint on the device, or puts them there; offset 0 for none.</summary>
        private bool TryTakeConstraint(TokenConstraint? constraint, out int offset)
        {
            offset = 0;
            if (constraint == null)
            {
                return true;
            }

            if (!constraints.TryTake(constraint, out int place, out bool isNew))
            {
                return false;
            }

            offset = model.Shape.State.Constraints + place;
            if (isNew)
            {
                constraint.Words.CopyTo(model.State.Slice(offset));
            }

            return true;
        }

        private void Describe(SequenceSlot slot, SequenceRequest request, int constraint)
        {
            int start = model.Shape.State.SlotStart(slot.Index);
            Span<uint> words = model.State.Slice(start, StateLayout.SlotPages);
            words.Clear();
            var parameters = new SamplerParameters(request.Sampling, request.Npc);
            MemoryMarshal.Cast<byte, uint>(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref parameters, 1))).CopyTo(words.Slice(SlotControl.Parameters));
            words[SlotControl.Draws] = request.DrawCounter;
            words[SlotControl.MaxTokens] = (uint)request.MaxTokens;
            words[SlotControl.Context] = (uint)model.Shape.Context;
            Span<uint> stops = words.Slice(StateLayout.SlotStops, StateLayout.StopTokens);
            stops.Fill(SlotControl.NoStop);
            for (int i = 0; i < request.StopTokens.Length; i++)
            {
                stops[i] = (uint)request.StopTokens[i];
            }

            recent.Fill(request.ReplySoFar, request.StopTokens);
            words[SlotControl.RecentCount] = (uint)recent.Span.Length;
            MemoryMarshal.Cast<int, uint>(recent.Span).CopyTo(words.Slice(StateLayout.SlotRecent));
            words[SlotControl.BiasCount] = (uint)request.Bias.Length;
            for (int i = 0; i < request.Bias.Length; i++)
            {
                words[StateLayout.SlotBias + (2 * i)] = (uint)request.Bias[i].Token;
                words[StateLayout.SlotBias + (2 * i) + 1] = (uint)BitConverter.SingleToInt32Bits(request.Bias[i].Value);
            }

            words[SlotControl.Constraint] = (uint)constraint;
            words[SlotControl.ConstraintState] = (uint)request.ConstraintState;
            words[SlotControl.Masked] = request.AllowedTokens.Length == 0 ? 0u : 1u;
            request.AllowedTokens.CopyTo(model.State.Slice(start + model.Shape.State.Mask, model.Shape.State.MaskWords));
            model.SetPages(slot.Index, slot.UsedPages);
            model.SetGains(slot.Index, gains, request.HeadDials);
            new TokenRing(model.Buffers.Ring.Mapped).Clear(slot.Index);
        }
    }
}
