using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Engine
{
    /// <summary>A checkpoint's weights on the device.</summary>
    internal sealed class Weights : IDisposable
    {
        private readonly List<GpuBuffer<uint>> segments = new List<GpuBuffer<uint>>();

        public Weights(WeightLayout layout)
        {
            Layout = layout;
        }

        public WeightLayout Layout { get; }

        public IReadOnlyList<GpuBuffer<uint>> Segments => segments;

        /// <summary>Announces the segments.</summary>
        public void Plan(MemoryPlan plan)
        {
            foreach (uint words in Layout.Segments)
            {
                plan.Add<uint>(ArenaKind.Weights, words);
            }
        }

        public void Allocate(MemoryArenas arenas)
        {
            for (int i = 0; i < Layout.Segments.Count; i++)
            {
                segments.Add(arenas.Allocate<uint>(ArenaKind.Weights, Layout.Segments[i], BufferAccess.ReadOnly, FormattableString.Invariant($"weights {i}")));
            }
        }

        /// <summary>Copies everything over, a layer at a time.</summary>
        public void Upload(PrismCheckpoint checkpoint, int context, IProgress<double>? progress, CancellationToken cancellation)
        {
            UploadAngles(checkpoint, context);
            ModelConfig config = checkpoint.Config;
            int steps = config.Layers + 2;
            UploadMatrix(checkpoint, TensorNames.TokenEmbedding, Layout.Embedding, Layout.EmbeddingSegment);
            progress?.Report(1.0 / steps);
            for (int i = 0; i < config.Layers; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                LayerWeights layer = Layout.Layers[i];
                var writer = new WeightWriter(segments[layer.Segment], layer.Start, layer.End);
                WriteLayer(writer, checkpoint, layer, i);
                writer.Flush();
                progress?.Report((i + 2.0) / steps);
            }

            if (!config.Tied)
            {
                UploadMatrix(checkpoint, TensorNames.Head, Layout.Head, Layout.HeadSegment);
            }

            UploadNorm(checkpoint.ReadFloats(TensorNames.Layer(0, TensorNames.AttentionNorm)), Layout.FirstNorm * 4, Layout.EmbeddingSegment);
            progress?.Report(1.0);
        }

        public void Dispose()
        {
            foreach (GpuBuffer<uint> segment in segments)
            {
                segment.Dispose();
            }
        }

        private void UploadAngles(PrismCheckpoint checkpoint, int context)
        {
            var table = new RopeTable(checkpoint.RopeInvFreq, checkpoint.RopeGroups, context);
            ReadOnlySpan<float> cos = table.AllCos, sin = table.AllSin;
            var turns = new uint[2 * cos.Length];
            for (int i = 0; i < cos.Length; i++)
            {
                turns[2 * i] = (uint)BitConverter.SingleToInt32Bits(cos[i]);
                turns[(2 * i) + 1] = (uint)BitConverter.SingleToInt32Bits(sin[i]);
            }

            foreach (GpuBuffer<uint> segment in segments)
            {
                segment.Upload(turns);
            }
        }

        private void UploadNorm(float[] gain, uint start, int segment)
        {
            var writer = new WeightWriter(segments[segment], start, start + (uint)WeightPlan.Padded(gain.Length));
            writer.Floats(start, gain);
            writer.Flush();
        }

        private void UploadMatrix(PrismCheckpoint checkpoint, string tensor, in Kernels.MatrixLocation location, int segment)
        {
            uint start = location.Start * 4;
            uint end = location.ScaleStride == 0
                ? start + (location.Rows * location.Stride * 4)
                : 4 * (location.Scales + ((location.Rows + 7) / 8 * location.ScaleStride));
            var writer = new WeightWriter(segments[segment], start, end);
            writer.Rows(location, 0, 1, checkpoint, tensor, 0, (int)location.Rows);
            writer.Flush();
        }

        private static void WriteLayer(WeightWriter writer, PrismCheckpoint checkpoint, LayerWeights layer, int index)
        {
            ModelConfig config = checkpoint.Config;
            string Name(string part) => TensorNames.Layer(index, part);
            string next = index + 1 < config.Layers ? TensorNames.Layer(index + 1, TensorNames.AttentionNorm) : TensorNames.FinalNorm;
            writer.Floats(layer.NextNorm * 4, checkpoint.ReadFloats(next));
            writer.Words(layer.HeadGroup, checkpoint.HeadGroup.AsSpan(index * config.Heads, config.Heads));
            writer.Rows(layer.Qkv, 0, 1, checkpoint, Name(TensorNames.Query), 0, config.HeadsDim);
            if (config.Qkv != QkvMode.Dictionary)
            {
                writer.Rows(layer.Qkv, config.HeadsDim, 1, checkpoint, Name(TensorNames.Key), 0, config.KvDim);
            }

            if (config.Qkv == QkvMode.Separate)
            {
                writer.Rows(layer.Qkv, config.HeadsDim + config.KvDim, 1, checkpoint, Name(TensorNames.Value), 0, config.KvDim);
            }

            writer.Rows(layer.Output, 0, 1, checkpoint, Name(TensorNames.Output), 0, config.Dim);
            writer.Floats(layer.FeedForwardNorm * 4, checkpoint.ReadFloats(Name(TensorNames.FeedForwardNorm)));
            if (config.FeedForward == FeedForwardKind.Ista)
            {
                writer.Rows(layer.Up.First, 0, 1, checkpoint, Name(TensorNames.Dictionary), 0, config.Hidden);
                writer.Rows(layer.Down.First, 0, 1, checkpoint, Name(TensorNames.DictionaryOut), 0, config.Dim);
                writer.Transposed(layer.Transposed, layer.TransposedFormat, checkpoint.ReadFloats(Name(TensorNames.Dictionary)), config.Hidden, config.Dim);
                return;
            }

            if (config.IsMixture)
            {
                writer.Rows(layer.Router, 0, 1, checkpoint, Name(TensorNames.Router), 0, config.Experts);
            }

            WriteExperts(writer, checkpoint, layer, index);
        }

        private static void WriteExperts(WeightWriter writer, PrismCheckpoint checkpoint, LayerWeights layer, int index)
        {
            ModelConfig config = checkpoint.Config;
            bool gated = config.FeedForward == FeedForwardKind.SwiGlu;
            for (int e = 0; e < config.Experts; e++)
            {
                int first = e * config.Hidden;
                writer.Rows(layer.Up.Of(e), 0, gated ? 2 : 1, checkpoint, TensorNames.Layer(index, TensorNames.Gate), first, config.Hidden);
                if (gated)
                {
                    writer.Rows(layer.Up.Of(e), 1, 2, checkpoint, TensorNames.Layer(index, TensorNames.Up), first, config.Hidden);
                }

                writer.Rows(layer.Down.Of(e), 0, 1, checkpoint, TensorNames.Layer(index, TensorNames.Down), e * config.Dim, config.Dim);
            }
        }
    }
}
