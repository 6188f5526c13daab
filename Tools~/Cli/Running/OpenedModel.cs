using System;
using System.CommandLine;
using System.Threading;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Tokenization;
using PrismLM.Hosting;

namespace PrismLM.Cli.Running
{
    /// <summary>A checkpoint with an engine that runs it, of whichever backend.</summary>
    internal sealed class OpenedModel : IDisposable
    {
        private readonly PrismRuntime? _runtime;

        private OpenedModel(PrismCheckpoint checkpoint, ITextTokenizer tokenizer, ITokenEngine engine, PrismRuntime? runtime, string backend)
        {
            Checkpoint = checkpoint;
            Tokenizer = tokenizer;
            Engine = engine;
            Backend = backend;
            _runtime = runtime;
        }

        public PrismCheckpoint Checkpoint { get; }

        public ITextTokenizer Tokenizer { get; }

        public ITokenEngine Engine { get; }

        public string Backend { get; }

        /// <summary>The backend that was chosen, by its name on the command line.</summary>
        public string BackendKind => _runtime is null ? BackendArgument.Torch : _runtime.Backend.IsVulkan ? BackendArgument.Vulkan : BackendArgument.Reference;

        public static OpenedModel Open(PrismCheckpoint checkpoint, BackendArgument backend, ParseResult parsed, int slots, CancellationToken cancellation)
        {
            if (backend.Read(parsed) == BackendArgument.Torch)
            {
                ILanguageModel model = Terminal.Progress("Putting the model into TorchSharp", _ => TorchBackend.Open(checkpoint));
                return new OpenedModel(checkpoint, TextTokenizer.FromJson(checkpoint.TokenizerJson), new LanguageModelEngine(model, slots), null, "TorchSharp");
            }

            PrismRuntime runtime = Terminal.Progress("Putting the model on the device", progress => PrismRuntime.Create(checkpoint, backend.Options(parsed, slots), progress, cancellation));
            return new OpenedModel(checkpoint, runtime.Tokenizer, runtime.Scheduler.Engine, runtime, runtime.Backend.Name);
        }

        /// <summary>bos, if the model has one, and the text.</summary>
        public int[] Prompt(string text)
        {
            int[] words = Tokenizer.Encode(text);
            int bos = Checkpoint.Config.Special.Bos;
            if (bos < 0)
            {
                return words.Length > 0 ? words : throw new InputException("--prompt", "an empty text", "at least one character", "this model has no token that opens a document");
            }

            var tokens = new int[words.Length + 1];
            tokens[0] = bos;
            words.CopyTo(tokens, 1);
            return tokens;
        }

        public void Dispose()
        {
            if (_runtime is not null)
            {
                _runtime.Dispose();
            }
            else
            {
                Engine.Dispose();
            }
        }
    }
}
