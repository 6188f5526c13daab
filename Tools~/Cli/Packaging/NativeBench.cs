using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Packaging
{
    /// <summary>Compiles Benchmarks~/DeviceBench to native code, and runs it.</summary>
    internal static class NativeBench
    {
        private const string Name = "prism-device-bench";

        /// <returns>The executable, inside .artifacts.</returns>
        public static async Task<string> PublishAsync(string log, CancellationToken cancellation)
        {
            string folder = RepositoryRoot.Combine(".artifacts", "native-bench");
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = RepositoryRoot.Path };
            foreach (string argument in new[] { "publish", Path.Combine("Benchmarks~", "DeviceBench"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, "-v", "quiet", "--nologo" })
            {
                start.ArgumentList.Add(argument);
            }

            // The linker is driven by a C compiler; clang is what .NET looks for, any other does as well.
            if (OperatingSystem.IsLinux() && !OnPath("clang") && OnPath("gcc"))
            {
                start.ArgumentList.Add("-p:CppCompilerAndLinker=gcc");
            }

            using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
            await using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill(entireProcessTree: true));
            process.StandardInput.Close();
            Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
            string text = await process.StandardOutput.ReadToEndAsync(CancellationToken.None).ConfigureAwait(false) + await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            Directory.CreateDirectory(Path.GetDirectoryName(log)!);
            await File.WriteAllTextAsync(log, text, cancellation).ConfigureAwait(false);
            if (process.ExitCode != 0)
            {
                string problem = text.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))?.Trim() ?? FormattableString.Invariant($"exit code {process.ExitCode}");
                throw new InputException("dotnet publish", problem, "a native executable", "it needs a C compiler and zlib: sudo apt-get install clang zlib1g-dev; whole log: " + log);
            }

            return Path.Combine(folder, OperatingSystem.IsWindows() ? Name + ".exe" : Name);
        }

        /// <summary>Runs the kernel tests; what they print goes to standard output.</summary>
        public static async Task<int> TestAsync(string executable, CancellationToken cancellation)
        {
            using Process process = Process.Start(new ProcessStartInfo(executable, "test") { UseShellExecute = false }) ?? throw new Win32Exception();
            await using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill());
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return process.ExitCode;
        }

        private static bool OnPath(string program) =>
            (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));
    }
}
