using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;

namespace PrismLM.Cli.Running
{
    /// <summary>The trainer's model as a language model.</summary>
    internal static class TorchBackend
    {
        public static ILanguageModel Open(PrismCheckpoint checkpoint) =>
            throw new InputException("--backend", "torch for " + checkpoint.Info.Name, "vulkan or reference", "the TorchSharp backend is not wired up yet");
    }
}
