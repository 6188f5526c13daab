using System;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Decides what the next step computes: a column for every sequence that decodes, then prompt tokens by priority and in the order of admission. A step that
    /// has fewer columns takes those of higher priority, and those that were left out too often. Bits do not depend on the mixture, so neither does any reply.
    /// </summary>
    internal sealed class StepBuilder
    {
        // Steps that may leave a sequence out before it goes first: one that talks, and one that reads its prompt.
        private const int MaxSkippedTokens = 4;
        private const int MaxSkippedPrompts = 64;

        private readonly VulkanModel model;
        private readonly SequenceTable table;
        private readonly int prefillChunk;
        private readonly int[] logitColumns = new int[StateLayout.MaxColumns];
        private readonly int[] steadySlots = new int[StateLayout.MaxColumns];
        private readonly SequenceSlot[] waiting;
        private readonly SequenceSlot[] decoding;
        private int steadyCount;

        public StepBuilder(VulkanModel model, SequenceTable table, int prefillChunk)
        {
            this.model = model;
            this.table = table;
            this.prefillChunk = prefillChunk;
            waiting = new SequenceSlot[model.Shape.Slots];
            decoding = new SequenceSlot[model.Shape.Slots];
        }

        /// <summary>Prompt tokens given to steps so far.</summary>
        public long PromptTokens { get; private set; }

        /// <summary>Describes the next step to the device and marks its sequences; false when there is nothing to do.</summary>
        /// <param name="tokens">Tokens that steady decoding may make in one submission.</param>
        /// <param name="columns">Columns of the step, at most.</param>
        /// <param name="step">The step.</param>
        /// <param name="repeats">How often to run it, one token each.</param>
        public bool TryBuild(int tokens, int columns, out StepShape step, out int repeats)
        {
            step = default;
            repeats = 1;
            model.Plans.Current = 0;
            columns = Math.Min(columns, model.Shape.Columns);
            int prefills = Find(SequencePhase.Prefill, waiting);
            int decodes = Find(SequencePhase.Decode, decoding);
            if (decodes + prefills == 0)
            {
                steadyCount = 0;
                return false;
            }

            // A full step is for those who talk; a narrowed one leaves half of it to those who have only begun to read.
            int places = prefills > 0 && decodes > columns / 2 && columns < model.Shape.Columns ? columns / 2 : columns;
            decodes = Choose(decodes, Math.Max(1, places));
            int farthest = 0;
            for (int i = 0; i < decodes; i++)
            {
                farthest = Math.Max(farthest, decoding[i].Position);
            }

            bool gather = prefills > 0 || !IsSteady(decodes);
            repeats = prefills > 0 ? 1 : tokens;
            if (!gather)
            {
                MarkDecoding();
                step = new StepShape(decodes, decodes, Splits(Math.Min(farthest + repeats, model.Shape.Context) - 1), gather: false, sample: true);
                return true;
            }

            int talking = AddDecodes();
            steadyCount = prefills > 0 ? 0 : decodes;
            step = Gather(prefills, Math.Min(prefillChunk, columns - talking), talking, farthest + (prefills > 0 ? 0 : repeats - 1));
            return true;
        }

        // Prompts behind the columns of those who talk.
        private StepShape Gather(int prefills, int places, int talking, int farthest)
        {
            int used = talking, rows = talking;
            AddPrefills(prefills, places, ref used, ref rows, ref farthest);
            model.ClearColumns(used);
            model.SetLogitColumns(logitColumns.AsSpan(0, rows));
            return new StepShape(used, rows, Splits(Math.Min(farthest, model.Shape.Context - 1)), gather: true, sample: rows > 0);
        }

        /// <summary>
        /// Describes a step that only reads prompts, behind the steps of the same submission: it needs none of their tokens. Those who talk have had theirs.
        /// </summary>
        /// <returns>False when nobody reads, or there is no room for another description.</returns>
        public bool TryReadOn(int columns, out StepShape step)
        {
            step = default;
            int prefills = Find(SequencePhase.Prefill, waiting);
            if (prefills == 0 || model.Plans.Current + 1 == StepPlans.Count)
            {
                return false;
            }

            model.Plans.Current++;
            steadyCount = 0;
            step = Gather(prefills, Math.Min(prefillChunk, columns), 0, 0);
            return true;
        }

        private static int Splits(int position) => (position / ModelShape.SplitKeys) + 1;

        // Sequences of a phase: the overdue, then by priority, then the oldest.
        private int Find(SequencePhase phase, SequenceSlot[] found)
        {
            int count = 0;
            foreach (SequenceSlot slot in table.Slots)
            {
                if (slot.Phase != phase)
                {
                    continue;
                }

                int at = count++;
                while (at > 0 && IsBefore(slot, found[at - 1]))
                {
                    found[at] = found[at - 1];
                    at--;
                }

                found[at] = slot;
            }

            return count;
        }

        private static bool IsBefore(SequenceSlot slot, SequenceSlot other)
        {
            bool reads = slot.Phase == SequencePhase.Prefill;
            int most = reads ? MaxSkippedPrompts : MaxSkippedTokens;
            bool overdue = slot.Skipped >= most, otherOverdue = other.Skipped >= most;
            if (overdue != otherOverdue)
            {
                return overdue;
            }

            // Equals that talk take turns; prompts are read one after the other, so that the first is done soonest.
            return slot.Priority != other.Priority ? slot.Priority > other.Priority
                : !reads && slot.Skipped != other.Skipped ? slot.Skipped > other.Skipped
                : slot.Order < other.Order;
        }

        private int Choose(int decodes, int places)
        {
            for (int i = 0; i < decodes; i++)
            {
                decoding[i].Chosen = i < places;
                decoding[i].Skipped = i < places ? 0 : decoding[i].Skipped + 1;
            }

            return Math.Min(decodes, places);
        }

        // The device itself left the columns, tokens and embeddings of these sequences in place.
        private bool IsSteady(int decodes)
        {
            if (decodes != steadyCount)
            {
                return false;
            }

            for (int i = 0; i < steadyCount; i++)
            {
                SequenceSlot slot = table.Slots[steadySlots[i]];
                if (slot.Phase != SequencePhase.Decode || !slot.Chosen || slot.Generated == 0)
                {
                    return false;
                }
            }

            return true;
        }

        private void MarkDecoding()
        {
            for (int i = 0; i < steadyCount; i++)
            {
                SequenceSlot slot = table.Slots[steadySlots[i]];
                slot.InStep = true;
                slot.Sampling = true;
            }
        }

        private int AddDecodes()
        {
            int column = 0;
            foreach (SequenceSlot slot in table.Slots)
            {
                if (slot.Phase == SequencePhase.Decode && slot.Chosen)
                {
                    model.SetColumn(column, slot.Index, slot.Position, slot.LastToken);
                    steadySlots[column] = slot.Index;
                    logitColumns[column] = column;
                    slot.InStep = true;
                    slot.Sampling = true;
                    column++;
                }
            }

            return column;
        }

        private void AddPrefills(int prefills, int left, ref int columns, ref int rows, ref int farthest)
        {
            for (int i = 0; i < prefills; i++)
            {
                SequenceSlot slot = waiting[i];
                if (left > 0)
                {
                    int more = table.Sharing.Extend(slot);
                    model.SetPages(slot.Index, slot.Pages.AsSpan(slot.SharedPages - more, more), slot.SharedPages - more);
                }

                int count = Math.Min(left, slot.PromptLength - slot.Position);
                slot.Skipped = count > 0 ? 0 : slot.Skipped + 1;
                if (count == 0)
                {
                    continue;
                }

                for (int j = 0; j < count; j++)
                {
                    model.SetColumn(columns++, slot.Index, slot.Position + j, slot.Tokens[slot.Position + j]);
                }

                slot.Position += count;
                PromptTokens += count;
                table.Sharing.Offer(slot);
                slot.InStep = true;
                left -= count;
                farthest = Math.Max(farthest, slot.Position - 1);
                if (slot.Position == slot.PromptLength)
                {
                    logitColumns[rows++] = columns - 1;
                    slot.Sampling = true;
                    slot.Phase = SequencePhase.Decode;
                }
            }
        }
    }
}
