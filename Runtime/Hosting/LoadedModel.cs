using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;

namespace PrismLM.Hosting
{
    /// <summary>A checkpoint with everything that was made from it.</summary>
    internal sealed class LoadedModel : IDisposable
    {
        private LoadedModel(PrismCheckpoint checkpoint, ITextTokenizer tokenizer, Backend backend)
        {
            Checkpoint = checkpoint;
            Tokenizer = tokenizer;
            Backend = backend;
            Format = checkpoint.Config.DialogueFormat > 0 && tokenizer is BpeTokenizer bpe ? new DialogueFormat(bpe, checkpoint.Config.Special) : null;
            Scheduler = new Scheduler(backend.Engine, tokenizer, ownsEngine: false);
        }

        public PrismCheckpoint Checkpoint { get; }

        public ITextTokenizer Tokenizer { get; }

        public Backend Backend { get; }

        public Scheduler Scheduler { get; }

        /// <summary>Null for a model that only continues text.</summary>
        public DialogueFormat? Format { get; }

        public static LoadedModel Load(string path, PrismRuntimeOptions options, IProgress<double>? progress, CancellationToken cancellation)
        {
            PrismCheckpoint checkpoint = PrismCheckpoint.Load(path, PartOfProgress.Of(progress, 0, 0.4), cancellation);
            return Create(checkpoint, options, progress, cancellation, 0.4);
        }

        public static LoadedModel Load(Stream stream, string displayName, PrismRuntimeOptions options, IProgress<double>? progress, CancellationToken cancellation)
        {
            PrismCheckpoint checkpoint = PrismCheckpoint.Load(stream, displayName, PartOfProgress.Of(progress, 0, 0.4), cancellation);
            return Create(checkpoint, options, progress, cancellation, 0.4);
        }

        private static LoadedModel Create(PrismCheckpoint checkpoint, PrismRuntimeOptions options, IProgress<double>? progress, CancellationToken cancellation, double done)
        {
            LoadedModel model = Create(checkpoint, options, PartOfProgress.Of(progress, done, 1 - done), cancellation);
            progress?.Report(1);
            return model;
        }

        public static LoadedModel Create(PrismCheckpoint checkpoint, PrismRuntimeOptions options, IProgress<double>? progress, CancellationToken cancellation)
        {
            int version = checkpoint.Config.DialogueFormat;
            if (version > DialogueFormat.Version)
            {
                throw new ArgumentException(FormattableString.Invariant($"The model speaks dialogue format {version}; this version of Prism knows {DialogueFormat.Version}. Update Prism."));
            }

            ITextTokenizer tokenizer = TextTokenizer.FromJson(checkpoint.TokenizerJson);
            Backend backend = Backend.Create(checkpoint, options, progress, cancellation);
            try
            {
                cancellation.ThrowIfCancellationRequested();
                return new LoadedModel(checkpoint, tokenizer, backend);
            }
            catch
            {
                backend.Dispose();
                throw;
            }
        }

        public int LoadPrefix(string path)
        {
            if (path == null)
            {
                throw new ArgumentNullException(nameof(path));
            }

            if (Backend.Engine is IPrefixEngine engine)
            {
                return engine.LoadPrefix(path);
            }

            // The same errors on every backend, so that a game that ships a wrong file learns of it.
            PrefixFile.Read(path).CheckAgainst(path, Checkpoint.Sha256, Checkpoint.Config, Checkpoint.KvFloat32, Backend.Engine.ContextLength);
            return 0;
        }

        /// <summary>Loads all, or throws and is disposed.</summary>
        public LoadedModel WithPrefixes(IReadOnlyList<string> paths)
        {
            try
            {
                foreach (string path in paths)
                {
                    LoadPrefix(path);
                }

                return this;
            }
            catch
            {
                Dispose();
                throw;
            }
        }

        public void Dispose()
        {
            Scheduler.Dispose();
            Backend.Dispose();
        }
    }
}
