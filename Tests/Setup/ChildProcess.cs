#if NET5_0_OR_GREATER
using System;
using System.Diagnostics;
using System.IO;
using PrismLM.Dialogue;
using PrismLM.Tests.Dialogue;
using PrismLM.Tests.Hosting;

namespace PrismLM.Tests
{
    /// <summary>This assembly as a program: what tests need in another process, to kill it, or because nothing of this one may be known there.</summary>
    internal static class ChildProcess
    {
        public const string WriteSaves = "write-saves";
        public const string GoOn = "go-on";

        /// <summary>Starts it; the caller ends it.</summary>
        public static Process Start(string job, string path)
        {
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "PrismLM.Tests.dll"));
            start.ArgumentList.Add(job);
            start.ArgumentList.Add(path);
            return Process.Start(start)!;
        }

        public static int Main(string[] arguments)
        {
            if (arguments.Length == 2 && arguments[0] == WriteSaves)
            {
                // Until it is killed.
                for (int number = 0; number < 100_000; number++)
                {
                    SaveFile.Write(arguments[1], SaveFileKillTests.Content(number));
                    Console.WriteLine(number);
                    Console.Out.Flush();
                }
            }
            else if (arguments.Length == 2 && arguments[0] == GoOn)
            {
                Console.WriteLine(SavedReplyTests.Rest(File.ReadAllBytes(arguments[1])));
                return 0;
            }

            Console.Error.WriteLine("A job for the tests, and its file. To run the tests: dotnet test Tests");
            return 2;
        }
    }
}
#endif
