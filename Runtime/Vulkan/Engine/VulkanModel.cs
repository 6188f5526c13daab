using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>A model on a device: weights, buffers, and the recordings of its steps. It knows nothing of prompts and replies.</summary>
    internal sealed class VulkanModel : IDisposable
    {
        /// <summary>How long the first run of a pipeline may take: software Vulkan compiles then.</summary>
        private const int WarmUpMilliseconds = 120_000;

        private const int WaitSliceMilliseconds = 20;

        private const double UploadShare = 0.5;

        private readonly Weights weights;
        private readonly KernelSet kernels;
        private readonly ModelBindings bindings;
        private readonly MemoryArenas arenas;
        private readonly StepRecorder recorder;
        private readonly SharedCommandPool commandPool;
        private readonly Dictionary<StepShape, StepProgram> programs = new Dictionary<StepShape, StepProgram>();

        private VulkanModel(VulkanDevice device, ModelShape shape, Weights weights, MemoryArenas arenas, ModelBuffers buffers)
        {
            commandPool = device.CreateCommandPool("model");
            Costs = new StepCosts(Budget = new FrameBudget(device.HasTimestamps));
            Device = device;
            Shape = shape;
            Buffers = buffers;
            Plans = new StepPlans(device, commandPool, buffers);
            this.weights = weights;
            this.arenas = arenas;
            kernels = new KernelSet(device, device.Kernels, shape);
            bindings = new ModelBindings(device, weights, buffers);
            recorder = new StepRecorder(shape, weights.Layout, kernels, bindings);
        }

        public VulkanDevice Device { get; }

        public ModelShape Shape { get; }

        public ModelBuffers Buffers { get; }

        /// <summary>Where steps are described.</summary>
        public StepPlans Plans { get; }

        public Span<uint> State => Buffers.State.Mapped;

        /// <summary>Bytes of device memory.</summary>
        public long AllocatedBytes => arenas.AllocatedBytes;

        /// <summary>Bindings that the weights are cut into.</summary>
        public int SegmentCount => weights.Segments.Count;

        /// <summary>Decides how much of a step fits a frame.</summary>
        public FrameBudget Budget { get; }

        public StepCosts Costs { get; }

        public SharedCommandPool CommandPool => commandPool;

        /// <summary>Kinds of steps recorded so far; steps reuse them.</summary>
        public int RecordingCount => programs.Count;

        /// <summary>
        /// Lays out, checks the memory that is needed against what there is, allocates, and uploads. Nothing is left behind when it throws.
        /// </summary>
        public static VulkanModel Load(
            VulkanDevice device, PrismCheckpoint checkpoint, ModelShape shape, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            var weights = new Weights(new WeightLayout(checkpoint, shape.Context, Math.Min(device.MaxBindingBytes, 1L << 30)));
            var buffers = new ModelBuffers(shape);
            var plan = new MemoryPlan();
            weights.Plan(plan);
            buffers.Plan(plan);
            MemoryArenas arenas = MemoryArenas.Create(device, plan, "model");
            try
            {
                weights.Allocate(arenas);
                buffers.Allocate(arenas);
                weights.Upload(checkpoint, shape.Context, progress == null ? null : new PartOfProgress(progress, 0, UploadShare), cancellation);
                return new VulkanModel(device, shape, weights, arenas, buffers);
            }
            catch
            {
                buffers.Dispose();
                weights.Dispose();
                arenas.Dispose();
                throw;
            }
        }

        /// <summary>A step's recordings, made when first asked for.</summary>
        public StepProgram Program(in StepShape step)
        {
            if (!programs.TryGetValue(step, out StepProgram? program))
            {
                program = new StepProgram(this, step, Budget.AddKinds(StepCosts.KindsPerProgram));
                programs.Add(step, program);
                Costs.Add(program);
            }

            return program;
        }

        /// <summary>Records a step, or a part of it.</summary>
        public RecordedCommands Record(in StepShape step, DispatchWindow? window)
        {
            using CommandRecorder commandRecorder = Device.Record(step.ToString(), commandPool);
            commandRecorder.Window = window;
            recorder.Record(commandRecorder, step);
            return commandRecorder.End();
        }

        public Submission Submit(in StepShape step) => Device.Submit(Program(step).Whole);

        /// <summary>For benchmarks: a recording of a step that writes a timestamp before the first dispatch and after each.</summary>
        public RecordedCommands RecordProfiled(in StepShape step, TimestampPool timestamps)
        {
            using CommandRecorder commandRecorder = Device.Record("profiled " + step.ToString());
            commandRecorder.ResetTimestamps(timestamps, 0, timestamps.Capacity);
            commandRecorder.WriteTimestamp(timestamps, 0);
            commandRecorder.Profile = timestamps;
            recorder.Record(commandRecorder, step);
            return commandRecorder.End();
        }

        /// <summary>Runs steps with every column idle, so that drivers which compile at the first dispatch do it now.</summary>
        public void WarmUp(IReadOnlyList<StepShape> steps, IProgress<double>? progress, CancellationToken cancellation)
        {
            State.Slice(0, StateLayout.Slots).Clear();
            for (int i = 0; i < steps.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                Submission submission = Submit(steps[i]);
                for (int waited = 0; waited < WarmUpMilliseconds && !submission.Wait(WaitSliceMilliseconds); waited += WaitSliceMilliseconds)
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                submission.WaitOrThrow(0);
                progress?.Report(UploadShare + ((1 - UploadShare) * (i + 1) / steps.Count));
            }

            Device.SavePipelineCache();
        }

        /// <summary>Describes a column of the step that is put together.</summary>
        public void SetColumn(int column, int slot, int position, int token)
        {
            Span<uint> words = Plans.Place.Slice(column * StateLayout.ColumnWords, StateLayout.ColumnWords);
            words[0] = (uint)slot;
            words[1] = (uint)position;
            words[2] = (uint)token;
            words[3] = StateLayout.ColumnActive;
        }

        /// <summary>Makes the columns from <paramref name="first"/> on idle.</summary>
        public void ClearColumns(int first)
            => Plans.Place.Slice(first * StateLayout.ColumnWords, (StateLayout.MaxColumns - first) * StateLayout.ColumnWords).Clear();

        /// <summary>Names the columns whose logits are wanted, in the order of their rows.</summary>
        public void SetLogitColumns(ReadOnlySpan<int> columns)
        {
            Span<uint> rows = Plans.Place.Slice(StateLayout.LogitColumns, StateLayout.MaxColumns);
            rows.Fill(StateLayout.NoColumn);
            for (int i = 0; i < columns.Length; i++)
            {
                rows[i] = (uint)columns[i];
            }
        }

        /// <summary>Writes a slot's page table, or a part of it.</summary>
        public void SetPages(int slot, ReadOnlySpan<int> pages, int first = 0)
            => MemoryMarshal.Cast<int, uint>(pages).CopyTo(State.Slice(Shape.State.SlotStart(slot) + StateLayout.SlotPages + first, Shape.State.PagesPerSlot - first));

        /// <summary>Writes a slot's head gains: the checkpoint's times the sequence's dials.</summary>
        public void SetGains(int slot, ReadOnlySpan<float> gains, ReadOnlySpan<float> dials)
        {
            Span<uint> words = State.Slice(Shape.State.SlotStart(slot) + Shape.State.Gains, Shape.State.GainCount);
            for (int i = 0; i < words.Length; i++)
            {
                float gain = dials.IsEmpty ? gains[i] : gains[i] * dials[i];
                words[i] = (uint)BitConverter.SingleToInt32Bits(gain);
            }
        }

        public void Dispose()
        {
            foreach (StepProgram program in programs.Values)
            {
                program.Dispose();
            }

            Plans.Dispose();
            commandPool.Dispose();
            bindings.Dispose();
            kernels.Dispose();
            Buffers.Dispose();
            weights.Dispose();
            arenas.Dispose();
        }
    }
}
