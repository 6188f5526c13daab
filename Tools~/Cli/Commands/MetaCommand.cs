using System;
using System.CommandLine;
using PrismLM.Cli.Packaging;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism meta</c>: writes the .meta files that Unity needs beside everything it sees.</summary>
    internal static class MetaCommand
    {
        public static Command Create()
        {
            var check = new Option<bool>("--check") { Description = "Change nothing; exit code 2 when a file is missing or left over." };
            var command = new Command("meta", "Write the Unity .meta file of every visible file and folder; the GUID is a hash of the path.") { check };
            command.SetAction(parsed => Run(parsed.GetValue(check)));
            return command;
        }

        private static int Run(bool checkOnly)
        {
            MetaPlan plan = MetaFiles.Plan(RepositoryRoot.Path);
            foreach (string path in plan.Missing)
            {
                Console.Out.WriteLine($"{(checkOnly ? "missing" : "new")} {path}");
            }

            foreach (string path in plan.LeftOver)
            {
                Console.Out.WriteLine($"{(checkOnly ? "left over" : "removed")} {path}");
            }

            if (checkOnly)
            {
                return plan.Missing.Count + plan.LeftOver.Count == 0 ? 0 : 2;
            }

            MetaFiles.Apply(RepositoryRoot.Path, plan);
            Console.Out.WriteLine(FormattableString.Invariant($"{plan.Present} in place, {plan.Missing.Count} written, {plan.LeftOver.Count} removed"));
            return 0;
        }
    }
}
