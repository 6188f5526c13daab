using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Hosting;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism bench</c>: tokens a second next to what the device itself costs, measured in the same run.</summary>
    internal static class BenchCommand
    {
        public static Command Create()
        {
            var file = new Argument<string?>("FILE") { Description = "A model file; by default the one that ships with Prism.", Arity = ArgumentArity.ZeroOrOne };
            var tokens = new Option<int>("--tokens") { Description = "Tokens to make for each sequence.", DefaultValueFactory = _ => 64 };
            var prompt = new Option<int>("--prompt-tokens") { Description = "Tokens of the prompt to read.", DefaultValueFactory = _ => 128 };
            var batches = new Option<int[]>("--batch") { Description = "Sequences at once; may be given several times (1, 4, 8 by default).", AllowMultipleArgumentsPerToken = true };
            var repeat = new Option<int>("--repeat") { Description = "Runs of each point; the median is shown.", DefaultValueFactory = _ => 3 };
            var json = new Option<bool>("--json") { Description = "Print one JSON object." };
            var backend = new BackendArgument(BackendArgument.Vulkan, BackendArgument.Vulkan, BackendArgument.Reference);
            var command = new Command("bench", "Measure prefill and decode next to the device's floor of the same run.") { file, tokens, prompt, batches, repeat, json };
            backend.AddTo(command);
            command.SetAction((parsed, cancellation) =>
            {
                int[] sequences = parsed.GetValue(batches) is { Length: > 0 } given ? given : new[] { 1, 4, 8 };
                foreach (int each in sequences)
                {
                    SamplingArguments.InRange("--batch", each, 1, 32);
                }

                var plan = new Plan(
                    sequences, SamplingArguments.InRange("--tokens", parsed.GetValue(tokens), 1, 4096), SamplingArguments.InRange("--prompt-tokens", parsed.GetValue(prompt), 1, 4096),
                    SamplingArguments.InRange("--repeat", parsed.GetValue(repeat), 1, 100));
                return Task.FromResult(Run(parsed.GetValue(file), plan, backend.Options(parsed, sequences.Max()), parsed.GetValue(json), cancellation));
            });
            return command;
        }

        private static int Run(string? path, Plan plan, PrismRuntimeOptions options, bool json, CancellationToken cancellation)
        {
            PrismCheckpoint checkpoint = ModelLocator.Load(path);
            int context = checkpoint.Config.Context;
            if (plan.PromptTokens + 1 > context || plan.Tokens + 9 > context)
            {
                throw new InputException("--prompt-tokens and --tokens", FormattableString.Invariant($"{plan.PromptTokens} and {plan.Tokens}"), FormattableString.Invariant($"at most {context - 9}"), "the model's context holds no more");
            }

            if (options.Backend == BackendPreference.Reference)
            {
                using var reference = new LanguageModelEngine(new ReferenceModel(checkpoint), options.Slots);
                return Show(checkpoint, "reference (double precision, one thread)", null, 0, reference, plan, json, cancellation);
            }

            using VulkanDevice device = VulkanDevice.Create(new VulkanDeviceOptions { AllowSoftware = true, PreferredDevice = options.PreferredDevice, PipelineCacheFolder = options.PipelineCacheFolder });
            DeviceFloor floor = DeviceFloor.Measure(device);
            using VulkanEngine engine = Terminal.Progress(
                "Putting the model on the device", progress => VulkanEngine.Create(device, checkpoint, new VulkanEngineOptions { Slots = options.Slots }, progress, cancellation));
            return Show(checkpoint, device.Report.Chosen.Name, floor, engine.AllocatedBytes, engine, plan, json, cancellation);
        }

        private static int Show(
            PrismCheckpoint checkpoint, string device, DeviceFloor? floor, long memory, ITokenEngine engine, Plan plan, bool json, CancellationToken cancellation)
        {
            var benchmark = new DecodeBenchmark(engine, cancellation);
            SpeedPoint prefill = null!;
            List<(SpeedPoint Point, double? Floor)> decode = Terminal.Progress("Measuring", progress =>
            {
                prefill = benchmark.Prefill(plan.PromptTokens, plan.Repetitions);
                var points = new List<(SpeedPoint, double?)>();
                foreach (int sequences in plan.Sequences)
                {
                    progress.Report((points.Count + 1.0) / (plan.Sequences.Length + 1));
                    points.Add((benchmark.Decode(sequences, plan.Tokens, plan.Repetitions), StepFloor(checkpoint, engine, floor)));
                }

                return points;
            });
            Console.Out.Write(json ? Json(checkpoint, device, floor, memory, prefill, decode) : Text(checkpoint, device, floor, memory, prefill, decode));
            return 0;
        }

        /// <summary>Milliseconds that a step costs whatever its kernels do: its weights read once, its dispatches started, one submission.</summary>
        private static double? StepFloor(PrismCheckpoint checkpoint, ITokenEngine engine, DeviceFloor? floor)
        {
            if (floor is null || engine is not VulkanEngine vulkan)
            {
                return null;
            }

            long bytes = CheckpointSummary.Create(checkpoint).Tensors.Where(tensor => tensor.Parameters > 0).Sum(tensor => tensor.Bytes);
            return 1000 * ((bytes / floor.BytesPerSecond) + (vulkan.LastStepDispatches * floor.DispatchSeconds) + floor.SubmitSeconds);
        }

        private static string Text(PrismCheckpoint checkpoint, string device, DeviceFloor? floor, long memory, SpeedPoint prefill, List<(SpeedPoint Point, double? Floor)> decode)
        {
            var facts = new FactList("Prism bench");
            facts.Add("device", device);
            facts.Add("model", FormattableString.Invariant($"{checkpoint.Info.Name}, {checkpoint.WeightFormat}"));
            facts.Add("memory", memory > 0 ? Units.Bytes(memory) + " on the device" : "");
            if (floor is not null)
            {
                facts.Add("floor", FormattableString.Invariant($"copy {floor.BytesPerSecond / 1e9:F1} GB/s (read + written), dispatch {floor.DispatchSeconds * 1e6:F1} us, submit {floor.SubmitSeconds * 1e6:F0} us"));
            }

            facts.Add("prefill", FormattableString.Invariant($"{Units.Rate(prefill.TokensPerSecond)} tokens/s ({prefill.Tokens} tokens in {Units.Milliseconds(prefill.MillisecondsPerStep)})"));
            var table = new TextTable("decode: sequences", "tokens/s", "ms a step", "floor ms", "times floor");
            foreach ((SpeedPoint point, double? limit) in decode)
            {
                table.Add(
                    Units.Count(point.Sequences), Units.Rate(point.TokensPerSecond), FormattableString.Invariant($"{point.MillisecondsPerStep:F2}"),
                    limit is null ? "" : FormattableString.Invariant($"{limit:F2}"), limit is null ? "" : FormattableString.Invariant($"{point.MillisecondsPerStep / limit:F1}"));
            }

            return facts + "\n" + table;
        }

        private static string Json(PrismCheckpoint checkpoint, string device, DeviceFloor? floor, long memory, SpeedPoint prefill, List<(SpeedPoint Point, double? Floor)> decode) => JsonSerializer.Serialize(
            new
            {
                device,
                model = checkpoint.Info.Name,
                sha256 = checkpoint.Sha256,
                deviceBytes = memory,
                floor,
                prefill,
                decode = decode.Select(each => new { each.Point.Sequences, each.Point.Tokens, each.Point.TokensPerSecond, each.Point.MillisecondsPerStep, floorMilliseconds = each.Floor }),
            },
            JsonOutput.Options) + "\n";

        private sealed record Plan(int[] Sequences, int Tokens, int PromptTokens, int Repetitions);
    }
}
