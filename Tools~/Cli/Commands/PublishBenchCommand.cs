using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Packaging;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism publish-bench</c>: kernel tests and benchmark as one native executable.</summary>
    internal static class PublishBenchCommand
    {
        public static Command Create()
        {
            var output = new Argument<string?>("OUTPUT") { Description = "Where to put it; .artifacts/prism-device-bench by default.", Arity = ArgumentArity.ZeroOrOne };
            var test = new Option<bool>("--test") { Description = "Run its kernel tests afterwards; the last line is N passed, N failed." };
            var command = new Command("publish-bench", "Make one native executable of the kernel tests and the benchmark: it needs a Vulkan driver and nothing else.") { output, test };
            command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(output), parsed.GetValue(test), cancellation));
            return command;
        }

        private static async Task<int> RunAsync(string? output, bool test, CancellationToken cancellation)
        {
            string extension = OperatingSystem.IsWindows() ? ".exe" : "";
            string target = output is null ? RepositoryRoot.Combine(".artifacts", "prism-device-bench" + extension) : OutputPath.Check(output, replace: true);
            string log = RepositoryRoot.Combine(".artifacts", "publish-bench.log");
            string executable = await Terminal.SpinAsync("Compiling to native code", () => NativeBench.PublishAsync(log, cancellation)).ConfigureAwait(false);
            File.Copy(executable, target, overwrite: true);
            Console.Out.WriteLine($"{target}: {Units.Bytes(new FileInfo(target).Length)}");
            return test ? await NativeBench.TestAsync(target, cancellation).ConfigureAwait(false) : 0;
        }
    }
}
