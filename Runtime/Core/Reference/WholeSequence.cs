using System;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Reference
{
    /// <summary>
    /// The forward pass as the specification writes it: matrices over all positions and an explicit causal mask. It shares single operations with
    /// <see cref="ReferenceSequence"/> but neither the cache, nor the attention loop, nor the order of the work, so each checks the other.
    /// </summary>
    internal sealed class WholeSequence
    {
        private readonly ReferenceModel _model;
        private readonly ModelConfig _config;
        private readonly double[] _gains;

        public WholeSequence(ReferenceModel model, double[] gains)
        {
            _model = model;
            _config = model.Config;
            _gains = gains;
        }

        /// <summary>Called after each layer with the residual stream, (tokens, dim); for measurements.</summary>
        public Action<int, double[]>? LayerDone { get; set; }

        public void Evaluate(ReadOnlySpan<int> tokens, Span<float> logits)
        {
            int count = tokens.Length;
            int dim = _config.Dim;
            var x = new double[count * dim];
            var normed = new double[count * dim];
            var update = new double[count * dim];
            var feedForward = new FeedForward(_config);
            for (int t = 0; t < count; t++)
            {
                Embedding.Lookup(_model.Weights.TokenEmbedding, tokens[t], x.AsSpan(t * dim, dim));
            }

            for (int i = 0; i < _config.Layers; i++)
            {
                ReferenceLayer layer = _model.Weights.Layers[i];
                NormRows(x, layer.G1, normed);
                double[] heads = AttentionOutput(layer, i, normed, count);
                MatMul.Multiply(layer.Wo, dim, _config.HeadsDim, heads, update);
                Add(x, update);

                NormRows(x, layer.G2, normed);
                for (int t = 0; t < count; t++)
                {
                    feedForward.Apply(layer, normed.AsSpan(t * dim, dim), update.AsSpan(t * dim, dim));
                }

                Add(x, update);
                LayerDone?.Invoke(i, x);
            }

            NormRows(x, _model.Weights.FinalNorm, normed);
            var scores = new double[count * _config.Vocabulary];
            MatMul.Multiply(_model.Weights.Head, _config.Vocabulary, dim, normed, scores);
            for (int i = 0; i < scores.Length; i++)
            {
                logits[i] = (float)scores[i];
            }
        }

        private double[] AttentionOutput(ReferenceLayer layer, int layerIndex, double[] normed, int count)
        {
            int width = _config.HeadsDim;
            int kvWidth = _config.KvDim;
            var q = new double[count * width];
            var k = new double[count * kvWidth];
            var v = new double[count * kvWidth];
            MatMul.Multiply(layer.Wq, width, _config.Dim, normed, q);
            if (_config.Qkv == QkvMode.Dictionary)
            {
                q.CopyTo(k, 0);
            }
            else
            {
                MatMul.Multiply(layer.Wk, kvWidth, _config.Dim, normed, k);
            }

            if (_config.Qkv == QkvMode.Separate)
            {
                MatMul.Multiply(layer.Wv, kvWidth, _config.Dim, normed, v);
            }
            else
            {
                q.CopyTo(v, 0);
            }

            int shared = _config.Heads / _config.KvHeads;
            for (int head = 0; head < _config.Heads; head++)
            {
                RotateColumn(q, width, head, layerIndex, head, count);
            }

            for (int head = 0; head < _config.KvHeads; head++)
            {
                RotateColumn(k, kvWidth, head, layerIndex, head * shared, count);
            }

            ReferenceKvCache.Round(k, k, _model.KvFormat);
            ReferenceKvCache.Round(v, v, _model.KvFormat);
            var output = new double[count * width];
            for (int head = 0; head < _config.Heads; head++)
            {
                AttendHead(q, k, v, head, head / shared, _gains[(layerIndex * _config.Heads) + head], count, output);
            }

            return output;
        }

        private void AttendHead(double[] q, double[] k, double[] v, int head, int kvHead, double gain, int count, double[] output)
        {
            int size = _config.HeadDim;
            int width = _config.HeadsDim;
            int kvWidth = _config.KvDim;
            var scores = new double[count];
            for (int i = 0; i < count; i++)
            {
                for (int j = 0; j < count; j++)
                {
                    double dot = 0;
                    for (int c = 0; c < size; c++)
                    {
                        dot += q[(i * width) + (head * size) + c] * k[(j * kvWidth) + (kvHead * size) + c];
                    }

                    scores[j] = j <= i ? dot / Math.Sqrt(size) : double.NegativeInfinity;
                }

                Softmax.Apply(scores);
                for (int c = 0; c < size; c++)
                {
                    double sum = 0;
                    for (int j = 0; j < count; j++)
                    {
                        sum += scores[j] * v[(j * kvWidth) + (kvHead * size) + c];
                    }

                    output[(i * width) + (head * size) + c] = gain * sum;
                }
            }
        }

        private void RotateColumn(double[] rows, int width, int head, int layer, int queryHead, int count)
        {
            int size = _config.HeadDim;
            int group = _model.Weights.HeadGroup[(layer * _config.Heads) + queryHead];
            for (int t = 0; t < count; t++)
            {
                Rope.Rotate(rows.AsSpan((t * width) + (head * size), size), _model.Rope.Cos(t, group), _model.Rope.Sin(t, group));
            }
        }

        private void NormRows(double[] x, float[] gain, double[] normed)
        {
            for (int at = 0; at < x.Length; at += _config.Dim)
            {
                RmsNorm.Apply(x.AsSpan(at, _config.Dim), gain, _config.NormEpsilon, normed.AsSpan(at, _config.Dim));
            }
        }

        private static void Add(double[] x, double[] update)
        {
            for (int i = 0; i < x.Length; i++)
            {
                x[i] += update[i];
            }
        }
    }
}
