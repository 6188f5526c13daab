using System;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.Json;
using PrismLM.Cli.Output;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Cli.Commands
{
    /// <summary><c>prism inspect FILE</c>: what a model file is.</summary>
    internal static class InspectCommand
    {
        public static Command Create()
        {
            var file = new Argument<string>("FILE") { Description = "A Prism checkpoint (.safetensors)." };
            var json = new Option<bool>("--json") { Description = "Print one JSON object." };
            var command = new Command("inspect", "Show a model file: architecture, tensors, sizes, licences, hash.") { file, json };
            command.SetAction(parsed =>
            {
                string path = parsed.GetRequiredValue(file);
                CheckpointSummary summary = Terminal.Progress("Reading " + Path.GetFileName(path), progress => CheckpointSummary.Create(PrismCheckpoint.Load(path, progress)));
                Console.Out.Write(parsed.GetValue(json) ? Json(summary) : Text(path, summary));
                return 0;
            });
            return command;
        }

        private static string Text(string path, CheckpointSummary summary)
        {
            PrismCheckpoint checkpoint = summary.Checkpoint;
            ModelConfig config = checkpoint.Config;
            var facts = new FactList(Path.GetFileName(path));
            facts.Add("name", checkpoint.Info.Name);
            facts.Add("architecture", Architecture(config));
            facts.Add("parameters", config.IsMixture ? $"{Units.Count(summary.Parameters)} ({Units.Count(summary.ActiveParameters)} active per token)" : Units.Count(summary.Parameters));
            facts.Add("vocabulary", $"{Units.Count(config.Vocabulary)} tokens, {(config.Tied ? "tied" : "untied")} output");
            facts.Add("context", $"{Units.Count(config.Context)} positions");
            facts.Add("weights", $"{checkpoint.WeightFormat}, {Units.Bytes(summary.TensorBytes)}");
            facts.Add("KV cache", $"{(checkpoint.KvFloat32 ? "Float32" : "Float16")}, {Units.Bytes(summary.KvBytesPerToken)} a token, {Units.Bytes(summary.KvBytesPerToken * config.Context)} a full sequence");
            facts.Add("languages", string.Join(", ", config.Languages));
            facts.Add("dialogue", config.DialogueFormat > 0 ? FormattableString.Invariant($"format {config.DialogueFormat}") : "none: this model continues text");
            facts.Add("weight licence", checkpoint.Info.WeightLicence);
            foreach (string licence in checkpoint.Info.DataLicences)
            {
                facts.Add("data", licence);
            }

            facts.Add("training", checkpoint.Info.TrainingSummary);
            facts.Add("sha256", checkpoint.Sha256);
            foreach (string warning in checkpoint.Warnings)
            {
                facts.Add("warning", warning);
            }

            var table = new TextTable("tensor", "type", "shape", "size");
            foreach (TensorSummary tensor in summary.Tensors)
            {
                table.Add(tensor.Name, tensor.Type, tensor.Shape, Units.Bytes(tensor.Bytes));
            }

            return facts + "\n" + table;
        }

        private static string Architecture(ModelConfig config)
        {
            string feedForward = FormattableString.Invariant($"{config.FeedForward} {config.Hidden}") + (config.IsMixture ? FormattableString.Invariant($" x {config.Experts} experts, {config.TopK} active") : "");
            string kv = config.KvHeads == config.Heads ? "" : FormattableString.Invariant($" ({config.KvHeads} KV heads)");
            return FormattableString.Invariant($"prism, {config.Layers} layers of width {config.Dim}, {config.SignalHeads} signal + {config.NoiseHeads} noise heads x {config.HeadDim}{kv}, QKV {config.Qkv}, {feedForward}");
        }

        private static string Json(CheckpointSummary summary)
        {
            PrismCheckpoint checkpoint = summary.Checkpoint;
            return JsonSerializer.Serialize(
                new
                {
                    name = checkpoint.Info.Name,
                    config = checkpoint.Config,
                    parameters = summary.Parameters,
                    activeParameters = summary.ActiveParameters,
                    weightFormat = checkpoint.WeightFormat,
                    tensorBytes = summary.TensorBytes,
                    kvBytesPerToken = summary.KvBytesPerToken,
                    weightLicence = checkpoint.Info.WeightLicence,
                    dataLicences = checkpoint.Info.DataLicences,
                    trainingSummary = checkpoint.Info.TrainingSummary,
                    metadata = checkpoint.Info.Metadata,
                    sha256 = checkpoint.Sha256,
                    warnings = checkpoint.Warnings,
                    tensors = summary.Tensors.Select(tensor => new { name = tensor.Name, type = tensor.Type, shape = tensor.Shape, bytes = tensor.Bytes, parameters = tensor.Parameters }),
                },
                JsonOutput.Options) + "\n";
        }
    }
}
