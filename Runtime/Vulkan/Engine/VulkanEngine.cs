using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Up to 32 replies on a Vulkan device, together in every step: the weights are read once for all of them. Tokens are chosen on the device; the CPU reads
    /// them from a ring. A sequence's tokens are the same bits alone and beside any others.
    /// </summary>
    public sealed partial class VulkanEngine : ITokenEngine, IEngineStatistics, IPrefixEngine
    {
        private readonly VulkanModel model;
        private readonly SequenceTable table;
        private readonly StepBuilder builder;
        private readonly VulkanEngineOptions options;
        private readonly KeptPrefixes kept;
        private readonly string modelHash;
        private readonly Queue<TokenEvent> events = new Queue<TokenEvent>(1024);
        private readonly StepSubmitter submitter;
        private StepProgram? lastProgram;
        private bool disposed;

        private VulkanEngine(VulkanModel model, VulkanEngineOptions options, PrismCheckpoint checkpoint)
        {
            this.model = model;
            this.options = options;
            table = new SequenceTable(model, checkpoint.Gain, options.SharePrefixes);
            kept = new KeptPrefixes(model, table.Pages);
            modelHash = checkpoint.Sha256;
            builder = new StepBuilder(model, table, options.PrefillChunk);
            submitter = new StepSubmitter(model);
        }

        public ModelConfig Config => model.Shape.Config;

        public int SlotCount => model.Shape.Slots;

        public int ContextLength => model.Shape.Context;

        /// <summary>Bytes of device memory; constant.</summary>
        public long AllocatedBytes => model.AllocatedBytes;

        /// <summary>Tokens of the key/value pool that nobody uses; pages that are only kept for a beginning they hold are among them.</summary>
        public int FreePoolTokens => table.Pages.Free * StateLayout.PageTokens;

        /// <summary>Why every sequence ended with <see cref="SequenceEnd.Failed"/>, or null.</summary>
        public PrismVulkanException? Failure { get; private set; }

        /// <inheritdoc/>
        public string? FailureReason => Failure?.Message;

        /// <summary>Submissions so far.</summary>
        public long SubmitCount => submitter.SubmitCount;

        /// <inheritdoc/>
        public EngineStatistics Statistics { get; private set; }

        /// <summary>Dispatches of the last step; 0 before the first.</summary>
        public int LastStepDispatches => LastCommands?.DispatchCount ?? 0;

        /// <summary>The last step's dispatches, and barriers between them.</summary>
        internal RecordedCommands? LastCommands => lastProgram?.Whole;

        internal VulkanModel Model => model;

        internal StepSubmitter Submitter => submitter;

        internal SequenceTable Table => table;

        /// <summary>Puts a checkpoint on a device and compiles what it needs. Takes a while: not for a game's thread.</summary>
        /// <param name="device">Stays the caller's, and must outlive the engine.</param>
        /// <param name="checkpoint">Not kept.</param>
        /// <param name="options">Sizes; null for the defaults.</param>
        /// <param name="progress">0 to 1, on this thread.</param>
        /// <param name="cancellation">Looked at between layers and pipelines.</param>
        /// <exception cref="PrismVulkanException">Memory does not suffice (PG020), or the device fails; nothing is left behind.</exception>
        /// <exception cref="NotSupportedException">The model has sizes that the kernels do not take.</exception>
        public static VulkanEngine Create(
            VulkanDevice device,
            PrismCheckpoint checkpoint,
            VulkanEngineOptions? options = null,
            IProgress<double>? progress = null,
            CancellationToken cancellation = default)
        {
            options ??= new VulkanEngineOptions();
            ModelConfig config = checkpoint.Config;
            options.Check(config.Context);
            if (config.Vocabulary > Sampler.MaxVocabulary)
            {
                throw new NotSupportedException(FormattableString.Invariant($"A vocabulary of {config.Vocabulary}; the sampler takes {Sampler.MaxVocabulary}."));
            }

            int context = options.ContextLength == 0 ? config.Context : options.ContextLength;
            int columns = StepShape.Bucket(Math.Min(StateLayout.MaxColumns, Math.Max(options.PrefillChunk, options.Slots)));
            int pages = PoolPages(device, checkpoint, options, context);
            var shape = new ModelShape(config, checkpoint.KvFloat32, options.Slots, context, columns, StepShape.Bucket(options.Slots), pages, samples: true, options.ConstraintWordsFor(config.Vocabulary));
            VulkanModel model = VulkanModel.Load(device, checkpoint, shape, progress, cancellation);
            try
            {
                model.WarmUp(WarmUpSteps(shape), progress, cancellation);
                var engine = new VulkanEngine(model, options, checkpoint);
                if (options.MeasureSlices)
                {
                    var calibration = new SliceCalibration(model, engine.submitter);
                    calibration.Run(cancellation);
                    calibration.Record(cancellation);
                }

                return engine;
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }

        /// <inheritdoc/>
        public bool TryAdmit(SequenceRequest request, out SequenceHandle sequence)
        {
            ThrowIfDisposed();
            CheckRequest(request);
            FailWhenDeviceIsDisposed();
            if (!table.TryAdmit(request, describe: Failure == null, out sequence))
            {
                return false;
            }

            if (Failure != null)
            {
                EndAsFailed(table.Find(sequence)!);
            }

            return true;
        }

        /// <inheritdoc/>
        /// <remarks>With a finite budget a step is cut into slices, which go to the device over as many calls as it takes, in at most one submission
        /// a call. Whatever the cuts, the tokens are the same.</remarks>
        public bool Advance(double budgetMilliseconds)
        {
            ThrowIfDisposed();
            FailWhenDeviceIsDisposed();
            Statistics = Figures(0, 0);
            if (Failure != null)
            {
                return false;
            }

            try
            {
                if (budgetMilliseconds > 0)
                {
                    Work(budgetMilliseconds);
                }

                return submitter.IsBusy || HasWork();
            }
            catch (PrismVulkanException failure)
            {
                Fail(failure);
                return false;
            }
            catch (ObjectDisposedException) when (model.Device.IsDisposed)
            {
                FailWhenDeviceIsDisposed();
                return false;
            }
        }

        /// <inheritdoc/>
        public int Drain(Span<TokenEvent> destination)
        {
            ThrowIfDisposed();
            int count = 0;
            while (count < destination.Length && events.Count > 0)
            {
                TokenEvent next = events.Dequeue();
                if (table.Find(next.Sequence) != null)
                {
                    destination[count++] = next;
                }
            }

            return count;
        }

        /// <inheritdoc/>
        public bool Wait(int milliseconds)
        {
            ThrowIfDisposed();
            FailWhenDeviceIsDisposed();
            try
            {
                return submitter.Wait(milliseconds);
            }
            catch (PrismVulkanException failure)
            {
                Fail(failure);
                return true;
            }
            catch (ObjectDisposedException) when (model.Device.IsDisposed)
            {
                FailWhenDeviceIsDisposed();
                return true;
            }
        }

        /// <inheritdoc/>
        public void Release(SequenceHandle sequence)
        {
            ThrowIfDisposed();
            SequenceSlot? slot = table.Find(sequence);
            if (slot == null)
            {
                throw new ArgumentException("This sequence is not in flight; it was released before, or belongs to another engine.", nameof(sequence));
            }

            table.Release(slot, keepPrefix: Failure == null);
        }

        public void Dispose()
        {
            if (!disposed)
            {
                disposed = true;
                submitter.Dispose();
                model.Dispose();
            }
        }

        private static int PoolPages(VulkanDevice device, PrismCheckpoint checkpoint, VulkanEngineOptions options, int context)
        {
            long pageBytes = 4L * ModelShape.PageWordsOf(checkpoint.Config, checkpoint.KvFloat32);
            long most = device.MaxBindingBytes / pageBytes;
            long wanted = options.PoolTokens == 0 ? options.Slots * (long)ModelShape.PagesFor(context) : ModelShape.PagesFor(options.PoolTokens);
            if (most < 1 || (options.PoolTokens != 0 && wanted > most))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.LimitExceeded,
                    FormattableString.Invariant($"A pool of {wanted * pageBytes:N0} bytes of keys and values; one binding of this device holds {device.MaxBindingBytes:N0}."),
                    "Use a smaller pool.");
            }

            return (int)Math.Min(wanted, most);
        }

        // One narrow and one wide step run every pipeline variant.
        private static IReadOnlyList<StepShape> WarmUpSteps(ModelShape shape)
        {
            var steps = new List<StepShape> { new StepShape(1, 1, 1, gather: true, sample: true) };
            if (shape.Columns >= Kernels.Kernel.TileRows)
            {
                steps.Add(new StepShape(shape.Columns, shape.LogitRows, 1, gather: true, sample: true));
            }

            return steps;
        }

        private void CheckRequest(SequenceRequest request)
        {
            RequestRules.Check(request, Config, ContextLength);
            EngineLimits.CheckDials(request.HeadDials, Config.Layers * Config.Heads);
            table.Constraints.Check(request.Constraint);
            int pages = ModelShape.PagesFor((int)Math.Min(ContextLength, (long)request.Prompt.Length + request.MaxTokens));
            if (pages > table.Pages.Count)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Prompt and reply may need {pages * StateLayout.PageTokens} tokens of keys and values; the pool has {table.Pages.Count * StateLayout.PageTokens}."), nameof(request));
            }
        }

        private EngineStatistics Figures(double deviceMilliseconds, double submitMilliseconds)
            => new EngineStatistics(deviceMilliseconds, submitMilliseconds, SubmitCount, builder.PromptTokens, table.Sharing.ReusedTokens);

        private bool HasWork()
        {
            foreach (SequenceSlot slot in table.Slots)
            {
                if (slot.Phase == SequencePhase.Prefill || slot.Phase == SequencePhase.Decode)
                {
                    return true;
                }
            }

            return false;
        }

        // Another thread may dispose the device at any moment: that ends the replies, and no exception reaches the game's thread.
        private void FailWhenDeviceIsDisposed()
        {
            if (Failure == null && model.Device.IsDisposed)
            {
                Fail(new PrismVulkanException(
                    VulkanErrorCode.DeviceDisposed, "The device was disposed while an engine used it.", "Dispose engines before their device, or make new ones of both."));
            }
        }

        private void Fail(PrismVulkanException failure)
        {
            Failure = failure;
            submitter.Abandon();
            foreach (SequenceSlot slot in table.Slots)
            {
                slot.InStep = false;
                if (slot.Phase == SequencePhase.Prefill || slot.Phase == SequencePhase.Decode)
                {
                    EndAsFailed(slot);
                }
                else if (slot.Phase == SequencePhase.Leaving)
                {
                    table.Reclaim(slot, keepPrefix: false);
                }
            }
        }

        private void EndAsFailed(SequenceSlot slot)
        {
            slot.Phase = SequencePhase.Ended;
            events.Enqueue(new TokenEvent(slot.Handle, 0, slot.Generated, SequenceEnd.Failed));
        }

        private void ThrowIfDisposed()
        {
            if (disposed)
            {
                throw new ObjectDisposedException(nameof(VulkanEngine));
            }
        }
    }
}
