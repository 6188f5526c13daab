using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Tokens to logits on a Vulkan device, through the same steps as <see cref="VulkanEngine"/>. It waits for the device: for tools, evaluation and tests.
    /// Use it from one thread.
    /// </summary>
    public sealed class VulkanLanguageModel : ILanguageModel
    {
        private readonly VulkanModel model;
        private readonly float[] gains;
        private readonly Stack<int> freeSlots = new Stack<int>();
        private readonly int[] logitColumns;
        private Submission last;
        private bool disposed;

        private VulkanLanguageModel(VulkanModel model, float[] gains)
        {
            this.model = model;
            this.gains = gains;
            logitColumns = new int[model.Shape.LogitRows];
            int pages = model.Shape.State.PagesPerSlot;
            var table = new int[pages];
            for (int slot = model.Shape.Slots - 1; slot >= 0; slot--)
            {
                for (int i = 0; i < pages; i++)
                {
                    table[i] = (slot * pages) + i;
                }

                model.SetPages(slot, table);
                freeSlots.Push(slot);
            }
        }

        public ModelConfig Config => model.Shape.Config;

        /// <summary>Most tokens of a sequence.</summary>
        public int ContextLength => model.Shape.Context;

        /// <summary>Bytes of device memory.</summary>
        public long AllocatedBytes => model.AllocatedBytes;

        internal VulkanModel Model => model;

        /// <summary>How long one step may take.</summary>
        internal int StepMilliseconds { get; set; } = 120_000;

        /// <summary>Puts a checkpoint on a device.</summary>
        /// <param name="device">Stays the caller's, and must outlive the model.</param>
        /// <param name="checkpoint">Not kept.</param>
        /// <param name="sequences">Sequences that may exist together, each with a whole context of keys and values.</param>
        /// <param name="contextLength">Most tokens of a sequence; 0 for what the model was trained on.</param>
        /// <param name="chunk">Tokens of one step, 1 to 64.</param>
        /// <param name="progress">0 to 1, on this thread.</param>
        /// <param name="cancellation">Looked at between layers.</param>
        /// <exception cref="PrismVulkanException">Memory does not suffice (PG020), or the device fails.</exception>
        /// <exception cref="NotSupportedException">The model has sizes that the kernels do not take.</exception>
        public static VulkanLanguageModel Create(
            VulkanDevice device,
            PrismCheckpoint checkpoint,
            int sequences = 1,
            int contextLength = 0,
            int chunk = StateLayout.MaxColumns,
            IProgress<double>? progress = null,
            CancellationToken cancellation = default)
        {
            EngineLimits.Check(sequences, 1, 32, nameof(sequences));
            EngineLimits.Check(chunk, 1, StateLayout.MaxColumns, nameof(chunk));
            int context = contextLength == 0 ? checkpoint.Config.Context : contextLength;
            EngineLimits.Check(context, 1, checkpoint.Config.Context, nameof(contextLength));
            int columns = StepShape.Bucket(chunk);
            int pages = sequences * ModelShape.PagesFor(context);
            var shape = new ModelShape(checkpoint.Config, checkpoint.KvFloat32, sequences, context, columns, columns, pages, samples: false);
            return new VulkanLanguageModel(VulkanModel.Load(device, checkpoint, shape, progress, cancellation), checkpoint.Gain);
        }

        /// <inheritdoc/>
        /// <exception cref="InvalidOperationException">As many sequences as the model has room for exist already.</exception>
        /// <exception cref="PrismVulkanException">A step that ran into its time limit (PG015) still runs: its memory is not touched.</exception>
        public ILanguageSequence CreateSequence(ReadOnlySpan<float> headDials = default)
        {
            ThrowIfDisposed();
            ThrowIfRunning();
            EngineLimits.CheckDials(headDials, gains.Length);
            if (freeSlots.Count == 0)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"All {model.Shape.Slots} sequences are in use; dispose one, or create the model with more."));
            }

            int slot = freeSlots.Pop();
            model.SetGains(slot, gains, headDials);
            return new Sequence(this, slot);
        }

        public void Dispose()
        {
            if (!disposed)
            {
                disposed = true;
                model.Dispose();
            }
        }

        private void Append(int slot, int position, ReadOnlySpan<int> tokens, Span<float> logits)
        {
            ThrowIfDisposed();
            int vocabulary = Config.Vocabulary;
            bool all = logits.Length == (long)tokens.Length * vocabulary;
            if (tokens.IsEmpty || (!all && logits.Length != vocabulary))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{logits.Length} logits for {tokens.Length} tokens; expected {vocabulary} for the last, or {(long)tokens.Length * vocabulary} for all."), nameof(logits));
            }

            if (position + tokens.Length > ContextLength)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{position} + {tokens.Length} tokens; the context holds {ContextLength}."), nameof(tokens));
            }

            EngineLimits.CheckTokens(tokens, vocabulary);
            for (int first = 0; first < tokens.Length; first += model.Shape.Columns)
            {
                int count = Math.Min(model.Shape.Columns, tokens.Length - first);
                bool last = first + count == tokens.Length;
                Span<float> destination = all ? logits.Slice(first * vocabulary, count * vocabulary) : last ? logits : default;
                Run(slot, position + first, tokens.Slice(first, count), destination);
            }
        }

        // After a time-out the device may still read and write what the next step would overwrite.
        private void ThrowIfRunning()
        {
            if (!last.IsDone)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.Timeout, "An earlier step, which ran into its time limit, still runs.", "Ask again later, or dispose the device and make a new one.");
            }
        }

        private void Run(int slot, int position, ReadOnlySpan<int> tokens, Span<float> logits)
        {
            ThrowIfRunning();
            for (int i = 0; i < tokens.Length; i++)
            {
                model.SetColumn(i, slot, position + i, tokens[i]);
            }

            model.ClearColumns(tokens.Length);
            int rows = logits.Length / Config.Vocabulary;
            for (int i = 0; i < rows; i++)
            {
                logitColumns[i] = tokens.Length - rows + i;
            }

            model.SetLogitColumns(logitColumns.AsSpan(0, rows));
            int splits = ((position + tokens.Length - 1) / ModelShape.SplitKeys) + 1;
            last = model.Submit(new StepShape(tokens.Length, rows, splits, gather: true, sample: false));
            last.WaitOrThrow(StepMilliseconds);
            for (int i = 0; i < rows; i++)
            {
                int from = model.Shape.LogitsStart + (i * model.Shape.LogitRowStride);
                model.Buffers.Stream.Download(logits.Slice(i * Config.Vocabulary, Config.Vocabulary), from);
            }
        }

        private void ThrowIfDisposed()
        {
            if (disposed)
            {
                throw new ObjectDisposedException(nameof(VulkanLanguageModel));
            }
        }

        private sealed class Sequence : ILanguageSequence
        {
            private readonly VulkanLanguageModel owner;
            private int slot;

            public Sequence(VulkanLanguageModel owner, int slot)
            {
                this.owner = owner;
                this.slot = slot;
            }

            public int Position { get; private set; }

            public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
            {
                ThrowIfDisposed();
                owner.Append(slot, Position, tokens, logits);
                Position += tokens.Length;
            }

            public void Truncate(int length)
            {
                ThrowIfDisposed();
                EngineLimits.Check(length, 0, Position, nameof(length));
                Position = length;
            }

            public void Dispose()
            {
                if (slot >= 0)
                {
                    owner.freeSlots.Push(slot);
                    slot = -1;
                }
            }

            private void ThrowIfDisposed()
            {
                if (slot < 0)
                {
                    throw new ObjectDisposedException(nameof(ILanguageSequence));
                }
            }
        }
    }
}
