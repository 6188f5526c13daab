using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue.Tracing;
using PrismLM.Hosting;

namespace PrismLM.Cli.Replay
{
    /// <summary>Makes a recorded reply again, by the same road that a game takes, and then asks the model about each recorded token.</summary>
    internal static class ReplayRun
    {
        /// <param name="file">What errors call the trace.</param>
        /// <param name="trace">What was recorded.</param>
        /// <param name="checkpoint">What it is made again with.</param>
        /// <param name="open">Puts the model on a device.</param>
        /// <param name="options">Of the device.</param>
        /// <param name="scored">Ask about each token.</param>
        /// <param name="cancellation">Looked at all along.</param>
        public static ReplayResult Run(
            string file, ReplyTrace trace, PrismCheckpoint checkpoint, Func<OpenedModel> open, PrismRuntimeOptions options, bool scored, CancellationToken cancellation)
        {
            if (checkpoint.Config.DialogueFormat == 0 || TextTokenizer.FromJson(checkpoint.TokenizerJson) is not BpeTokenizer tokenizer)
            {
                throw new InputException(checkpoint.Info.Name, "a model that only continues text", "a model with a dialogue format", "name the model that the trace was made with: --model FILE");
            }

            GenerationRequest request = Request(file, trace, checkpoint, tokenizer);
            string recorded = tokenizer.Decode(Words(trace, checkpoint.Config.Special)).Trim();
            string backend;
            string kind;
            GenerationResult? again = null;
            using (OpenedModel model = open())
            {
                (backend, kind) = (model.Backend, model.BackendKind);
                if (trace.Tokens.Count > trace.RestoredTokens)
                {
                    using var generator = new TextGenerator(model.Engine, model.Tokenizer, ownsEngine: false);
                    again = generator.Generate(request, cancellation: cancellation);
                    cancellation.ThrowIfCancellationRequested();
                    if (again.Reason == FinishReason.Failed)
                    {
                        throw new InvalidOperationException(again.Error);
                    }
                }
            }

            IReadOnlyList<TracedToken> scores = Array.Empty<TracedToken>();
            if (scored && again is not null)
            {
                using LanguageModels models = LanguageModels.Open(checkpoint, kind, options, cancellation);
                scores = Terminal.Progress("Asking the model about each token", progress => trace.Score(models.Model, tokenizer, progress, cancellation));
            }

            return new ReplayResult(trace, checkpoint, backend, recorded, again, scores);
        }

        private static GenerationRequest Request(string file, ReplyTrace trace, PrismCheckpoint checkpoint, BpeTokenizer tokenizer)
        {
            try
            {
                TraceReplay.Check(trace, checkpoint.Config);
                return TraceReplay.Request(trace, new DialogueFormat(tokenizer, checkpoint.Config.Special));
            }
            catch (ArgumentException error)
            {
                throw new InputException(file, error.Message.TrimEnd('.'), "a trace of " + checkpoint.Info.Name, "--model FILE names another model");
            }
        }

        /// <summary>Tokens up to the action.</summary>
        private static int[] Words(ReplyTrace trace, SpecialTokens special) => trace.Tokens.TakeWhile(token => token != special.Action && token != special.End && token != special.Eos).ToArray();
    }
}
