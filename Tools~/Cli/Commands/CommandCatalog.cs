using System.Collections.Generic;
using System.CommandLine;

namespace PrismLM.Cli.Commands
{
    /// <summary>Every command, in the order of the help.</summary>
    internal static class CommandCatalog
    {
        public static IEnumerable<Command> All()
        {
            yield return DemoCommand.Create();
            yield return TavernCommand.Create();
            yield return TestCommand.Create();
            yield return ChatCommand.Create();
            yield return ReplayCommand.Create();
            yield return GenerateCommand.Create();
            yield return TrainCommand.Create();
            yield return TokenizerCommand.Create();
            yield return EvalCommand.Create();
            yield return ExportCommand.Create();
            yield return ImportCommand.Create();
            yield return InspectCommand.Create();
            yield return BenchCommand.Create();
            yield return PublishBenchCommand.Create();
            yield return PackCommand.Create();
            yield return DoctorCommand.Create();
            yield return ShadersCommand.Create();
            yield return MetaCommand.Create();
        }
    }
}
