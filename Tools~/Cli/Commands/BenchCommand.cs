using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Benchmarks;
using PrismLM.Benchmarks.Figures;
using PrismLM.Cli.Bench;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;
using PrismLM.Tests.Vulkan.Cases;
using PrismLM.Vulkan.Device;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism bench</c>: tokens a second next to what the device itself costs, measured in the same run.</summary>
    internal sealed class BenchCommand
    {
        private readonly Argument<string?> _file = new Argument<string?>("FILE") { Description = "A model file; by default the one that ships with Prism.", Arity = ArgumentArity.ZeroOrOne };
        private readonly Option<string[]> _shapes = Several("--shape", "l58, moe48 or prism-50m with random weights, or a model file; several with commas.");
        private readonly Option<string[]> _weights = Several("--weights", $"Number formats of the weights: {WeightNames.Allowed}; several with commas. By default a file's own, and f16 for a shape.");
        private readonly Option<string[]> _batches = Several("--batch", "Sequences at once, 1 to 32; several with commas.");
        private readonly Option<string[]> _depths = Several("--depth", "Tokens that each sequence has read before decoding is timed; several with commas.");
        private readonly Option<string[]> _prompts = Several("--prompt", "Lengths of the prompts whose reading is timed; several with commas, 0 for none.");
        private readonly Option<int> _runs = new Option<int>("--runs") { Description = "Measurements of each figure; the median counts.", DefaultValueFactory = _ => 5 };
        private readonly Option<int> _tokens = new Option<int>("--tokens") { Description = "Tokens of one measurement for each sequence; 0 for as many as take half a second." };
        private readonly Option<bool> _noLoad = new Option<bool>("--no-load") { Description = "Leave out the time from file to first token." };
        private readonly Option<string?> _json = new Option<string?>("--json") { Description = "Write the figures as JSON into this file, or to standard output.", Arity = ArgumentArity.ZeroOrOne };
        private readonly Option<string?> _plot = new Option<string?>("--plot") { Description = "Draw the figures into this PNG file." };
        private readonly Option<bool> _force = new Option<bool>("--force") { Description = "Replace files that exist." };
        private readonly Option<string?> _device = new Option<string?>("--device") { Description = "A part of the Vulkan device's name, or its index; prism doctor lists them." };

        private readonly Option<string?> _kernels = new Option<string?>("--kernels") { Description = "Time the cases of the kernel tests instead of models; FILTER is a part of a case's name.", Arity = ArgumentArity.ZeroOrOne, HelpName = "FILTER" };
        private readonly Option<bool> _profile = new Option<bool>("--profile") { Description = "Also show each decode step by kernel, by the device's own clock." };
        private readonly Option<string[]> _figures = new Option<string[]>("--figures")
        {
            Description = "The figures of Documentation~/performance.md, as its table: shipped, moe48, l58-f16, l58-int8, l58-int4; all without a name.", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = true, HelpName = "PART",
        };

        private readonly Option<string?> _loadOnly = new Option<string?>("--load-only") { Description = "Measure the load alone, with this folder for compiled pipelines; what the benchmark starts itself with.", Hidden = true };

        public static Command Create()
        {
            var options = new BenchCommand();
            var command = new Command("bench", "Measure prefill and decode next to the device's floor of the same run.")
            {
                options._file, options._shapes, options._weights, options._batches, options._depths, options._prompts, options._runs, options._tokens, options._noLoad, options._json, options._plot, options._force, options._device, options._kernels, options._profile, options._figures, options._loadOnly,
            };
            command.SetAction((parsed, cancellation) => Task.FromResult(options.Run(parsed, cancellation)));
            return command;
        }

        private static Option<string[]> Several(string name, string description) => new Option<string[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true };

        private int Run(ParseResult parsed, CancellationToken cancellation)
        {
            if (parsed.GetValue(_loadOnly) is { } pipelines)
            {
                LoadFigures load = LoadBench.Measure(parsed.GetValue(_file) ?? "", LoadProcess.Options(parsed.GetValue(_device), pipelines), cancellation);
                Console.Out.WriteLine(JsonSerializer.Serialize(load, JsonOutput.Options));
                return 0;
            }

            bool force = parsed.GetValue(_force);
            string? json = parsed.GetValue(_json) is { } target ? OutputPath.Check(target, force) : null;
            string? plot = parsed.GetValue(_plot) is { } picture ? OutputPath.Check(picture, force) : null;
            if (parsed.GetResult(_kernels) is not null)
            {
                return Kernels(parsed, json, cancellation);
            }

            bool figures = parsed.GetResult(_figures) is not null;
            IReadOnlyList<(BenchSource, WeightFormat?, BenchPlan)> work = figures ? FigurePlan.Work(NumberList.Split(parsed.GetValue(_figures) ?? Array.Empty<string>()), Runs(parsed)) : Work(parsed);
            var run = new BenchRun(parsed.GetValue(_device), RepositoryRoot.Combine(".artifacts", "pipelines"));
            BenchReport report = BenchDisplay.Show(progress => run.Measure(work, progress, cancellation));
            string text = JsonSerializer.Serialize(report, JsonOutput.Options) + "\n";
            byte[]? png = plot is null ? null : BenchPlot.Png(report);
            if (plot is not null)
            {
                AtomicFile.WriteAllBytes(plot, png!);
            }

            Write(parsed, json, text, BenchText.Render(report) + (figures ? "\n" + FigurePlan.Table(report) : ""));
            return 0;
        }

        private int Kernels(ParseResult parsed, string? json, CancellationToken cancellation)
        {
            string? filter = parsed.GetValue(_kernels);
            IReadOnlyList<KernelCase> cases = KernelBench.Find(filter);
            if (cases.Count == 0)
            {
                throw new InputException("--kernels", filter ?? "", "a part of a case's name", "matmul, attention, rms_norm, rope, softmax, elements, router, sample or model");
            }

            int runs = Runs(parsed);
            using VulkanDevice device = VulkanDevice.Create(LoadProcess.Options(parsed.GetValue(_device), RepositoryRoot.Combine(".artifacts", "pipelines")));
            using var bench = new KernelBench(device, cancellation);
            (MachineFloor floor, IReadOnlyList<KernelTime> times) = BenchDisplay.Show(progress =>
            {
                progress.Stage("the device's own rates");
                MachineFloor measured = MachineFloor.Measure(device);
                return (measured, bench.Measure(cases, measured, runs, progress));
            });
            string name = device.Report.Chosen.ToString();
            Write(parsed, json, JsonSerializer.Serialize(new { device = name, floor, kernels = times }, JsonOutput.Options) + "\n", BenchText.Render(name, floor, times));
            return 0;
        }

        // Figures go to the file that --json names, or to standard output in place of the table.
        private void Write(ParseResult parsed, string? path, string json, string table)
        {
            if (path is not null)
            {
                AtomicFile.WriteAllBytes(path, Encoding.UTF8.GetBytes(json));
            }

            Console.Out.Write(path is null && parsed.GetResult(_json) is not null ? json : table);
        }

        private List<(BenchSource Source, WeightFormat? Format, BenchPlan Plan)> Work(ParseResult parsed)
        {
            string? file = parsed.GetValue(_file);
            string[] shapes = NumberList.Split(parsed.GetValue(_shapes) ?? Array.Empty<string>());
            if (file is not null && shapes.Length > 0)
            {
                throw new InputException("bench", "both a file and --shape", "one of them", "--shape takes files too");
            }

            IEnumerable<BenchSource> sources = (shapes.Length > 0 ? shapes : new[] { file }).Select(BenchSource.Find).ToArray();
            WeightFormat?[] formats = NumberList.Split(parsed.GetValue(_weights) ?? Array.Empty<string>()).Select(text => WeightNames.TryParse(text, out WeightFormat format)
                ? (WeightFormat?)format
                : throw new InputException("--weights", text, WeightNames.Allowed, "for example --weights int8")).Distinct().ToArray();
            BenchPlan plan = Plan(parsed);
            var work = sources.SelectMany(source => (formats.Length > 0 ? formats : new WeightFormat?[] { null }).Select(format => (source, format, plan))).ToList();
            work.ForEach(each => each.source.CheckContext(plan));
            return work;
        }

        private int Runs(ParseResult parsed) => Running.SamplingArguments.InRange("--runs", parsed.GetValue(_runs), 1, 100);

        private BenchPlan Plan(ParseResult parsed)
        {
            int[] batches = NumberList.Read("--batch", parsed.GetValue(_batches) ?? Array.Empty<string>(), 1, 32, 1, 8);
            int[] depths = NumberList.Read("--depth", parsed.GetValue(_depths) ?? Array.Empty<string>(), 0, 65_535, 0);
            return new BenchPlan
            {
                Decode = batches.SelectMany(batch => depths.Select(depth => new DecodePoint(batch, depth))).ToArray(),
                Prefill = NumberList.Read("--prompt", parsed.GetValue(_prompts) ?? Array.Empty<string>(), 0, 65_535, 128).Where(tokens => tokens > 0).ToArray(),
                Runs = Runs(parsed),
                Profile = parsed.GetValue(_profile),
                Tokens = Running.SamplingArguments.InRange("--tokens", parsed.GetValue(_tokens), 0, 4096),
                Load = !parsed.GetValue(_noLoad),
            };
        }
    }
}
