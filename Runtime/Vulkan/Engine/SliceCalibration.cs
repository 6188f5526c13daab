using System;
using System.Diagnostics;
using System.Threading;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Runs parts of a narrow and of a wide step while loading, a layer and each kind of dispatch, so that the first frame already knows what slices cost. It may wait
    /// for the device; on one without timestamps it is the only measurement there is. Nothing has been admitted yet, so slot 0 and page 0 serve as scratch.
    /// </summary>
    internal sealed class SliceCalibration
    {
        private const int StepMilliseconds = 120_000;
        private const int Repeats = 2;

        private readonly VulkanModel model;
        private readonly StepSubmitter submitter;
        private readonly StepSlice[] slices = new StepSlice[FrameBudget.MaxSlices];
        private readonly double[] costs = new double[FrameBudget.MaxSlices];
        private readonly RecordedCommands[] commands = new RecordedCommands[(2 * FrameBudget.MaxSlices) + 1];
        private StepProgram program = null!;

        public SliceCalibration(VulkanModel model, StepSubmitter submitter)
        {
            this.model = model;
            this.submitter = submitter;
        }

        public void Run(CancellationToken cancellation)
        {
            model.SetPages(0, new int[model.Shape.State.PagesPerSlot]);
            foreach (int columns in new[] { 1, model.Shape.Columns })
            {
                program = model.Program(new StepShape(columns, 1, 1, gather: true, sample: true));
                for (int i = 0; i < Repeats; i++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    Measure(columns);
                }
            }

            model.State.Clear();
            new TokenRing(model.Buffers.Ring.Mapped).Clear(0);
        }

        /// <summary>Records every kind of step that frames will ask for.</summary>
        public void Record(CancellationToken cancellation)
        {
            ModelShape shape = model.Shape;
            model.Plans.Record();
            for (int splits = 1; splits < 2 * shape.MaxSplits; splits *= 2)
            {
                for (int columns = 1; columns <= shape.Columns; columns *= 2)
                {
                    cancellation.ThrowIfCancellationRequested();
                    model.Program(new StepShape(columns, 0, splits, gather: true, sample: false)).RecordLayers();
                    for (int rows = 1; rows <= Math.Min(columns, shape.LogitRows); rows *= 2)
                    {
                        model.Program(new StepShape(columns, rows, splits, gather: true, sample: true)).RecordLayers();
                    }

                    if (columns <= shape.LogitRows)
                    {
                        model.Program(new StepShape(columns, columns, splits, gather: false, sample: true)).RecordLayers();
                    }
                }
            }
        }

        private void Measure(int columns)
        {
            for (int i = 0; i < columns; i++)
            {
                model.SetColumn(i, 0, i % model.Shape.Context, 0);
            }

            model.ClearColumns(columns);
            model.SetLogitColumns(new[] { columns - 1 });
            int count = Cut();
            if (submitter.Timer != null)
            {
                RunTimed(submitter.Timer, count);
            }
            else
            {
                RunOneByOne(count);
            }

            for (int i = 0; i < count; i++)
            {
                model.Budget.Learn(slices[i].Kind, costs[i]);
            }
        }

        // One layer stands for all: as a whole, and each of its dispatches.
        private int Cut()
        {
            int count = 0;
            int firstLayer = -1;
            for (int i = 0; i < program.Count;)
            {
                int layer = program.LayerLength(i);
                if (layer == 0)
                {
                    Add(ref count, i, 1, model.Costs.DispatchKind(program, i, 0));
                }
                else if (firstLayer < 0)
                {
                    firstLayer = i;
                    Add(ref count, i, layer, model.Costs.LayerKind(program));
                    for (int j = i; j < i + layer; j++)
                    {
                        Add(ref count, j, 1, model.Costs.DispatchKind(program, j, 0));
                    }
                }

                i += Math.Max(layer, 1);
            }

            return count;
        }

        private void Add(ref int count, int first, int length, int kind)
        {
            if (count < slices.Length)
            {
                slices[count++] = new StepSlice(first, length, 0, 1, kind, double.NaN);
            }
        }

        private void RunTimed(SliceTimer timer, int count)
        {
            timer.Begin();
            commands[0] = timer.Mark(0);
            for (int i = 0; i < count; i++)
            {
                commands[(2 * i) + 1] = Piece(i);
                commands[(2 * i) + 2] = timer.Mark(i + 1);
            }

            model.Device.Submit(commands.AsSpan(0, (2 * count) + 1)).WaitOrThrow(StepMilliseconds);
            if (!timer.TryRead(timer.Bank, costs.AsSpan(0, count)))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.CallFailed, "The device has no timestamps of commands that have ended.", "Update the graphics driver.", "vkGetQueryPoolResults");
            }
        }

        private void RunOneByOne(int count)
        {
            for (int i = 0; i < count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                model.Device.Submit(Piece(i)).WaitOrThrow(StepMilliseconds);
                costs[i] = (Stopwatch.GetTimestamp() - start) * 1000.0 / Stopwatch.Frequency;
            }
        }

        private RecordedCommands Piece(int i) => program.Piece(slices[i].First, slices[i].Count, 0, 1);
    }
}
