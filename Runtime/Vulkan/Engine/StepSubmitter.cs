using System;
using System.Diagnostics;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>Puts slices of the running step together into at most one submission a tick, and sees them end. Never waits for the device, except in Wait.</summary>
    internal sealed class StepSubmitter : IDisposable
    {
        private const int MaxSubmissions = 2;

        private readonly VulkanModel model;
        private readonly FrameBudget budget;
        private readonly SliceTimer? timer;
        private readonly Entry[] entries = new Entry[MaxSubmissions];
        private readonly double[] costs = new double[FrameBudget.MaxSlices];
        private readonly Stopwatch sinceOldest = new Stopwatch();
        private RecordedCommands[] commands = new RecordedCommands[(2 * FrameBudget.MaxSlices) + 1 + StepPlans.Count];
        private int commandCount;
        private int oldest;
        private int inFlight;

        public StepSubmitter(VulkanModel model)
        {
            this.model = model;
            budget = model.Budget;
            timer = SliceTimer.Create(model.Device, model.CommandPool, FrameBudget.MaxSlices);
            Run = new StepRun(model.Costs);
        }

        public StepRun Run { get; }

        public SliceTimer? Timer => timer;

        public bool HasSubmissions => inFlight > 0;

        /// <summary>The step has not ended.</summary>
        public bool IsBusy => inFlight > 0 || Run.HasMore;

        public long SubmitCount { get; private set; }

        /// <summary>Slices so far; a whole step counts as one.</summary>
        public long SliceCount { get; private set; }

        /// <summary>Time that the oldest submission has been running, in milliseconds.</summary>
        public long OldestMilliseconds => inFlight == 0 ? 0 : sinceOldest.ElapsedMilliseconds;

        /// <summary>Another slice may be taken into this tick's submission.</summary>
        public bool MayTake => budget.Taken > 0 || (budget.MaySubmit && inFlight < MaxSubmissions);

        /// <summary>Looks, once, whether submissions have ended.</summary>
        /// <param name="runEnded">They ended the run.</param>
        public bool Poll(out bool runEnded)
        {
            bool any = false;
            runEnded = false;
            while (inFlight > 0 && entries[oldest].Submission.IsDone)
            {
                Entry entry = entries[oldest];
                oldest = (oldest + 1) % MaxSubmissions;
                inFlight--;
                sinceOldest.Restart();
                Settle(entry);
                any = true;
                runEnded = entry.EndsRun;
            }

            return any;
        }

        /// <summary>Takes the run's next slice, if it fits the frame.</summary>
        public bool TryTake(double sliceLimit)
        {
            StepSlice slice = Run.Next(sliceLimit);
            if (!budget.TryTake(slice.Kind, slice.Estimate))
            {
                return false;
            }

            if (timer != null && budget.Taken == 1)
            {
                timer.Begin();
                Add(timer.Mark(0));
            }

            AddSlice(slice);
            if (timer != null)
            {
                Add(timer.Mark(budget.Taken));
            }

            Run.Advance(slice);
            return true;
        }

        /// <summary>Submits what was taken in this tick.</summary>
        public void Submit()
        {
            if (budget.Taken > 0)
            {
                int slices = budget.Taken;
                Send(new Entry(default, slices, timer?.Bank ?? 0, budgeted: true, endsRun: !Run.HasMore));
                budget.Submit();
                SliceCount += slices;
            }
        }

        /// <summary>Submits all that is left of the run.</summary>
        public void SubmitRest()
        {
            while (Run.HasMore)
            {
                StepSlice slice = Run.Next(double.PositiveInfinity);
                AddSlice(slice);
                Run.Advance(slice);
                SliceCount++;
            }

            Send(new Entry(default, 0, 0, budgeted: false, endsRun: true));
        }

        public bool Wait(int milliseconds) => inFlight == 0 || entries[oldest].Submission.Wait(milliseconds);

        /// <summary>Nothing that was submitted will be heard of again.</summary>
        public void Abandon()
        {
            inFlight = 0;
            commandCount = 0;
            Run.Stop();
            budget.Reset();
        }

        public void Dispose() => timer?.Dispose();

        private void Send(in Entry entry)
        {
            Submission submission;
            try
            {
                submission = model.Device.Submit(commands.AsSpan(0, commandCount));
            }
            finally
            {
                commandCount = 0;
            }

            if (inFlight == 0)
            {
                sinceOldest.Restart();
            }

            entries[(oldest + inFlight) % MaxSubmissions] = entry.With(submission);
            inFlight++;
            SubmitCount++;
        }

        private void AddSlice(in StepSlice slice)
        {
            RecordedCommands? before = Run.TakeBefore();
            if (before != null)
            {
                Add(before);
            }

            Add(Run.Commands(slice));
        }

        private void Add(RecordedCommands next)
        {
            if (commandCount == commands.Length)
            {
                Array.Resize(ref commands, 2 * commands.Length);
            }

            commands[commandCount++] = next;
        }

        private void Settle(in Entry entry)
        {
            if (!entry.Budgeted)
            {
                return;
            }

            Span<double> milliseconds = costs.AsSpan(0, entry.Slices);
            if (timer != null && timer.TryRead(entry.Bank, milliseconds))
            {
                budget.Complete(milliseconds);
            }
            else
            {
                budget.Complete();
            }
        }

        private readonly struct Entry
        {
            public Entry(Submission submission, int slices, int bank, bool budgeted, bool endsRun)
            {
                Submission = submission;
                Slices = slices;
                Bank = bank;
                Budgeted = budgeted;
                EndsRun = endsRun;
            }

            public Submission Submission { get; }

            public int Slices { get; }

            public int Bank { get; }

            public bool Budgeted { get; }

            public bool EndsRun { get; }

            public Entry With(Submission submission) => new Entry(submission, Slices, Bank, Budgeted, EndsRun);
        }
    }
}
