using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using NUnit.Framework;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>What a finished command left behind.</summary>
    /// <param name="Code">Exit code.</param>
    /// <param name="Output">Standard output.</param>
    /// <param name="Errors">Standard error.</param>
    /// <param name="Validated">It used Vulkan, through the validation layer.</param>
    internal sealed record CliResult(int Code, string Output, string Errors, bool Validated)
    {
        public string[] ErrorLines => Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>
    /// Runs the built command line tool as its users do: another process, standard streams that are no terminal. Its Vulkan goes through the validation layer,
    /// whose every message fails the test.
    /// </summary>
    internal static class CliProcess
    {
        private const int LimitMilliseconds = 180_000;

        public static CliResult Run(string workingFolder, params string[] arguments) => RunWith("", workingFolder, arguments);

        public static CliResult RunWith(string input, string workingFolder, params string[] arguments) => Finish(StartInfo(workingFolder, arguments), input);

        private static CliResult Finish(ProcessStartInfo start, string input)
        {
            using var validation = new ValidationLog();
            validation.TurnOn(start);
            using Process process = Start(start);
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(LimitMilliseconds))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"prism {string.Join(' ', start.ArgumentList)} did not end within {LimitMilliseconds / 1000} s.");
            }

            Assert.That(validation.Read(), Is.Empty, $"messages of the validation layer; prism {string.Join(' ', start.ArgumentList)}");
            return new CliResult(process.ExitCode, output.Result, errors.Result, validation.WasLoaded);
        }

        /// <summary>Runs a command with one more environment variable.</summary>
        public static CliResult RunIn((string Name, string Value) environment, string workingFolder, params string[] arguments)
        {
            ProcessStartInfo start = StartInfo(workingFolder, arguments);
            start.Environment[environment.Name] = environment.Value;
            return Finish(start, "");
        }

        /// <summary>Starts a command and leaves its standard streams to the caller. It hears Ctrl-C, also where the suite itself was started in the background, which makes all its children deaf to it.</summary>
        public static Process Start(string workingFolder, params string[] arguments)
        {
            ProcessStartInfo start = StartInfo(workingFolder, arguments);
            if (OperatingSystem.IsLinux())
            {
                start.ArgumentList.Insert(0, start.FileName);
                start.ArgumentList.Insert(0, "--default-signal=INT");
                start.FileName = "env";
            }

            return Start(start);
        }

        private static Process Start(ProcessStartInfo start) => Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");

        private static ProcessStartInfo StartInfo(string workingFolder, string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
                WorkingDirectory = workingFolder,
            };
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "prism.dll"));
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            if (!string.IsNullOrEmpty(TestCulture.Requested))
            {
                start.Environment["LC_ALL"] = TestCulture.Requested.Replace('-', '_') + ".UTF-8";
            }

            return start;
        }
    }
}
