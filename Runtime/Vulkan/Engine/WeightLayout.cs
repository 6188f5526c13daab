using System;
using System.Collections.Generic;
using PrismLM.Core.Checkpoints;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>
    /// Where every tensor goes, before anything is allocated. Weights are cut into segments that one binding can hold (128 MiB is what every device grants);
    /// a layer lies in one segment, and each segment begins with the table of rotary angles.
    /// </summary>
    internal sealed class WeightLayout
    {
        private readonly PrismCheckpoint checkpoint;
        private readonly ModelConfig config;
        private readonly List<uint> segments = new List<uint>();
        private readonly long maxSegmentBytes;
        private readonly uint ropeWords;

        /// <param name="checkpoint">What to lay out.</param>
        /// <param name="context">Positions in the angle table.</param>
        /// <param name="maxSegmentBytes">What one binding may hold.</param>
        public WeightLayout(PrismCheckpoint checkpoint, int context, long maxSegmentBytes)
        {
            this.checkpoint = checkpoint;
            this.maxSegmentBytes = maxSegmentBytes;
            config = checkpoint.Config;
            CheckSupported();
            ropeWords = ((uint)checked(context * checkpoint.RopeGroups * config.HeadDim) + 3) / 4 * 4;
            segments.Add(ropeWords);
            Embedding = Place(
                plan =>
                {
                    FirstNorm = plan.Reserve(WeightPlan.Padded(config.Dim)) / 4;
                    return plan.Matrix(config.Vocabulary, config.Dim, EmbeddingFormat);
                },
                out int segment,
                out _);
            EmbeddingSegment = segment;
            var layers = new LayerWeights[config.Layers];
            for (int i = 0; i < layers.Length; i++)
            {
                int layer = i;
                layers[i] = Place(plan => PlanLayer(plan, layer), out int layerSegment, out uint start);
                layers[i].Segment = layerSegment;
                layers[i].Start = start;
                layers[i].End = segments[layerSegment];
            }

            Layers = layers;
            PlaceHead();
        }

        public IReadOnlyList<LayerWeights> Layers { get; }

        public MatrixLocation Embedding { get; }

        public int EmbeddingSegment { get; }

        public WeightFormat EmbeddingFormat => checkpoint.FormatOf(TensorNames.TokenEmbedding);

        /// <summary>The embedding again when it is tied.</summary>
        public MatrixLocation Head { get; private set; }

        public int HeadSegment { get; private set; }

        public WeightFormat HeadFormat => config.Tied ? EmbeddingFormat : checkpoint.FormatOf(TensorNames.Head);

        /// <summary>128-bit word of the first layer's g1, in the embedding's segment: the gather scales by it.</summary>
        public uint FirstNorm { get; private set; }

        public int RopeGroups => checkpoint.RopeGroups;

        /// <summary>32-bit words of each segment.</summary>
        public IReadOnlyList<uint> Segments => segments;

        private void PlaceHead()
        {
            Head = Embedding;
            HeadSegment = EmbeddingSegment;
            if (!config.Tied)
            {
                Head = Place(plan => plan.Matrix(config.Vocabulary, config.Dim, HeadFormat), out int segment, out _);
                HeadSegment = segment;
            }
        }

        private T Place<T>(Func<WeightPlan, T> place, out int segment, out uint start)
        {
            segment = segments.Count - 1;
            start = segments[segment];
            var plan = new WeightPlan(start);
            T result = place(plan);
            if (plan.End * 4L > maxSegmentBytes && start != ropeWords)
            {
                segments.Add(ropeWords);
                segment++;
                start = ropeWords;
                plan = new WeightPlan(start);
                result = place(plan);
            }

            CheckSegment(plan.End, "One layer or embedding");
            segments[segment] = plan.End;
            return result;
        }

        private void CheckSegment(uint words, string what)
        {
            if (words * 4L > maxSegmentBytes)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.TensorTooLarge,
                    FormattableString.Invariant($"{what} needs {words * 4L:N0} bytes with the angle table; one binding of this device holds {maxSegmentBytes:N0}."),
                    "Use smaller weights (int8, int4) or a shorter context.");
            }
        }

        private LayerWeights PlanLayer(WeightPlan plan, int layer)
        {
            int d = config.Dim, f = config.Hidden;
            var w = new LayerWeights
            {
                HeadGroup = plan.Reserve(config.Heads),
                QkvFormat = Format(layer, TensorNames.Query),
                OutputFormat = Format(layer, TensorNames.Output),
            };
            int kvMatrices = config.Qkv == QkvMode.Separate ? 2 : config.Qkv == QkvMode.SharedValue ? 1 : 0;
            w.Qkv = plan.Matrix(config.HeadsDim + (kvMatrices * config.KvDim), d, w.QkvFormat);
            w.Output = plan.Matrix(d, config.HeadsDim, w.OutputFormat);
            w.FeedForwardNorm = plan.Reserve(WeightPlan.Padded(d)) / 4;
            w.NextNorm = plan.Reserve(WeightPlan.Padded(d)) / 4;
            if (config.FeedForward == FeedForwardKind.Ista)
            {
                WeightFormat format = Format(layer, TensorNames.Dictionary);
                w.Up = plan.Experts(1, f, d, format);
                w.Down = plan.Experts(1, d, f, Format(layer, TensorNames.DictionaryOut));

                // Columns of a quantized dictionary have no common scale: their transpose is kept in float32, where q * scale is exact.
                w.TransposedFormat = WeightPlan.Quantized(format) ? WeightFormat.Float32 : format;
                w.Transposed = plan.Matrix(d, f, w.TransposedFormat);
                return w;
            }

            if (config.IsMixture)
            {
                w.RouterFormat = Format(layer, TensorNames.Router);
                w.Router = plan.Matrix(config.Experts, d, w.RouterFormat);
            }

            int rowsPerUnit = config.FeedForward == FeedForwardKind.SwiGlu ? 2 : 1;
            w.Up = plan.Experts(config.Experts, rowsPerUnit * f, d, Format(layer, TensorNames.Gate));
            w.Down = plan.Experts(config.Experts, d, f, Format(layer, TensorNames.Down));
            return w;
        }

        private WeightFormat Format(int layer, string part) => checkpoint.FormatOf(TensorNames.Layer(layer, part));

        private void CheckSupported()
        {
            Require(config.HeadDim % 8 == 0 && config.HeadDim <= 256, FormattableString.Invariant($"head_dim {config.HeadDim}; allowed: multiples of 8 up to 256"));
            Require(config.Experts <= 64 && config.TopK <= 8, FormattableString.Invariant($"{config.Experts} experts, {config.TopK} active; allowed: 64 and 8"));
            Require(config.Qkv == QkvMode.Separate || config.KvHeads == config.Heads, "shared K or V with fewer key/value heads than query heads");
            for (int layer = 0; layer < config.Layers; layer++)
            {
                WeightFormat q = Format(layer, TensorNames.Query);
                bool same = (config.Qkv == QkvMode.Dictionary || Format(layer, TensorNames.Key) == q)
                    && (config.Qkv != QkvMode.Separate || Format(layer, TensorNames.Value) == q)
                    && (config.FeedForward != FeedForwardKind.SwiGlu || Format(layer, TensorNames.Gate) == Format(layer, TensorNames.Up));
                Require(same, FormattableString.Invariant($"layer {layer}: wq, wk, wv (and w1, w3) in different number formats"));
            }
        }

        private static void Require(bool holds, string found)
        {
            if (!holds)
            {
                throw new NotSupportedException("The Vulkan engine cannot run this model: " + found + ". The reference backend can.");
            }
        }
    }
}
