using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace PrismLM.Cli.Packaging
{
    /// <summary>What a finished program left behind: exit code, and everything it printed.</summary>
    internal sealed record ProgramResult(int Code, string Text)
    {
        /// <summary>The line that says what went wrong, without the path of the project.</summary>
        public string Problem =>
            Text.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))?.Split(" [", 2)[0].Trim() ?? FormattableString.Invariant($"exit code {Code}");
    }

    /// <summary>Runs <c>dotnet</c> and other programs to their end.</summary>
    internal static class DotNet
    {
        /// <summary>Starts a program in a folder, keeps its output, and kills it with its children when cancelled. A variable of the environment whose value is null is removed.</summary>
        public static async Task<ProgramResult> RunAsync(
            string program, string folder, IEnumerable<string> arguments, CancellationToken cancellation, IReadOnlyDictionary<string, string?>? environment = null)
        {
            var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = folder };
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            foreach ((string name, string? value) in environment ?? new Dictionary<string, string?>())
            {
                start.Environment[name] = value;
            }

            using Process process = Process.Start(start) ?? throw new InvalidOperationException(program + " did not start.");
            await using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            string text = await process.StandardOutput.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false) + await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return new ProgramResult(process.ExitCode, text);
        }

        /// <summary>The linker of native code is driven by a C compiler; clang is what .NET looks for, any other does as well.</summary>
        public static IEnumerable<string> NativeLinker() =>
            OperatingSystem.IsLinux() && !OnPath("clang") && OnPath("gcc") ? new[] { "-p:CppCompilerAndLinker=gcc" } : Array.Empty<string>();

        private static bool OnPath(string program) =>
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
    }
}
