using System;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Training.Evaluation;

namespace PrismLM.Cli.Running
{
    /// <summary>The trainer's model as a language model.</summary>
    internal static class TorchBackend
    {
        public static ILanguageModel Open(PrismCheckpoint checkpoint)
        {
            try
            {
                return new TorchLanguageModel(checkpoint);
            }
            catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException)
            {
                string found = (exception.InnerException ?? exception).Message;
                throw new InputException("--backend torch", found, "a TorchSharp that loads", "prism doctor says what to do; vulkan and reference need none");
            }
        }
    }
}
