using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace PrismLM.Examples.Tests.Tavern
{
    /// <summary>The example as its own process, in a window on a display without a screen.</summary>
    internal sealed class TavernRun
    {
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

        private TavernRun(int code, string output, string errors, JsonElement report)
        {
            Code = code;
            Output = output;
            Errors = errors;
            Report = report;
        }

        public int Code { get; }

        public string Output { get; }

        public string Errors { get; }

        public JsonElement Report { get; }

        public static TavernRun Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
        {
            string report = Path.Combine(folder, "report.json");
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PrismLM.Tavern.dll"));
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            start.ArgumentList.Add("--report");
            start.ArgumentList.Add(report);
            foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
            {
                start.Environment[name] = value;
            }

            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new TimeoutException("The tavern did not end within five minutes.");
            }

            process.WaitForExit();
            JsonElement root = File.Exists(report) ? JsonDocument.Parse(File.ReadAllText(report)).RootElement : default;
            return new TavernRun(process.ExitCode, output.Result, errors.Result, root);
        }
    }
}
