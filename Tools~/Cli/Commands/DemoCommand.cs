using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Demo;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Hosting;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism demo</c>: what this project is, in under a minute, on whatever device there is.</summary>
    internal static class DemoCommand
    {
        public static Command Create()
        {
            var model = new Option<string?>("--model") { Description = "A model file; by default the one that ships with Prism." };
            var seconds = new Option<int>("--seconds") { Description = "Begin no further round after this time; every reply ends within 15 seconds more.", DefaultValueFactory = _ => 40 };
            var seed = new Option<uint>("--seed") { Description = "The same seed gives the same replies.", DefaultValueFactory = _ => 7u };
            var backend = new BackendArgument(BackendArgument.Automatic, BackendArgument.Automatic, BackendArgument.Vulkan, BackendArgument.Reference);
            var command = new Command("demo", "Three NPCs answer a player, streamed in one batch; ends by itself within a minute.") { model, seconds, seed };
            backend.AddTo(command);
            command.SetAction((parsed, cancellation) => Task.FromResult(Run(
                parsed.GetValue(model), SamplingArguments.InRange("--seconds", parsed.GetValue(seconds), 1, 45), parsed.GetValue(seed), backend.Options(parsed, 3), cancellation)));
            return command;
        }

        private static int Run(string? path, int seconds, uint seed, PrismRuntimeOptions options, CancellationToken cancellation)
        {
            var clock = Stopwatch.StartNew();
            PrismCheckpoint checkpoint = ModelLocator.Load(path);
            using PrismRuntime runtime = Terminal.Progress("Putting the model on the device", progress => PrismRuntime.Create(checkpoint, options, progress, cancellation));
            Console.Out.Write(Introduction(runtime, clock.Elapsed));

            var deadline = TimeSpan.FromSeconds(seconds);
            var replies = new List<DemoReply>();
            IReadOnlyList<DemoActor> actors = DemoCast.Create(runtime, seed);
            var work = new Stopwatch();
            while (actors.Any(actor => actor.HasMore) && clock.Elapsed < deadline)
            {
                Console.Out.WriteLine();
                List<DemoReply> round = actors.Where(actor => actor.HasMore).Select(actor => actor.Begin()).ToList();
                replies.AddRange(round);
                work.Start();
                DemoStage.Play(round, () => Pump(runtime, round, clock.Elapsed > deadline + TimeSpan.FromSeconds(10) || cancellation.IsCancellationRequested));
                work.Stop();
                cancellation.ThrowIfCancellationRequested();
            }

            Console.Out.WriteLine();
            Console.Out.Write(Summary(runtime, replies, work.Elapsed));
            return replies.All(reply => reply.Result!.Reason is FinishReason.Finished or FinishReason.MaxLength) ? 0 : 1;
        }

        private static void Pump(PrismRuntime runtime, List<DemoReply> round, bool stop)
        {
            if (stop)
            {
                round.ForEach(reply => reply.Cancel());
            }

            runtime.Tick(double.PositiveInfinity);
            if (runtime.Scheduler.LastTickTokens == 0)
            {
                runtime.Scheduler.Wait(20);
            }
        }

        private static string Introduction(PrismRuntime runtime, TimeSpan loading)
        {
            CheckpointSummary model = CheckpointSummary.Create(runtime.Checkpoint);
            var facts = new FactList("Prism");
            facts.Add("device", runtime.Backend.Name);
            facts.Add("why", runtime.Backend.Reason);
            facts.Add("model", FormattableString.Invariant(
                $"{runtime.Checkpoint.Info.Name}: {Units.Count(model.Parameters)} parameters, {runtime.Checkpoint.WeightFormat}, {Units.Bytes(model.TensorBytes)}, licence {runtime.Checkpoint.Info.WeightLicence}"));
            facts.Add("loaded in", Units.Seconds(loading.TotalSeconds));
            return facts.ToString();
        }

        private static string Summary(PrismRuntime runtime, List<DemoReply> replies, TimeSpan work)
        {
            List<GenerationStatistics> statistics = replies.Select(reply => reply.Result!.Statistics).Where(each => each.GeneratedTokens > 0).ToList();
            int tokens = statistics.Sum(each => each.GeneratedTokens);
            var facts = new FactList("Measured");
            facts.Add("tokens", FormattableString.Invariant($"{Units.Count(tokens)} in {replies.Count} replies, {statistics.Sum(each => each.PromptTokens):N0} tokens of prompt"));
            facts.Add("tokens/s", FormattableString.Invariant($"{Units.Rate(tokens / work.TotalSeconds)} over all, reading the prompts included, up to {Math.Min(3, replies.Count)} replies at a time"));
            if (statistics.Count > 0)
            {
                facts.Add("first token", FormattableString.Invariant($"after {Units.Milliseconds(statistics.Average(each => each.TimeToFirstToken.TotalMilliseconds))} on average"));
            }

            string device = runtime.Backend.IsVulkan ? Units.Bytes(runtime.Backend.MemoryBytes) + " on the device, " : "";
            using Process self = Process.GetCurrentProcess();
            facts.Add("memory", device + Units.Bytes(self.WorkingSet64) + " in this process");
            return facts.ToString();
        }
    }
}
