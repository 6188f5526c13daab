using System;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Data;
using TorchSharp;

namespace PrismLM.Training.Train
{
    /// <summary>What a run is made of, read and checked, before anything of it is written.</summary>
    internal sealed record RunPlan(TrainingOptions Options, DataList Data, byte[] TokenizerJson)
    {
        public BpeTokenizer Tokenizer { get; } = BpeTokenizer.FromJson(TokenizerJson);

        public SpecialTokens Special => DialogueFormat.FindSpecialTokens(Tokenizer);

        /// <summary>The plan of a new run. What this machine decides (the number of threads) is decided here, once.</summary>
        /// <exception cref="ArgumentException">An option is out of range, or this machine has no such device.</exception>
        /// <exception cref="InvalidDataException">The data list or a file that it names is wrong.</exception>
        public static RunPlan New(TrainingOptions options)
        {
            options.Validate();
            var list = DataList.Load(options.DataFile);
            return new RunPlan(options with { Threads = ThreadCount(options) }, list, File.ReadAllBytes(list.Tokenizer)).Checked();
        }

        /// <summary>The plan of a run in its folder.</summary>
        public static RunPlan Of(RunFolder folder)
        {
            var options = folder.ReadOptions();
            options.Validate();
            return new RunPlan(options, folder.ReadData(), folder.ReadTokenizerJson()).Checked();
        }

        /// <summary>A step's bits depend on the number of workers, so a run keeps the one it began with.</summary>
        public static int ThreadCount(TrainingOptions options) => options.Threads > 0 ? options.Threads : Environment.ProcessorCount;

        private RunPlan Checked()
        {
            // Throws when the tokenizer lacks one.
            _ = Special;
            if (Options.Device == "cuda" && !torch.cuda.is_available())
            {
                throw new ArgumentException("Training option Device is 'cuda'; TorchSharp finds no CUDA device here. Train with cpu, or build with -p:TorchBackend=cuda on a machine that has one.");
            }

            return this;
        }
    }
}
