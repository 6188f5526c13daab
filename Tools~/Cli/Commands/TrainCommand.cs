using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Training.Model;
using PrismLM.Training.Train;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism train RUN</c>: starts or resumes a training run in a folder.</summary>
    internal static class TrainCommand
    {
        private static readonly TrainingOptions Defaults = new TrainingOptions();

        public static Command Create()
        {
            var run = new Argument<string>("RUN") { Description = "The run's folder: options, data list, tokenizer, state, metrics.jsonl, loss.png." };
            var resume = new Option<bool>("--resume") { Description = "Go on with the run in the folder, with the same bits as if it had never stopped." };
            var decay = new Option<long>("--decay-tokens") { Description = "With --resume: begin the decay of the learning rate now, over so many tokens." };
            var data = new Option<string?>("--data") { Description = "The data list (JSON): tokenizer, sources with weights and licences, validation text." };
            var preset = new Option<string>("--preset") { Description = "Architecture: " + string.Join(", ", Presets.Names) + ".", DefaultValueFactory = _ => Defaults.Preset };
            var tokens = new Option<long>("--tokens") { Description = "Stop after so many tokens." };
            var minutes = new Option<double>("--minutes") { Description = "Stop after so much training time." };
            var rope = new Option<RopeVariant>("--rope") { Description = "Frequencies of the two dictionaries.", DefaultValueFactory = _ => Defaults.Rope };
            var strict = new Option<bool>("--strict") { Description = "Tie Wo to Wq per head." };
            var lambda = new Option<double>("--lambda") { Description = "Lambda at the end of training.", DefaultValueFactory = _ => Defaults.LambdaFinal };
            var lambdaInitial = new Option<double>("--lambda-initial") { Description = "Lambda at its beginning.", DefaultValueFactory = _ => Defaults.LambdaInitial };
            var context = new Option<int>("--context") { Description = "Positions; 0 for the preset's." };
            var seed = new Option<ulong>("--seed") { Description = "Decides the initial weights and the order of the data.", DefaultValueFactory = _ => Defaults.Seed };
            var compute = new Option<ComputeFormat>("--compute") { Description = "Number format of the matrix products.", DefaultValueFactory = _ => Defaults.Compute };
            var device = new Option<string>("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => Defaults.Device };
            var threads = new Option<int>("--threads") { Description = "Threads of the CPU; 0 for one a core." };
            var rate = new Option<double>("--learning-rate") { Description = "Peak of the schedule.", DefaultValueFactory = _ => Defaults.LearningRate };
            var step = new Option<int>("--tokens-per-step") { Description = "Tokens of one step.", DefaultValueFactory = _ => Defaults.TokensPerStep };
            var micro = new Option<int>("--tokens-per-micro-batch") { Description = "Tokens computed at once.", DefaultValueFactory = _ => Defaults.TokensPerMicroBatch };
            var schedule = new Option<ScheduleKind>("--schedule") { Description = "Shape of the learning rate.", DefaultValueFactory = _ => Defaults.Schedule.Kind };
            var json = new Option<bool>("--json") { Description = "Print the result as one JSON object." };
            var command = new Command("train", "Train a model in TorchSharp, or resume a run.")
            {
                run, data, preset, tokens, minutes, resume, decay, rope, strict, lambda, lambdaInitial, context, seed, compute, device, threads, rate, step, micro, schedule, json,
            };
            command.SetAction((parsed, cancellation) =>
            {
                string folder = parsed.GetRequiredValue(run);
                if (parsed.GetValue(resume))
                {
                    RefuseBesideResume(parsed, command, resume, decay, json);
                    return Task.FromResult(Run((progress, stop) => TrainingRun.Resume(folder, progress, stop, parsed.GetValue(decay)), parsed.GetValue(json), cancellation));
                }

                if (IsGiven(parsed, decay))
                {
                    throw new InputException("--decay-tokens", "no --resume beside it", "--resume", "a new run falls by its --schedule; its end can be asked for when it runs");
                }

                var options = new TrainingOptions
                {
                    RunFolder = folder,
                    DataFile = parsed.GetValue(data) ?? throw new InputException("--data", "nothing", "the path of a data list", "Documentation~/training.md says what is in one"),
                    Preset = parsed.GetValue(preset)!,
                    TokenBudget = parsed.GetValue(tokens),
                    Minutes = parsed.GetValue(minutes),
                    Rope = parsed.GetValue(rope),
                    StrictOutput = parsed.GetValue(strict),
                    LambdaFinal = parsed.GetValue(lambda),
                    LambdaInitial = parsed.GetValue(lambdaInitial),
                    Context = parsed.GetValue(context),
                    Seed = parsed.GetValue(seed),
                    Compute = parsed.GetValue(compute),
                    Device = parsed.GetValue(device)!,
                    Threads = parsed.GetValue(threads),
                    LearningRate = parsed.GetValue(rate),
                    TokensPerStep = parsed.GetValue(step),
                    TokensPerMicroBatch = parsed.GetValue(micro),
                    Schedule = Defaults.Schedule with { Kind = parsed.GetValue(schedule) },
                };
                options.Validate();
                if (!File.Exists(options.DataFile))
                {
                    throw new InputException(options.DataFile, "no such file", "a data list", "Documentation~/training.md says what is in one");
                }

                return Task.FromResult(Run((progress, stop) => TrainingRun.Start(options, progress, stop), parsed.GetValue(json), cancellation));
            });
            return command;
        }

        private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

        /// <summary>A run keeps the options that it began with: saying others would have no effect, and must not look as if it had.</summary>
        private static void RefuseBesideResume(ParseResult parsed, Command command, Option resume, Option<long> decay, Option json)
        {
            string[] others = command.Options.Where(option => option != resume && option != decay && option != json && IsGiven(parsed, option)).Select(option => option.Name).ToArray();
            if (others.Length > 0)
            {
                throw new InputException("--resume", string.Join(" and ", others) + " beside it", "--decay-tokens or --json alone", "a run keeps the options in its options.json");
            }

            if (IsGiven(parsed, decay) && parsed.GetValue(decay) < 1)
            {
                throw new InputException("--decay-tokens", FormattableString.Invariant($"{parsed.GetValue(decay)}"), "1 or more", "a sixth of the tokens seen is a good length");
            }
        }

        private static int Run(Func<ITrainingProgress, CancellationToken, TrainingResult> train, bool json, CancellationToken cancellation)
        {
            TrainingResult result = TorchBackend.Require("train", "prism doctor says what to do", () => TrainingDisplay.Show(progress => train(progress, cancellation)));
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(result, JsonOutput.Options));
            }
            else
            {
                string bits = result.ValidationBitsPerByte is double value ? FormattableString.Invariant($", {value:F4} bits per byte on the validation text") : "";
                Console.Out.WriteLine(FormattableString.Invariant(
                    $"{(result.Finished ? "Finished" : "Stopped; go on with --resume")}: {Units.Count(result.Tokens)} tokens in {Units.Count(result.Steps)} steps, loss {result.Loss:F4}{bits}. {result.RunFolder}"));
            }

            return result.Finished ? 0 : Interruption.ExitCode;
        }
    }
}
