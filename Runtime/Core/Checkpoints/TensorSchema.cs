using System.Collections.Generic;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>What a tensor is for, which decides its element type.</summary>
    public enum TensorKind
    {
        /// <summary>Weights in the checkpoint's format; rows may be quantized.</summary>
        Matrix,

        /// <summary>Weights that stay float32: norms (1-D), and the router, whose near ties a coarser format would flip.</summary>
        Full,

        /// <summary>Float32 that is data, not weights: frequencies and gains.</summary>
        Table,

        /// <summary>Bytes.</summary>
        Bytes,
    }

    /// <summary>One tensor that a configuration has.</summary>
    public sealed class TensorSpec
    {
        internal TensorSpec(string name, TensorKind kind, string axes, params int[] shape)
        {
            Name = name;
            Kind = kind;
            Axes = axes;
            Shape = shape;
        }

        public string Name { get; }

        public TensorKind Kind { get; }

        /// <summary>The configuration's names of the axes, for messages.</summary>
        internal string Axes { get; }

        /// <summary>Slowest first; rank 3 with experts in front for feed-forward matrices.</summary>
        public IReadOnlyList<int> Shape { get; }

        public long Elements => CheckpointTensor.Count(Shape);

        /// <summary>Length of a row, the input axis.</summary>
        public int Columns => Shape[Shape.Count - 1];
    }

    /// <summary>The tensors of a configuration: the one list that writer, loader, trainer and parameter counts share.</summary>
    public static class TensorSchema
    {
        /// <summary>Every weight tensor in file order; <c>rope_inv_freq</c>, <c>head_group</c>, <c>gain</c> and <c>tokenizer_json</c> are not weights and not in it.</summary>
        public static IReadOnlyList<TensorSpec> Weights(ModelConfig config)
        {
            int d = config.Dim, f = config.Hidden, e = config.Experts;
            var list = new List<TensorSpec> { new TensorSpec(TensorNames.TokenEmbedding, TensorKind.Matrix, "vocab, dim", config.Vocabulary, d) };
            for (int layer = 0; layer < config.Layers; layer++)
            {
                void Add(string part, TensorKind kind, string axes, params int[] shape) => list.Add(new TensorSpec(TensorNames.Layer(layer, part), kind, axes, shape));
                Add(TensorNames.AttentionNorm, TensorKind.Full, "dim", d);
                Add(TensorNames.Query, TensorKind.Matrix, "heads*head_dim, dim", config.HeadsDim, d);
                if (config.Qkv != QkvMode.Dictionary)
                {
                    Add(TensorNames.Key, TensorKind.Matrix, "kv_heads*head_dim, dim", config.KvDim, d);
                }

                if (config.Qkv == QkvMode.Separate)
                {
                    Add(TensorNames.Value, TensorKind.Matrix, "kv_heads*head_dim, dim", config.KvDim, d);
                }

                Add(TensorNames.Output, TensorKind.Matrix, "dim, heads*head_dim", d, config.HeadsDim);
                Add(TensorNames.FeedForwardNorm, TensorKind.Full, "dim", d);
                if (config.FeedForward == FeedForwardKind.Ista)
                {
                    Add(TensorNames.Dictionary, TensorKind.Matrix, "hidden, dim", f, d);
                    Add(TensorNames.DictionaryOut, TensorKind.Matrix, "dim, hidden", d, f);
                    continue;
                }

                if (config.IsMixture)
                {
                    Add(TensorNames.Router, TensorKind.Full, "experts, dim", e, d);
                }

                Add(TensorNames.Gate, TensorKind.Matrix, "experts, hidden, dim", e, f, d);
                if (config.FeedForward == FeedForwardKind.SwiGlu)
                {
                    Add(TensorNames.Up, TensorKind.Matrix, "experts, hidden, dim", e, f, d);
                }

                Add(TensorNames.Down, TensorKind.Matrix, "experts, dim, hidden", e, d, f);
            }

            list.Add(new TensorSpec(TensorNames.FinalNorm, TensorKind.Full, "dim", d));
            if (!config.Tied)
            {
                list.Add(new TensorSpec(TensorNames.Head, TensorKind.Matrix, "vocab, dim", config.Vocabulary, d));
            }

            return list;
        }

        /// <summary>The weights and the tables; the groups of <c>rope_inv_freq</c> are not in the configuration.</summary>
        internal static IReadOnlyList<TensorSpec> All(ModelConfig config, int ropeGroups, int tokenizerBytes)
        {
            var list = new List<TensorSpec>(Weights(config))
            {
                new TensorSpec(TensorNames.RopeInvFreq, TensorKind.Table, "groups, head_dim/2", ropeGroups, config.HeadDim / 2),
                new TensorSpec(TensorNames.Gain, TensorKind.Table, "layers, heads", config.Layers, config.Heads),
                new TensorSpec(TensorNames.HeadGroup, TensorKind.Bytes, "layers, heads", config.Layers, config.Heads),
                new TensorSpec(TensorNames.TokenizerJson, TensorKind.Bytes, "bytes", tokenizerBytes),
            };
            return list;
        }

        /// <summary>Number of weights; with <paramref name="active"/> only those that one token uses (its top_k experts).</summary>
        public static long ParameterCount(ModelConfig config, bool active = false)
        {
            long count = 0;
            foreach (TensorSpec spec in Weights(config))
            {
                bool expert = spec.Shape.Count == 3;
                count += active && expert ? spec.Elements / config.Experts * config.TopK : spec.Elements;
            }

            return count;
        }
    }
}
