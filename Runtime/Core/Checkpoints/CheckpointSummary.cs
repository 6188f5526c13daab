using System;
using System.Collections.Generic;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>What a checkpoint is, in numbers for people: the command line's <c>inspect</c> and the editor window show the same.</summary>
    public sealed class CheckpointSummary
    {
        private CheckpointSummary(PrismCheckpoint checkpoint)
        {
            Checkpoint = checkpoint;
            Tensors = new List<TensorSummary>();
        }

        public PrismCheckpoint Checkpoint { get; }

        /// <summary>Trained numbers; tables, scales and the tokenizer are not counted.</summary>
        public long Parameters { get; private set; }

        /// <summary>Trained numbers that take part in one token: of a mixture, the chosen experts alone.</summary>
        public long ActiveParameters { get; private set; }

        /// <summary>Bytes of all tensors in the file.</summary>
        public long TensorBytes { get; private set; }

        /// <summary>Bytes of keys and values that each token of a sequence takes.</summary>
        public long KvBytesPerToken { get; private set; }

        public IReadOnlyList<TensorSummary> Tensors { get; private set; }

        public static CheckpointSummary Create(PrismCheckpoint checkpoint)
        {
            if (checkpoint == null)
            {
                throw new ArgumentNullException(nameof(checkpoint));
            }

            var summary = new CheckpointSummary(checkpoint);
            ModelConfig config = checkpoint.Config;
            var tensors = new List<TensorSummary>();
            foreach (CheckpointTensor tensor in checkpoint.Tensors.Values)
            {
                var row = new TensorSummary(tensor, IsTrained(checkpoint, tensor) ? Weights(checkpoint, tensor) : 0);
                tensors.Add(row);
                summary.TensorBytes += tensor.Data.Length;
                summary.Parameters += row.Parameters;
                summary.ActiveParameters += IsExpert(config, tensor) ? row.Parameters / config.Experts * config.TopK : row.Parameters;
            }

            tensors.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
            summary.Tensors = tensors;
            summary.KvBytesPerToken = 2L * config.Layers * config.KvDim * (checkpoint.KvFloat32 ? 4 : 2);
            return summary;
        }

        private static bool IsTrained(PrismCheckpoint checkpoint, CheckpointTensor tensor)
        {
            string name = tensor.Name;
            bool isTable = name == TensorNames.TokenizerJson || name == TensorNames.HeadGroup || name == TensorNames.RopeInvFreq || name == TensorNames.Gain;
            bool isScale = name.EndsWith(".scale", StringComparison.Ordinal) && checkpoint.Tensors.ContainsKey(name.Substring(0, name.Length - ".scale".Length));
            return !isTable && !isScale;
        }

        private static long Weights(PrismCheckpoint checkpoint, CheckpointTensor tensor) =>
            checkpoint.FormatOf(tensor.Name) == WeightFormat.Int4 ? 2 * tensor.Elements : tensor.Elements;

        private static bool IsExpert(ModelConfig config, CheckpointTensor tensor) =>
            config.IsMixture && tensor.Shape.Length == 3 && tensor.Shape[0] == config.Experts;
    }

    /// <summary>One tensor of a checkpoint.</summary>
    public sealed class TensorSummary
    {
        internal TensorSummary(CheckpointTensor tensor, long parameters)
        {
            Name = tensor.Name;
            Type = tensor.DType.ToString();
            Shape = string.Join(" x ", Array.ConvertAll(tensor.Shape, size => size.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Bytes = tensor.Data.Length;
            Parameters = parameters;
        }

        public string Name { get; }

        public string Type { get; }

        public string Shape { get; }

        public long Bytes { get; }

        /// <summary>0 for tables, scales and the tokenizer.</summary>
        public long Parameters { get; }
    }
}
