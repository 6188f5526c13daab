using System;
using System.CommandLine;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism shaders</c>: compiles the kernel packs. The work is done by Tools~/KernelPack, which must build while the Vulkan project, stale as it is, does not.</summary>
    internal static class ShadersCommand
    {
        public static Command Create()
        {
            var command = new Command("shaders", "Compile Shaders/*.comp with glslc into the committed kernel packs.");
            command.SetAction((_, cancellation) => RunAsync(cancellation));
            return command;
        }

        private static async Task<int> RunAsync(CancellationToken cancellation)
        {
            var start = new ProcessStartInfo("dotnet") { WorkingDirectory = RepositoryRoot.Path };
            foreach (string argument in new[] { "run", "--project", RepositoryRoot.Combine("Tools~", "KernelPack"), "-c", "Release" })
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
            try
            {
                await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            if (process.ExitCode == 0)
            {
                Terminal.Note("Commit the packs together with the shaders.");
            }

            return process.ExitCode;
        }
    }
}
