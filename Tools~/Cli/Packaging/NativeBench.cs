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
            string[] arguments = { "publish", Path.Combine("Benchmarks~", "DeviceBench"), "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", folder, "-v", "quiet", "--nologo" };
            ProgramResult result = await DotNet.RunAsync("dotnet", RepositoryRoot.Path, arguments.Concat(DotNet.NativeLinker()), cancellation).ConfigureAwait(false);
            Directory.CreateDirectory(Path.GetDirectoryName(log)!);
            await File.WriteAllTextAsync(log, result.Text, cancellation).ConfigureAwait(false);
            if (result.Code != 0)
            {
                throw new InputException("dotnet publish", result.Problem, "a native executable", "it needs a C compiler and zlib: sudo apt-get install clang zlib1g-dev; whole log: " + log);
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
    }
}
