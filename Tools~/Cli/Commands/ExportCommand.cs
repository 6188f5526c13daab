using System;
using System.CommandLine;
using System.IO;
using PrismLM.Cli.Output;
using PrismLM.Cli.Running;
using PrismLM.Core.Checkpoints;
using PrismLM.Training.Export;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism export RUN OUTPUT</c>: a run's last saved weights as the one file that a game loads.</summary>
    internal static class ExportCommand
    {
        public static Command Create()
        {
            var run = new Argument<string>("RUN") { Description = "A run's folder." };
            var output = new Argument<string>("OUTPUT") { Description = "The Prism checkpoint to write (.safetensors)." };
            var format = new Option<WeightFormat>("--format") { Description = "Number format of the matrices.", DefaultValueFactory = _ => WeightFormat.Float16 };
            var name = new Option<string?>("--name") { Description = "What the model is called; the file's name by default." };
            var licence = new Option<string>("--licence") { Description = "Licence of the weights, as an SPDX identifier; your choice, within what the data's licences allow.", DefaultValueFactory = _ => "" };
            var force = new Option<bool>("--force") { Description = "Replace OUTPUT if it exists." };
            var command = new Command("export", "Write a training run's weights as one file, with tokenizer, licences and hash inside.") { run, output, format, name, licence, force };
            command.SetAction(parsed =>
            {
                string source = parsed.GetRequiredValue(run);
                string target = OutputPath.Check(parsed.GetRequiredValue(output), parsed.GetValue(force));
                Terminal.Progress("Exporting", _ => TorchBackend.Require("export", "prism doctor says what to do", () =>
                {
                    try
                    {
                        Exporter.Export(source, target, parsed.GetValue(format), parsed.GetValue(name), parsed.GetValue(licence) ?? "");
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
    }
}
