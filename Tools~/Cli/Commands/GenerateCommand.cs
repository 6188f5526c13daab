using System;
using System.CommandLine;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism generate FILE --prompt TEXT</c>: goes on with a text. Standard output gets the text (the prompt and what follows it) and nothing else.</summary>
    internal static class GenerateCommand
    {
        public static Command Create()
        {
            var file = new Argument<string>("FILE") { Description = "A Prism checkpoint (.safetensors)." };
            var prompt = new Option<string>("--prompt") { Description = "The text to go on with; empty begins a document.", DefaultValueFactory = _ => "" };
            var maxTokens = new Option<int>("--max-tokens") { Description = "Most tokens to write.", DefaultValueFactory = _ => 256 };
            var stop = new Option<string[]>("--stop") { Description = "Stop before this text; may be given several times." };
            var continuation = new Option<bool>("--no-echo") { Description = "Leave the prompt out of the output." };
            var json = new Option<bool>("--json") { Description = "Print one JSON object with text, tokens and times." };
            var sampling = new SamplingArguments(0.8f);
            var backend = new BackendArgument(BackendArgument.Automatic, BackendArgument.Automatic, BackendArgument.Vulkan, BackendArgument.Reference, BackendArgument.Torch);
            var command = new Command("generate", "Go on with a text; standard output gets the text alone.") { file, prompt, maxTokens, stop, continuation, json };
            sampling.AddTo(command);
            backend.AddTo(command);
            command.SetAction((parsed, cancellation) => Task.FromResult(Run(
                parsed, cancellation, parsed.GetRequiredValue(file), parsed.GetValue(prompt) ?? "", SamplingArguments.InRange("--max-tokens", parsed.GetValue(maxTokens), 1, 1 << 20),
                parsed.GetValue(stop) ?? Array.Empty<string>(), !parsed.GetValue(continuation), parsed.GetValue(json), sampling, backend)));
            return command;
        }

        private static int Run(
            ParseResult parsed, CancellationToken cancellation, string file, string prompt, int maxTokens, string[] stop, bool echo, bool json, SamplingArguments sampling, BackendArgument backend)
        {
            SamplingOptions options = sampling.Read(parsed);
            backend.Read(parsed);
            PrismCheckpoint checkpoint = ModelLocator.Load(file);
            using OpenedModel model = OpenedModel.Open(checkpoint, backend, parsed, 1, cancellation);
            int[] tokens = model.Prompt(prompt);
            if (tokens.Length >= model.Engine.ContextLength)
            {
                throw new InputException("--prompt", $"{Units.Count(tokens.Length)} tokens", $"fewer than the model's context of {Units.Count(model.Engine.ContextLength)}", "shorten the prompt");
            }

            var request = new GenerationRequest(tokens) { Sampling = options, MaxTokens = maxTokens, StopSequences = stop };
            var writer = new PieceWriter(echo ? prompt : "", show: !json);
            using var generator = new TextGenerator(model.Engine, model.Tokenizer, ownsEngine: false);
            GenerationResult result = generator.Generate(request, writer.Write, cancellation);
            if (result.Reason == FinishReason.Cancelled)
            {
                throw new OperationCanceledException(cancellation);
            }

            if (result.Reason == FinishReason.Failed)
            {
                throw new InvalidOperationException(result.Error);
            }

            Console.Out.WriteLine(json ? Json(model, writer.Text, result) : "");
            return 0;
        }

        private static string Json(OpenedModel model, string text, GenerationResult result) => JsonSerializer.Serialize(
            new
            {
                text,
                backend = model.Backend,
                reason = result.Reason,
                promptTokens = result.Statistics.PromptTokens,
                tokens = result.Tokens,
                timeToFirstTokenMs = result.Statistics.TimeToFirstToken.TotalMilliseconds,
                tokensPerSecond = result.Statistics.TokensPerSecond,
            },
            JsonOutput.Options);
    }
}
