using System;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Decides what the next step computes: a column for every sequence that decodes, then prompt tokens in the order of admission. Bits do not depend on the
    /// mixture, so neither does any reply.
    /// </summary>
    internal sealed class StepBuilder
    {
        private readonly VulkanModel model;
        private readonly SequenceTable table;
        private readonly int prefillChunk;
        private readonly int[] logitColumns = new int[StateLayout.MaxColumns];
        private readonly int[] steadySlots = new int[StateLayout.MaxColumns];
        private readonly SequenceSlot[] waiting;
        private int steadyCount;

        public StepBuilder(VulkanModel model, SequenceTable table, int prefillChunk)
        {
            this.model = model;
            this.table = table;
            this.prefillChunk = prefillChunk;
            waiting = new SequenceSlot[model.Shape.Slots];
        }

        /// <summary>Describes the next step to the device and marks its sequences; false when there is nothing to do.</summary>
        /// <param name="tokens">Tokens that steady decoding may make in one submission.</param>
        /// <param name="step">The step.</param>
        /// <param name="repeats">How often to run it, one token each.</param>
        public bool TryBuild(int tokens, out StepShape step, out int repeats)
        {
            step = default;
            repeats = 1;
            int prefills = FindWaiting();
            int decodes = 0, farthest = 0;
            foreach (SequenceSlot slot in table.Slots)
            {
                if (slot.Phase == SequencePhase.Decode)
                {
                    decodes++;
                    farthest = Math.Max(farthest, slot.Position);
                }
            }

            if (decodes + prefills == 0)
            {
                steadyCount = 0;
                return false;
            }

            bool gather = prefills > 0 || !IsSteady(decodes);
            repeats = prefills > 0 ? 1 : tokens;
            if (!gather)
            {
                MarkDecoding();
                step = new StepShape(decodes, decodes, Splits(Math.Min(farthest + repeats, model.Shape.Context) - 1), gather: false, sample: true);
                return true;
            }

            int columns = AddDecodes();
            int rows = columns;
            farthest += prefills > 0 ? 0 : repeats - 1;
            AddPrefills(prefills, ref columns, ref rows, ref farthest);
            model.ClearColumns(columns);
            model.SetLogitColumns(logitColumns.AsSpan(0, rows));
            steadyCount = prefills > 0 ? 0 : decodes;
            step = new StepShape(columns, rows, Splits(Math.Min(farthest, model.Shape.Context - 1)), gather: true, sample: rows > 0);
            return true;
        }

        private static int Splits(int position) => (position / ModelShape.SplitKeys) + 1;

        // Sequences with prompt tokens left, oldest first.
        private int FindWaiting()
        {
            int count = 0;
            foreach (SequenceSlot slot in table.Slots)
            {
                if (slot.Phase != SequencePhase.Prefill)
                {
                    continue;
                }

                int at = count++;
                while (at > 0 && waiting[at - 1].Order > slot.Order)
                {
                    waiting[at] = waiting[at - 1];
                    at--;
                }

                waiting[at] = slot;
            }

            return count;
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
                if (table.Slots[steadySlots[i]].Phase != SequencePhase.Decode || table.Slots[steadySlots[i]].Generated == 0)
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
                if (slot.Phase == SequencePhase.Decode)
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

        private void AddPrefills(int prefills, ref int columns, ref int rows, ref int farthest)
        {
            int left = Math.Min(prefillChunk, model.Shape.Columns - columns);
            for (int i = 0; i < prefills && left > 0; i++)
            {
                SequenceSlot slot = waiting[i];
                int count = Math.Min(left, slot.Prompt.Length - slot.Position);
                for (int j = 0; j < count; j++)
                {
                    model.SetColumn(columns++, slot.Index, slot.Position + j, slot.Prompt[slot.Position + j]);
                }

                slot.Position += count;
                slot.InStep = true;
                left -= count;
                farthest = Math.Max(farthest, slot.Position - 1);
                if (slot.Position == slot.Prompt.Length)
                {
                    logitColumns[rows++] = columns - 1;
                    slot.Sampling = true;
                    slot.Phase = SequencePhase.Decode;
                }
            }
        }
    }
}
