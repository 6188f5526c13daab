using System;
using System.Diagnostics;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <content>One call of Advance: see what ended, describe the next step, submit what fits.</content>
    public sealed partial class VulkanEngine
    {
        private const int LeastColumns = 4;
        private const int MostTicksPerStep = 8;

        // More would run on for long after a reply has ended.
        private const int MostStepsPerRun = 16;
        private const int MostTicksPerRun = 4;
        private const double LeastGain = 0.02;

        private void Work(double budgetMilliseconds)
        {
            bool finite = !double.IsPositiveInfinity(budgetMilliseconds);
            long start = Stopwatch.GetTimestamp();
            long submits = SubmitCount;
            if (finite)
            {
                model.Budget.Begin(budgetMilliseconds);
            }

            if (submitter.Poll(out bool runEnded))
            {
                TakeTokens();
            }
            else if (submitter.HasSubmissions)
            {
                CheckDeadline();
            }

            // When everybody in it has ended or was released, the rest of a run would be for nobody.
            bool unwanted = !submitter.HasSubmissions && submitter.Run.HasMore && !IsWanted();
            if (runEnded || unwanted)
            {
                submitter.Run.Stop();
                EndRun(completed: runEnded);
            }

            if (finite)
            {
                FillFrame(budgetMilliseconds);
            }
            else if (!submitter.HasSubmissions && (submitter.Run.HasMore || TryStart(options.TokensPerSubmit, model.Shape.Columns)))
            {
                submitter.SubmitRest();
            }

            double cpu = SubmitCount == submits ? 0 : (Stopwatch.GetTimestamp() - start) * 1000.0 / Stopwatch.Frequency;
            Statistics = Figures(finite ? model.Budget.EndedCost : 0, cpu);
        }

        private void FillFrame(double budgetMilliseconds)
        {
            while (submitter.MayTake)
            {
                if ((!submitter.Run.HasMore && !TryGoOn(budgetMilliseconds)) || !submitter.TryTake(model.Budget.SliceLimit))
                {
                    break;
                }
            }

            submitter.Submit();
        }

        // The next run is described by the host, and needs this one's tokens; prompts do not.
        private bool TryGoOn(double budgetMilliseconds)
            => model.Budget.Taken > 0 ? TryReadOn() : !submitter.HasSubmissions && TryStart(StepsWithin(budgetMilliseconds), ColumnsWithin(budgetMilliseconds));

        private bool TryReadOn()
        {
            int columns = model.Shape.Columns;
            while (columns >= LeastColumns && !(model.Costs.OfColumns(columns) <= model.Budget.Balance))
            {
                columns /= 2;
            }

            if (columns < LeastColumns || !builder.TryReadOn(columns, out StepShape step))
            {
                return false;
            }

            submitter.Run.GoOn(model.Program(step), model.Plans.Copy);
            return true;
        }

        private bool TryStart(int tokens, int columns)
        {
            if (!builder.TryBuild(tokens, columns, out StepShape step, out int repeats))
            {
                return false;
            }

            StepProgram first = model.Program(step);
            StepProgram? steady = repeats > 1 ? model.Program(new StepShape(step.Columns, step.LogitRows, step.Splits, gather: false, sample: true)) : null;
            lastProgram = first;
            submitter.Run.Start(first, steady, repeats);
            return true;
        }

        /// <summary>
        /// Steps of a run, if it is a steady one: as many as fill whole ticks best, so that little is lost behind its end. Their tokens are read as they come; a
        /// new prompt waits for the end, so that is not far.
        /// </summary>
        private int StepsWithin(double budgetMilliseconds)
        {
            double cost = lastProgram == null ? double.NaN : model.Costs.OfStep(lastProgram);
            double tick = FrameBudget.Share * budgetMilliseconds;
            int best = 1;
            double bestUse = 0;
            for (int steps = 1; steps <= MostStepsPerRun; steps++)
            {
                double ticks = steps * cost / tick;
                double use = ticks / Math.Ceiling(ticks);
                if (double.IsNaN(use) || (steps > 1 && ticks > MostTicksPerRun))
                {
                    break;
                }

                if (ticks <= 1 || use > bestUse + LeastGain)
                {
                    best = steps;
                    bestUse = use;
                }
            }

            return best;
        }

        /// <summary>Columns of a step that ends within a few ticks: a wider one would hold everybody's next token back.</summary>
        private int ColumnsWithin(double budgetMilliseconds)
        {
            int columns = model.Shape.Columns;
            while (columns > LeastColumns && model.Costs.OfColumns(columns) > MostTicksPerStep * budgetMilliseconds)
            {
                columns /= 2;
            }

            return columns;
        }

        private bool IsWanted()
        {
            foreach (SequenceSlot slot in table.Slots)
            {
                if (slot.InStep && (slot.Phase == SequencePhase.Prefill || slot.Phase == SequencePhase.Decode))
                {
                    return true;
                }
            }

            return false;
        }

        private void CheckDeadline()
        {
            long milliseconds = submitter.OldestMilliseconds;
            if (milliseconds > options.StepTimeoutMilliseconds)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.Timeout,
                    FormattableString.Invariant($"A step has run for {milliseconds} ms; the limit is {options.StepTimeoutMilliseconds} ms."),
                    "The device hangs or is overloaded: make a new engine, or raise StepTimeoutMilliseconds.");
            }
        }

        private void TakeTokens()
        {
            var ring = new TokenRing(model.Buffers.Ring.Mapped);
            foreach (SequenceSlot slot in table.Slots)
            {
                if (slot.InStep && slot.Sampling && slot.Phase != SequencePhase.Leaving)
                {
                    TakeTokens(ring, slot);
                }
            }
        }

        private void EndRun(bool completed)
        {
            table.Sharing.EndStep(completed);
            foreach (SequenceSlot slot in table.Slots)
            {
                if (slot.InStep)
                {
                    slot.InStep = false;
                    slot.Sampling = false;
                    slot.Computed = completed ? slot.Position : slot.Computed;
                    if (slot.Phase == SequencePhase.Leaving)
                    {
                        table.Reclaim(slot, keepPrefix: true);
                    }
                }
            }
        }

        private void TakeTokens(TokenRing ring, SequenceSlot slot)
        {
            while (slot.Phase == SequencePhase.Decode && ring.TryTake(slot.Index, slot.Generated, out int token, out SequenceEnd end))
            {
                events.Enqueue(new TokenEvent(slot.Handle, end == SequenceEnd.Failed ? 0 : token, slot.Generated, end));

                // The first token follows the prompt, whose last position is behind already.
                slot.Position += slot.Generated == 0 ? 0 : 1;
                slot.Computed = slot.Position;
                slot.Tokens[slot.Position] = token;
                slot.LastToken = token;
                slot.Generated++;
                slot.Phase = end == SequenceEnd.None ? SequencePhase.Decode : SequencePhase.Ended;
            }
        }
    }
}
