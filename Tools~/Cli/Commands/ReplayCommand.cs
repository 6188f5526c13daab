using System;
using System.CommandLine;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Replay;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Dialogue.Tracing;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism replay FILE</c>: makes a recorded reply again and shows why it came out as it did. Exit codes: 0 identical, 1 different, 2 wrong input.</summary>
    internal static class ReplayCommand
    {
        public static Command Create()
        {
            var file = new Argument<string>("FILE") { Description = "A trace: what reply.Trace.Save wrote in a game, or /trace in prism chat." };
            var model = new Option<string?>("--model") { Description = "The model file; by default the one that ships with Prism." };
            var bare = new Option<bool>("--no-scores") { Description = "Only compare; do not ask the model about each token." };
            var json = new Option<bool>("--json") { Description = "Print one JSON object." };
            var backend = new BackendArgument(BackendArgument.Automatic, BackendArgument.Automatic, BackendArgument.Vulkan, BackendArgument.Reference);
            var command = new Command("replay", "Make a recorded reply again: is it the same, and what else could the NPC have said? Exit code 1 when it differs.") { file, model, bare, json };
            backend.AddTo(command);
            command.SetAction((parsed, cancellation) =>
            {
                string path = parsed.GetRequiredValue(file);
                backend.Read(parsed);
                ReplyTrace trace = ReplyTrace.Load(path);
                PrismCheckpoint checkpoint = ModelLocator.Load(parsed.GetValue(model));
                ReplayResult result = ReplayRun.Run(
                    path, trace, checkpoint, () => OpenedModel.Open(checkpoint, backend, parsed, 1, cancellation), backend.Options(parsed, 1), !parsed.GetValue(bare), cancellation);
                if (parsed.GetValue(json))
                {
                    Console.Out.WriteLine(ReplayJson.Of(result));
                }
                else
                {
                    ReplayText.Write(Terminal.Output, path, result);
                }

                return Task.FromResult(result.IsIdentical ? 0 : 1);
            });
            return command;
        }
    }
}
