using System;
using System.CommandLine;
using System.IO;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Checkpoints.Import;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism import llama2c MODEL TOKENIZER OUTPUT</c>: other people's checkpoints as Prism checkpoints.</summary>
    internal static class ImportCommand
    {
        public static Command Create()
        {
            var model = new Argument<string>("MODEL") { Description = "llama2.c's model.bin." };
            var tokenizer = new Argument<string>("TOKENIZER") { Description = "The tokenizer.bin that belongs to it." };
            var output = new Argument<string>("OUTPUT") { Description = "The Prism checkpoint to write (.safetensors)." };
            var name = new Option<string?>("--name") { Description = "What the model is called; the file's name by default." };
            var licence = new Option<string>("--licence") { Description = "Licence of the weights, as an SPDX identifier.", DefaultValueFactory = _ => "" };
            var data = new Option<string[]>("--data-licence") { Description = "A data set and its licence; may be given several times." };
            var force = new Option<bool>("--force") { Description = "Replace OUTPUT if it exists." };
            var llama = new Command("llama2c", "Import a llama2.c checkpoint (a Llama) as float32 with a float32 KV cache.") { model, tokenizer, output, name, licence, data, force };
            llama.SetAction(parsed =>
            {
                string source = parsed.GetRequiredValue(model);
                string target = OutputPath.Check(parsed.GetRequiredValue(output), parsed.GetValue(force));
                var info = new CheckpointInfo
                {
                    Name = parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(source),
                    WeightLicence = parsed.GetValue(licence) ?? "",
                    DataLicences = parsed.GetValue(data) ?? Array.Empty<string>(),
                    TrainingSummary = "Imported from a llama2.c checkpoint.",
                };
                Terminal.Progress("Importing", progress =>
                {
                    CheckpointWriter writer = Llama2cImporter.Import(source, parsed.GetRequiredValue(tokenizer), info);
                    progress.Report(0.5);
                    writer.Save(target);
                    return true;
                });
                Console.Out.WriteLine($"{target}: {Units.Bytes(new FileInfo(target).Length)}");
                return 0;
            });
            return new Command("import", "Turn a checkpoint of another program into a Prism checkpoint.") { llama };
        }
    }
}
