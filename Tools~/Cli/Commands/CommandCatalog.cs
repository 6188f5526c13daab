using System.Collections.Generic;
using System.CommandLine;

namespace PrismLM.Cli.Commands
{
    /// <summary>Every command, in the order of the help.</summary>
    internal static class CommandCatalog
    {
        public static IEnumerable<Command> All()
        {
            yield return TestCommand.Create();
            yield return InspectCommand.Create();
            yield return DoctorCommand.Create();
            yield return ShadersCommand.Create();
            yield return MetaCommand.Create();
        }
    }
}
