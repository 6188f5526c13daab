using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using PrismLM.Benchmarks.Figures;
using PrismLM.Cli.Output;
using PrismLM.Vulkan.Device;

namespace PrismLM.Cli.Bench
{
    /// <summary>
    /// Measures a load in a process of its own, as a game would start: nothing is compiled or cached in memory yet. Our pipeline cache and the driver's own shader cache
    /// (Mesa keeps one in the user's folder) go into a given folder, so that an empty folder is a cold start and a filled one a warm start.
    /// </summary>
    internal static class LoadProcess
    {
        private const int LimitMilliseconds = 300_000;

        public static LoadFigures Measure(string file, string? device, string caches, CancellationToken cancellation)
        {
            string host = Environment.ProcessPath ?? "dotnet";
            var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
            string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? new[] { "exec", typeof(LoadProcess).Assembly.Location } : Array.Empty<string>();
            foreach (string argument in program.Concat(new[] { "bench", Path.GetFullPath(file), "--load-only", Path.Combine(caches, "prism") }))
            {
                start.ArgumentList.Add(argument);
            }

            if (device is not null)
            {
                start.ArgumentList.Add("--device");
                start.ArgumentList.Add(device);
            }

            foreach (string variable in new[] { "MESA_SHADER_CACHE_DIR", "MESA_GLSL_CACHE_DIR", "__GL_SHADER_DISK_CACHE_PATH" })
            {
                start.Environment[variable] = caches;
            }

            using Process process = Process.Start(start) ?? throw new InvalidOperationException("The load measurement did not start.");
            using CancellationTokenRegistration stop = cancellation.Register(() => process.Kill());
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            string errors = process.StandardError.ReadToEnd();
            if (!process.WaitForExit(LimitMilliseconds))
            {
                process.Kill();
            }

            cancellation.ThrowIfCancellationRequested();
            return process.ExitCode == 0
                ? JsonSerializer.Deserialize<LoadFigures>(output, JsonOutput.Options)!
                : throw new InvalidDataException("The load measurement failed: " + errors.Trim());
        }

        public static VulkanDeviceOptions Options(string? device, string pipelines) => new VulkanDeviceOptions { AllowSoftware = true, PreferredDevice = device, PipelineCacheFolder = pipelines };
    }
}
