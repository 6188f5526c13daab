using System;
using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using PrismLM.Cli.Commands;
using PrismLM.Cli.Output;

namespace PrismLM.Cli
{
    /// <summary>Exit codes: 0 all went well; 1 something inside failed; 2 the input is wrong, with one line on standard error and nothing changed; 130 interrupted.</summary>
    internal static class Program
    {
        private static async Task<int> Main(string[] arguments)
        {
            // Files, numbers and machine-readable output are the same under every culture of the machine; the suite proves it for the libraries themselves.
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

            ParseResult parsed = CreateRoot().Parse(arguments);
            string command = parsed.CommandResult.Command.Name;
            if (parsed.Action is ParseErrorAction)
            {
                string found = parsed.Errors.Count > 0 ? MissingArguments(parsed) ?? parsed.Errors[0].Message.TrimEnd('.') : "no command";
                string help = parsed.CommandResult.Command is RootCommand ? "prism --help" : $"prism {command} --help";
                return ErrorLine.Write(command, $"{found}. Hint: {help} lists what is allowed.", 2);
            }

            // The library listens to signals only once a command has returned its task; ours compute before they return.
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
            using var interruption = new Interruption();
            try
            {
                return await parsed.InvokeAsync(configuration, interruption.Token).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                return ErrorLine.Report(command, exception, arguments.Contains("--debug"));
            }
        }

        /// <summary>The library says that an argument is missing, not which one.</summary>
        private static string? MissingArguments(ParseResult parsed)
        {
            string[] missing = parsed.CommandResult.Command.Arguments
                .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 }).Select(argument => argument.Name).ToArray();
            return missing.Length > 0 && parsed.UnmatchedTokens.Count == 0 ? "missing argument " + string.Join(" and ", missing) : null;
        }

        internal static RootCommand CreateRoot()
        {
            var root = new RootCommand("Prism: train a small language model, export it as one file, and let NPCs talk on Vulkan.");
            foreach (Command command in CommandCatalog.All())
            {
                root.Subcommands.Add(command);
            }

            root.Options.Add(new Option<bool>("--debug") { Description = "Show the stack trace of an internal error.", Recursive = true });
            root.SetAction(parsed =>
            {
                parsed.InvocationConfiguration.Output.WriteLine("Say what to do: prism --help lists the commands; prism demo shows what this is.");
                return 0;
            });
            return root;
        }
    }
}
