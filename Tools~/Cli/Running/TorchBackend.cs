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
        public static ILanguageModel Open(PrismCheckpoint checkpoint) => Require("--backend torch", "prism doctor says what to do; vulkan and reference need none", () => new TorchLanguageModel(checkpoint));

        /// <summary>Runs what needs TorchSharp; that it does not load is something the machine's owner can change.</summary>
        public static T Require<T>(string where, string hint, Func<T> work)
        {
            try
            {
                return work();
            }
            catch (Exception exception) when (exception is TypeInitializationException or DllNotFoundException)
            {
                throw new InputException(where, (exception.InnerException ?? exception).Message, "a TorchSharp that loads", hint);
            }
        }
    }
}
