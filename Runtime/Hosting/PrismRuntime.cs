using System;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue;

namespace PrismLM.Hosting
{
    /// <summary>
    /// One loaded model that writes for many NPCs: the first type a game meets. Load it off the game's thread, then call <see cref="Tick"/> once a frame.
    /// </summary>
    /// <remarks>After loading, all members are for one thread.</remarks>
    public sealed class PrismRuntime : IDisposable
    {
        private readonly Backend _backend;
        private readonly DialogueFormat? _format;
        private uint _npcs;

        private PrismRuntime(PrismCheckpoint checkpoint, ITextTokenizer tokenizer, Backend backend)
        {
            Checkpoint = checkpoint;
            Tokenizer = tokenizer;
            _backend = backend;
            _format = checkpoint.Config.DialogueFormat > 0 && tokenizer is BpeTokenizer bpe ? new DialogueFormat(bpe, checkpoint.Config.Special) : null;
            Scheduler = new Scheduler(backend.Engine, tokenizer, ownsEngine: false);
        }

        public PrismCheckpoint Checkpoint { get; }

        public ITextTokenizer Tokenizer { get; }

        /// <summary>Text without a persona: submit requests of your own.</summary>
        public Scheduler Scheduler { get; }

        /// <summary>Which device computes, and why.</summary>
        public BackendReport Backend => _backend.Report;

        /// <summary>False for a model that only continues text.</summary>
        public bool KnowsDialogue => _format != null;

        /// <summary>Loads a checkpoint and puts it on a device.</summary>
        /// <param name="path">A Prism checkpoint.</param>
        /// <param name="options">Null for the defaults.</param>
        /// <param name="progress">0 to 1, on this thread.</param>
        /// <param name="cancellation">Looked at all along.</param>
        /// <exception cref="PrismFileException">The file is not a Prism checkpoint.</exception>
        /// <exception cref="PrismLM.Vulkan.Device.PrismVulkanException">Vulkan was asked for and cannot be used.</exception>
        /// <exception cref="ArgumentException">An option is out of range, or the model speaks a newer dialogue format.</exception>
        public static PrismRuntime Load(string path, PrismRuntimeOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            PrismCheckpoint checkpoint = PrismCheckpoint.Load(path, Part(progress, 0, 0.4), cancellation);
            PrismRuntime runtime = Create(checkpoint, options, Part(progress, 0.4, 0.6), cancellation);
            progress?.Report(1);
            return runtime;
        }

        /// <inheritdoc cref="Load(string, PrismRuntimeOptions, IProgress{double}, CancellationToken)"/>
        /// <summary>The same on a thread of the pool; progress is reported there.</summary>
        public static Task<PrismRuntime> LoadAsync(string path, PrismRuntimeOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
            => Task.Run(() => Load(path, options, progress, cancellation), cancellation);

        /// <summary>Puts a checkpoint that is in memory on a device.</summary>
        /// <inheritdoc cref="Load(string, PrismRuntimeOptions, IProgress{double}, CancellationToken)"/>
        public static PrismRuntime Create(PrismCheckpoint checkpoint, PrismRuntimeOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
        {
            if (checkpoint == null)
            {
                throw new ArgumentNullException(nameof(checkpoint));
            }

            int version = checkpoint.Config.DialogueFormat;
            if (version > DialogueFormat.Version)
            {
                throw new ArgumentException(FormattableString.Invariant($"The model speaks dialogue format {version}; this version of Prism knows {DialogueFormat.Version}. Update Prism."));
            }

            ITextTokenizer tokenizer = TextTokenizer.FromJson(checkpoint.TokenizerJson);
            Backend backend = PrismLM.Hosting.Backend.Create(checkpoint, options ?? new PrismRuntimeOptions(), progress, cancellation);
            try
            {
                return new PrismRuntime(checkpoint, tokenizer, backend);
            }
            catch
            {
                backend.Dispose();
                throw;
            }
        }

        /// <summary>Someone who talks.</summary>
        /// <exception cref="InvalidOperationException">The model only continues text.</exception>
        public Npc CreateNpc(NpcPersona persona)
        {
            if (_format == null)
            {
                throw new InvalidOperationException("This model knows no dialogue, it only continues text. Use a model whose dialogue_format is 1, such as the one that ships with Prism.");
            }

            return new Npc(persona, Scheduler, _format, _npcs++);
        }

        /// <summary>One frame's work; raises the events of replies.</summary>
        /// <param name="budgetMilliseconds">Device time to fill; <see cref="double.PositiveInfinity"/> for one whole step.</param>
        /// <returns>True while a reply has not ended.</returns>
        public bool Tick(double budgetMilliseconds) => Scheduler.Tick(budgetMilliseconds);

        /// <summary>Ends every reply without a word and releases the device.</summary>
        public void Dispose()
        {
            Scheduler.Dispose();
            _backend.Dispose();
        }

        private static IProgress<double>? Part(IProgress<double>? whole, double start, double share) => whole == null ? null : new PartOf(whole, start, share);

        private sealed class PartOf : IProgress<double>
        {
            private readonly IProgress<double> _whole;
            private readonly double _start;
            private readonly double _share;

            public PartOf(IProgress<double> whole, double start, double share)
            {
                _whole = whole;
                _start = start;
                _share = share;
            }

            public void Report(double value) => _whole.Report(_start + (_share * value));
        }
    }
}
