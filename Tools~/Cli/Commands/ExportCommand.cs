using System;
using System.CommandLine;
using System.IO;
using PrismLM.Benchmarks;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Export;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism export SOURCE OUTPUT</c>: a run's last saved weights as the one file that a game loads, or such a file in another number format.</summary>
    internal static class ExportCommand
    {
        public static Command Create()
        {
            var run = new Argument<string>("SOURCE") { Description = "A run's folder, or a Prism checkpoint to store in another number format." };
            var output = new Argument<string>("OUTPUT") { Description = "The Prism checkpoint to write (.safetensors)." };
            var weights = new Option<string>("--weights") { Description = $"Number format of the matrices: {WeightNames.Allowed}.", DefaultValueFactory = _ => "f16" };
            var name = new Option<string?>("--name") { Description = "What the model is called; the file's name by default." };
            var licence = new Option<string>("--licence") { Description = "Licence of the weights, as an SPDX identifier; your choice, within what the data's licences allow.", DefaultValueFactory = _ => "" };
            var force = new Option<bool>("--force") { Description = "Replace OUTPUT if it exists." };
            var command = new Command("export", "Write a training run's weights as one file, with tokenizer, licences and hash inside.") { run, output, weights, name, licence, force };
            command.SetAction(parsed =>
            {
                string source = parsed.GetRequiredValue(run);
                string target = OutputPath.Check(parsed.GetRequiredValue(output), parsed.GetValue(force));
                string formatName = parsed.GetValue(weights) ?? "";
                if (!WeightNames.TryParse(formatName, out WeightFormat format))
                {
                    throw new InputException("--weights", formatName, WeightNames.Allowed, "f16 loses nothing that can be measured");
                }

                if (File.Exists(source))
                {
                    Convert(source, target, format, parsed.GetValue(name), parsed.GetValue(licence) ?? "");
                    Console.Out.WriteLine($"{target}: {Units.Bytes(new FileInfo(target).Length)}");
                    return 0;
                }

                Terminal.Progress("Exporting", _ => TorchBackend.Require("export", "prism doctor says what to do", () =>
                {
                    try
                    {
                        Exporter.Export(source, target, format, parsed.GetValue(name), parsed.GetValue(licence) ?? "");
                    }
                    catch (NotSupportedException baseline)
                    {
                        throw new InputException(source, baseline.Message, "a run of a Prism preset", "its validation loss is in metrics.jsonl");
                    }
                    catch (InvalidOperationException nothingSaved)
                    {
                        throw new InputException(source, nothingSaved.Message, "a run with a saved state", "wait for it, or stop the run: it saves when it stops");
                    }

                    return true;
                }));
                Console.Out.WriteLine($"{target}: {Units.Bytes(new FileInfo(target).Length)}");
                return 0;
            });
            return command;
        }

        private static void Convert(string source, string target, WeightFormat format, string? name, string licence)
        {
            PrismCheckpoint checkpoint = ModelLocator.Load(source);
            if (format < checkpoint.WeightFormat)
            {
                throw new InputException(source, WeightNames.Of(checkpoint.WeightFormat) + " weights", "a coarser format than that", "what a format has lost does not come back: export from the run, or from a finer file");
            }

            CheckpointInfo info = checkpoint.Info with { Name = name ?? checkpoint.Info.Name, WeightLicence = licence.Length > 0 ? licence : checkpoint.Info.WeightLicence };
            CheckpointWriter.From(checkpoint, format, info).Save(target);
        }
    }
}
