using System;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism tavern</c>: starts the example game, a program of its own, and hands its exit code on.</summary>
    internal static class TavernCommand
    {
        public static Command Create()
        {
            var options = new Argument<string[]>("options")
            {
                Description = "For the game: --script --frames N --npcs N --budget MS --adopt --bare --measure --screenshot FILE --report FILE --model FILE.",
                Arity = ArgumentArity.ZeroOrMore,
            };
            var command = new Command("tavern", "A small game in a window: a tavern whose guests walk about, talk and answer the player.") { options };
            command.TreatUnmatchedTokensAsErrors = false;
            command.SetAction((parsed, cancellation) => RunAsync(Arguments(parsed), cancellation));
            return command;
        }

        /// <summary>What follows the command's name, as it was written.</summary>
        private static string[] Arguments(ParseResult parsed)
        {
            var all = new string[parsed.Tokens.Count];
            int first = 0;
            for (int i = 0; i < all.Length; i++)
            {
                all[i] = parsed.Tokens[i].Value;
                first = first == 0 && all[i] == "tavern" ? i + 1 : first;
            }

            return all[first..];
        }

        private static async Task<int> RunAsync(string[] arguments, CancellationToken cancellation)
        {
            string game = RepositoryRoot.Combine(".artifacts", "bin", "PrismLM.Tavern", "release", "PrismLM.Tavern.dll");
            if (!File.Exists(game))
            {
                throw new InputException("the example game", "it is not built: no " + game, "a built example", "start it with ./prism tavern, or build Examples~/Tavern with -c Release");
            }

            var start = new ProcessStartInfo("dotnet");
            start.ArgumentList.Add("exec");
            start.ArgumentList.Add(game);
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
            using CancellationTokenRegistration ends = cancellation.Register(() => process.Kill());
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            return process.ExitCode;
        }
    }
}
