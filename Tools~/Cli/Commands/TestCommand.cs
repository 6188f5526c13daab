using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Cli.Testing;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism test</c>: the whole suite, and as its very last line <c>N passed, N failed</c>.</summary>
    internal static class TestCommand
    {
        public static Command Create()
        {
            var slow = new Option<bool>("--slow") { Description = "Include the tests of category Slow (fuzzing, long runs)." };
            var only = new Option<string[]>("--only") { Description = "Run these parts alone: runtime, training, examples, turkish, turkish-training, arabic, arabic-training, mono, native, demo.", AllowMultipleArgumentsPerToken = true };
            var minutes = new Option<int?>("--timeout-minutes") { Description = "Stop a part that takes longer (default: 15, with --slow 60)." };
            var total = new Option<int>("--total-minutes") { Description = "Stop the whole suite after this time, the build included; 0 for no limit." };
            var command = new Command("test", "Run the whole suite: all tests, again under other cultures and with other vector widths, Mono, the native executable, and the demo. The launcher builds the solution first.") { slow, only, minutes, total };
            command.SetAction((parsed, cancellation) => RunAsync(
                parsed.GetValue(slow), parsed.GetValue(only) ?? Array.Empty<string>(), parsed.GetValue(minutes) ?? (parsed.GetValue(slow) ? 60 : 15), parsed.GetValue(total), cancellation));
            return command;
        }

        private static async Task<int> RunAsync(bool slow, string[] only, int minutes, int total, CancellationToken cancellation)
        {
            if (minutes is < 1 or > 1440)
            {
                throw new InputException("--timeout-minutes", FormattableString.Invariant($"{minutes}"), "1 to 1440", "15 is enough for every part on two cores");
            }

            SamplingArguments.InRange("--total-minutes", total, 0, 1440);
            string folder = RepositoryRoot.Combine(".artifacts", "test-results");
            Directory.CreateDirectory(folder);
            IReadOnlyList<TestPart> parts = TestPlan.Create(RepositoryRoot.Path, folder, slow);
            string? unknown = only.FirstOrDefault(key => parts.All(part => part.Key != key));
            if (unknown is not null)
            {
                throw new InputException("--only", unknown, string.Join(", ", parts.Select(part => part.Key)), "leave it out to run everything");
            }

            var budget = new TimeBudget(total == 0 ? null : TimeSpan.FromMinutes(total));
            var results = new List<PartResult>();
            foreach (TestPart part in parts.Where(part => only.Length == 0 || only.Contains(part.Key)))
            {
                TimeSpan limit = budget.For(TimeSpan.FromMinutes(minutes));
                PartResult result = limit == TimeSpan.Zero
                    ? new PartResult(part.Name, 0, 0, 0, TimeSpan.Zero) { Problem = FormattableString.Invariant($"not run: the suite's {total} minutes are over") }
                    : await Terminal.SpinAsync(part.Name, () => PartRunner.RunAsync(part, folder, limit, cancellation)).ConfigureAwait(false);
                results.Add(result);
                Console.Out.WriteLine($"{(result.Succeeded ? "ok" : "FAILED"),-6}  {part.Name}: {Units.Count(result.Passed)} passed, {Units.Count(result.Failed)} failed, {Units.Seconds(result.Time.TotalSeconds)}");
                Explain(result);
            }

            return Summarise(results);
        }

        private static void Explain(PartResult result)
        {
            if (result.Problem is not null || (result.Passed == 0 && result.Failed == 0))
            {
                Console.Out.WriteLine("        " + (result.Problem ?? "no test ran"));
            }

            foreach (string failure in result.Failures.Take(20))
            {
                Console.Out.WriteLine("        " + failure.TrimEnd().Replace("\n", "\n            ", StringComparison.Ordinal));
            }

            if (result.Failures.Count > 20)
            {
                Console.Out.WriteLine(FormattableString.Invariant($"        ... and {result.Failures.Count - 20} more; see .artifacts/test-results"));
            }
        }

        private static int Summarise(List<PartResult> results)
        {
            var table = new TextTable("part", "passed", "failed", "skipped", "time", "result");
            foreach (PartResult result in results)
            {
                table.Add(result.Name, Units.Count(result.Passed), Units.Count(result.Failed), Units.Count(result.Skipped), Units.Seconds(result.Time.TotalSeconds), result.Succeeded ? "ok" : "FAILED");
            }

            Console.Out.WriteLine();
            Console.Out.Write(table.ToString());
            Console.Out.WriteLine();

            Console.Out.Write(Slowest(results));

            // A part that broke as a whole counts as one failure, so that the last line never reads as a success.
            int failed = results.Sum(result => result.Succeeded ? 0 : Math.Max(1, result.Failed));
            Console.Out.WriteLine(FormattableString.Invariant($"{results.Sum(result => result.Passed)} passed, {failed} failed"));
            return failed == 0 ? 0 : 1;
        }

        private static string Slowest(List<PartResult> results)
        {
            var table = new TextTable("slowest test classes", "part", "time");
            foreach ((string part, (string name, TimeSpan time)) in results.SelectMany(result => result.Classes.Select(each => (result.Name, each))).OrderByDescending(each => each.each.Time).Take(10))
            {
                table.Add(name, part, Units.Seconds(time.TotalSeconds));
            }

            return table + "\n";
        }
    }
}
