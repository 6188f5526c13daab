using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Benchmarks;
using PrismLM.Benchmarks.Figures;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Cli.Bench
{
    /// <summary>
    /// The figures that Documentation~/performance.md keeps, with what was thought to be within reach on two cores of software Vulkan and what lies beyond. In parts, because a
    /// machine is not quiet for long.
    /// </summary>
    internal static class FigurePlan
    {
        private const string L58 = "l58";
        private const string Mixture = "moe48";

        private static readonly (string Part, string? Source, WeightFormat? Format)[] Parts =
        {
            ("shipped", null, null), ("moe48", Mixture, WeightFormat.Int8), ("l58-f16", L58, WeightFormat.Float16), ("l58-int8", L58, WeightFormat.Int8), ("l58-int4", L58, WeightFormat.Int4),
        };

        public static IReadOnlyList<(BenchSource Source, WeightFormat? Format, BenchPlan Plan)> Work(IReadOnlyList<string> parts, int runs)
        {
            foreach (string unknown in parts.Where(part => Parts.All(each => each.Part != part)).Take(1))
            {
                throw new InputException("--figures", unknown, string.Join(", ", Parts.Select(each => each.Part)), "without a name all of them are measured");
            }

            return Parts.Where(each => parts.Count == 0 || parts.Contains(each.Part, StringComparer.Ordinal))
                .Select(each => (BenchSource.Find(each.Source), each.Format, Plan(each.Source, each.Format) with { Runs = runs })).ToArray();
        }

        /// <summary>The table, in Markdown; a figure that this run has not measured is left out.</summary>
        public static string Table(BenchReport report)
        {
            var lines = new List<string> { "| figure | measured | reach | beyond | times floor, limit |", "|---|---|---|---|---|" };
            foreach (ModelFigures model in report.Models)
            {
                lines.AddRange(model.Name switch { L58 => Dense(model), Mixture => Decode(model, "`moe48` decode", 1, 0, 133, 180), _ => Shipped(model) });
            }

            return string.Join("\n", lines) + "\n";
        }

        private static BenchPlan Plan(string? source, WeightFormat? format) => source switch
        {
            null => new BenchPlan { Decode = new[] { new DecodePoint(1, 0), new DecodePoint(8, 0) }, Prefill = new[] { 128 } },
            Mixture => new BenchPlan { Decode = new[] { new DecodePoint(1, 0) }, Prefill = Array.Empty<int>(), Load = false },
            _ => new BenchPlan
            {
                Decode = new[] { new DecodePoint(1, 0), new DecodePoint(16, 0), new DecodePoint(1, 512), new DecodePoint(1, 2048) },
                Prefill = new[] { 128, 512 },
                Load = format == WeightFormat.Float16,
            },
        };

        private static IEnumerable<string> Dense(ModelFigures model)
        {
            int at = model.Weights switch { "f16" => 0, "int8" => 1, _ => 2 };
            string name = $"`{L58}` {model.Weights} ";
            IEnumerable<string> lines = Decode(model, name + "decode", 1, 0, new double[] { 55, 65, 85 }[at], new double[] { 59, 73, 102 }[at]);
            lines = lines.Concat(model.Prefill.Select(each => Line(
                FormattableString.Invariant($"{name}prefill of {each.Tokens}"), Rate(each.TokensPerSecond), new double[] { 200, 160, 140 }[at], new double[] { 300, 250, 220 }[at], each.TimesFloor, each.Limit)));
            double one = Find(model, 1, 0)?.TokensPerSecond.Median ?? 0;
            lines = lines.Concat(Ratio(model, name + "decode at depth 512 over depth 0", 1, 512, one, 0.85, 0.9)).Concat(Ratio(model, name + "decode at depth 2048 over depth 0", 1, 2048, one, 0.6, 0.7));
            return lines.Concat(Ratio(model, name + "batch 16 in total over batch 1", 16, 0, one, new[] { 2.0, 1.4, 1.0 }[at], new[] { 3.0, 2.0, 1.5 }[at])).Concat(Load(model));
        }

        private static IEnumerable<string> Shipped(ModelFigures model)
        {
            IEnumerable<string> lines = Decode(model, "shipped model, 1 sequence", 1, 0, 400, 600).Concat(Decode(model, "shipped model, 8 sequences in total", 8, 0, 1000, 2000));
            return lines.Concat(model.Prefill.Select(each => Line(
                FormattableString.Invariant($"shipped model, first token after {each.Tokens} tokens, ms"), FormattableString.Invariant($"{each.Milliseconds:F0}"), 110, 60, each.TimesFloor, each.Limit))).Concat(Load(model));
        }

        private static IEnumerable<string> Load(ModelFigures model)
        {
            if (model.LoadWarm is { } warm && model.LoadCold is { } cold)
            {
                yield return FormattableString.Invariant($"| load of {model.FileBytes / 1e6:F0} MB to the first token, warm (cold), s | {warm.Total:F2} ({cold.Total:F1}) | 1 | 0.5 | file {warm.Read:F2}, device {warm.Device:F2}, weights {warm.Upload:F2}, pipelines {warm.WarmUp:F2}, token {warm.FirstToken:F2} |");
            }
        }

        private static IEnumerable<string> Decode(ModelFigures model, string name, int batch, int depth, double reach, double beyond)
        {
            if (Find(model, batch, depth) is { } found)
            {
                yield return Line(name, Rate(found.TokensPerSecond), reach, beyond, found.TimesFloor, found.Limit);
            }
        }

        private static IEnumerable<string> Ratio(ModelFigures model, string name, int batch, int depth, double one, double reach, double beyond)
        {
            if (Find(model, batch, depth) is { } found && one > 0)
            {
                yield return Line(name, FormattableString.Invariant($"{found.TokensPerSecond.Median / one:F2} ({Units.Rate(found.TokensPerSecond.Median)} tokens/s)"), reach, beyond, found.TimesFloor, found.Limit);
            }
        }

        private static DecodeFigures? Find(ModelFigures model, int batch, int depth) => model.Decode.FirstOrDefault(each => each.Batch == batch && each.Depth == depth);

        private static string Rate(Samples rate) => FormattableString.Invariant($"{Units.Rate(rate.Median)} (+-{rate.Spread * 100:F0} %)");

        private static string Line(string name, string measured, double reach, double beyond, double timesFloor, string limit) =>
            FormattableString.Invariant($"| {name} | {measured} | {reach} | {beyond} | {timesFloor:F1}, {limit} |");
    }
}
