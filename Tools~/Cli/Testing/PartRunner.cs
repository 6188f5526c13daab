using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace PrismLM.Cli.Testing
{
    /// <summary>Runs one part in its own process, writes what it prints to a log, and never waits for ever.</summary>
    internal static class PartRunner
    {
        public static async Task<PartResult> RunAsync(TestPart part, string folder, TimeSpan limit, CancellationToken cancellation)
        {
            string log = Path.Combine(folder, part.Key + ".log");
            string result = Path.Combine(folder, part.Key + ".trx");
            File.Delete(result);
            var start = new ProcessStartInfo(part.FileName) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, WorkingDirectory = RepositoryRoot.Path };
            foreach (string argument in part.Arguments)
            {
                start.ArgumentList.Add(argument);
            }

            foreach ((string name, string value) in part.Environment)
            {
                start.Environment[name] = value;
            }

            var watch = Stopwatch.StartNew();
            try
            {
                part.Prepare?.Invoke();
            }
            catch (IOException exception)
            {
                return new PartResult(part.Name, 0, 0, 0, watch.Elapsed) { Problem = exception.Message };
            }

            using Process? process = Start(start, out string? problem);
            if (process is null)
            {
                return new PartResult(part.Name, 0, 0, 0, watch.Elapsed) { Problem = problem };
            }

            process.StandardInput.Close();
            bool timedOut = false;
            await using (var writer = new StreamWriter(log))
            {
                Task output = CopyAsync(process.StandardOutput, writer);
                Task errors = CopyAsync(process.StandardError, writer);
                using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                timer.CancelAfter(limit);
                try
                {
                    await process.WaitForExitAsync(timer.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    process.Kill(entireProcessTree: true);
                    cancellation.ThrowIfCancellationRequested();
                    timedOut = true;
                }

                // A grandchild that outlives its parent may hold the pipes open: what it would still say is not worth waiting for.
                await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(TimeSpan.FromSeconds(5), cancellation)).ConfigureAwait(false);
                lock (writer)
                {
                    writer.Flush();
                }
            }

            if (timedOut)
            {
                return new PartResult(part.Name, 0, 0, 0, watch.Elapsed) { Problem = FormattableString.Invariant($"stopped after {limit.TotalMinutes:F1} minutes; see {log}") };
            }

            return part.Read(new PartOutput(part, process.ExitCode, timedOut, watch.Elapsed, log, result));
        }

        private static Process? Start(ProcessStartInfo start, out string? problem)
        {
            try
            {
                problem = null;
                return Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
            }
            catch (Win32Exception exception)
            {
                problem = $"{start.FileName} does not start: {exception.Message}. Hint: ./prism installs it on Debian as root; prism doctor says what is missing.";
                return null;
            }
        }

        private static async Task CopyAsync(StreamReader reader, StreamWriter writer)
        {
            while (await reader.ReadLineAsync().ConfigureAwait(false) is string line)
            {
                lock (writer)
                {
                    writer.WriteLine(line);
                }
            }
        }
    }
}
