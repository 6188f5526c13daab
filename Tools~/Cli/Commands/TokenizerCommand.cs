using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Data;
using PrismLM.Training.Tokenization;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism tokenizer FILE...</c>: learns a vocabulary, the first step of a training run.</summary>
    internal static class TokenizerCommand
    {
        public static Command Create()
        {
            var files = new Argument<string[]>("FILE") { Description = "Text files; documents are separated by a line <|endoftext|>.", Arity = ArgumentArity.OneOrMore };
            var output = new Option<string>("--output") { Description = "The tokenizer.json to write.", Required = true };
            var size = new Option<int>("--vocabulary") { Description = "Tokens, the special ones included.", DefaultValueFactory = _ => 4096 };
            var force = new Option<bool>("--force") { Description = "Replace the output if it exists." };
            var command = new Command("tokenizer", "Learn a byte-level BPE vocabulary from text files.") { files, output, size, force };
            command.SetAction((parsed, cancellation) => Task.FromResult(
                Run(parsed.GetRequiredValue(files), OutputPath.Check(parsed.GetRequiredValue(output), parsed.GetValue(force)), parsed.GetValue(size), cancellation)));
            return command;
        }

        private static int Run(string[] files, string output, int size, CancellationToken cancellation)
        {
            string? missing = files.FirstOrDefault(file => !File.Exists(file));
            if (missing is not null)
            {
                throw new InputException(missing, "no such file", "a text file", "check the path");
            }

            BpeTokenizer tokenizer = Terminal.Progress(
                "Learning a vocabulary", progress => BpeTrainer.Train(files.SelectMany(TextDocuments.Read), size, DialogueFormat.SpecialTokenNames, progress, cancellation));
            byte[] json = tokenizer.ToJson();
            AtomicFile.Write(output, stream => stream.Write(json));
            Console.Out.WriteLine($"{output}: {Units.Count(tokenizer.VocabularySize)} tokens");
            return 0;
        }
    }
}
