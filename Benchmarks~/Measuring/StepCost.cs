using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Benchmarks
{
    /// <summary>Bytes that a step must read and arithmetic that it must do, however it is computed.</summary>
    /// <param name="Bytes">Weights once for all sequences, keys and values for each.</param>
    /// <param name="Operations">A multiplication and an addition are two.</param>
    internal readonly record struct StepCost(double Bytes, double Operations)
    {
        /// <summary>One token for each of several sequences.</summary>
        /// <param name="depth">Positions that each sequence has behind it.</param>
        public static StepCost Decode(PrismCheckpoint checkpoint, int sequences, double depth) => Step(checkpoint, sequences, sequences, sequences * (depth + 1));

        /// <summary>A prompt of one sequence, read in chunks; logits for its last token.</summary>
        public static StepCost Prefill(PrismCheckpoint checkpoint, int tokens, int chunk)
        {
            var all = new StepCost(0, 0);
            for (int first = 0; first < tokens; first += chunk)
            {
                int count = Math.Min(chunk, tokens - first);
                StepCost step = Step(checkpoint, count, first + count == tokens ? 1 : 0, count * (first + ((count + 1) / 2.0)));

                // The keys of a chunk's queries are the same ones: they are read once.
                all = new StepCost(all.Bytes + step.Bytes - KeyBytes(checkpoint, (count * (first + ((count + 1) / 2.0))) - first - count), all.Operations + step.Operations);
            }

            return all;
        }

        private static StepCost Step(PrismCheckpoint checkpoint, int columns, int logits, double keys)
        {
            ModelConfig config = checkpoint.Config;
            double bytes = KeyBytes(checkpoint, keys);
            double operations = 4.0 * config.HeadsDim * keys * config.Layers;

            // Each column visits top_k of the experts; how many different ones that is, on average.
            double visited = config.IsMixture ? 1 - Math.Pow(1 - ((double)config.TopK / config.Experts), columns) : 1;
            foreach (TensorSpec spec in TensorSchema.Weights(config))
            {
                double size = BytesOf(checkpoint, spec.Name);
                bool head = spec.Name == TensorNames.Head || (config.Tied && spec.Name == TensorNames.TokenEmbedding);
                if (head || (spec.Name == TensorNames.TokenEmbedding))
                {
                    bytes += head ? (logits > 0 ? size : 0) : size / config.Vocabulary * columns;
                    operations += head ? 2.0 * spec.Elements * logits : 0;
                    continue;
                }

                bool expert = spec.Shape.Count == 3 && config.IsMixture;
                bytes += expert ? size * visited : size;
                operations += spec.Shape.Count == 1 ? 0 : 2.0 * spec.Elements * columns * (expert ? (double)config.TopK / config.Experts : 1);
            }

            return new StepCost(bytes, operations);
        }

        private static double KeyBytes(PrismCheckpoint checkpoint, double keys) => keys * checkpoint.Config.Layers * 2 * checkpoint.Config.KvDim * (checkpoint.KvFloat32 ? 4 : 2);

        private static double BytesOf(PrismCheckpoint checkpoint, string name)
        {
            double bytes = checkpoint.Tensors[name].Data.Length;
            return checkpoint.Tensors.TryGetValue(TensorNames.Scale(name), out CheckpointTensor? scales) ? bytes + scales.Data.Length : bytes;
        }
    }
}
