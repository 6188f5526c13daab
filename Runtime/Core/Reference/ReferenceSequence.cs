using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;

namespace PrismLM.Core.Reference
{
    /// <summary>One sequence, token by token, over a key/value cache. Allocates nothing per token once the cache has grown.</summary>
    internal sealed class ReferenceSequence : ILanguageSequence
    {
        private readonly ReferenceModel _model;
        private readonly ModelConfig _config;
        private readonly double[] _gains;
        private readonly ReferenceKvCache _cache;
        private readonly FeedForward _feedForward;
        private readonly double[] _x;
        private readonly double[] _normed;
        private readonly double[] _q;
        private readonly double[] _k;
        private readonly double[] _v;
        private readonly double[] _heads;
        private readonly double[] _update;
        private readonly double[] _logits;
        private double[] _attention = new double[64];

        public ReferenceSequence(ReferenceModel model, double[] gains)
        {
            _model = model;
            _config = model.Config;
            _gains = gains;
            _cache = new ReferenceKvCache(_config, model.KvFormat);
            _feedForward = new FeedForward(_config);
            _x = new double[_config.Dim];
            _normed = new double[_config.Dim];
            _update = new double[_config.Dim];
            _q = new double[_config.HeadsDim];
            _heads = new double[_config.HeadsDim];
            _k = new double[_config.KvDim];
            _v = new double[_config.KvDim];
            _logits = new double[_config.Vocabulary];
        }

        public int Position { get; private set; }

        public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
        {
            int vocabulary = _config.Vocabulary;
            bool all = tokens.Length != 1 && logits.Length == tokens.Length * vocabulary;
            if (tokens.Length == 0 || (!all && logits.Length != vocabulary))
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{tokens.Length} tokens and {logits.Length} logits; allowed: at least one token, and {vocabulary} logits for the last or for each."), nameof(logits));
            }

            if (tokens.Length > _config.Context - Position)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{tokens.Length} tokens after {Position} exceed the context of {_config.Context}."), nameof(tokens));
            }

            TokenCheck.Range(tokens, vocabulary);
            _cache.Reserve(Position + tokens.Length);
            for (int i = 0; i < tokens.Length; i++)
            {
                Step(tokens[i]);
                if (all)
                {
                    Head(logits.Slice(i * vocabulary, vocabulary));
                }
            }

            if (!all)
            {
                Head(logits);
            }
        }

        public void Truncate(int length)
        {
            if (length < 0 || length > Position)
            {
                throw new ArgumentOutOfRangeException(nameof(length), length, FormattableString.Invariant($"Allowed: 0 to {Position}."));
            }

            Position = length;
        }

        /// <summary>Nothing to release; the cache is plain memory.</summary>
        public void Dispose()
        {
        }

        private void Step(int token)
        {
            Embedding.Lookup(_model.Weights.TokenEmbedding, token, _x);
            for (int i = 0; i < _config.Layers; i++)
            {
                ReferenceLayer layer = _model.Weights.Layers[i];
                RmsNorm.Apply(_x, layer.G1, _config.NormEpsilon, _normed);
                Project(layer);
                RotateAndStore(i);
                Attend(i);
                MatVec.Multiply(layer.Wo, _heads, _update);
                Add();

                RmsNorm.Apply(_x, layer.G2, _config.NormEpsilon, _normed);
                _feedForward.Apply(layer, _normed, _update);
                Add();
            }

            Position++;
        }

        private void Project(ReferenceLayer layer)
        {
            MatVec.Multiply(layer.Wq, _normed, _q);
            if (_config.Qkv == QkvMode.Dictionary)
            {
                _q.AsSpan().CopyTo(_k);
            }
            else
            {
                MatVec.Multiply(layer.Wk, _normed, _k);
            }

            if (_config.Qkv == QkvMode.Separate)
            {
                MatVec.Multiply(layer.Wv, _normed, _v);
            }
            else
            {
                _q.AsSpan().CopyTo(_v);
            }
        }

        private void RotateAndStore(int layer)
        {
            int size = _config.HeadDim;
            for (int head = 0; head < _config.Heads; head++)
            {
                int group = _model.Weights.HeadGroup[(layer * _config.Heads) + head];
                Rope.Rotate(_q.AsSpan(head * size, size), _model.Rope.Cos(Position, group), _model.Rope.Sin(Position, group));
            }

            for (int head = 0; head < _config.KvHeads; head++)
            {
                int group = _model.Weights.KvGroup(layer, head);
                Rope.Rotate(_k.AsSpan(head * size, size), _model.Rope.Cos(Position, group), _model.Rope.Sin(Position, group));
            }

            _cache.Store(layer, Position, _k, _v);
        }

        private void Attend(int layer)
        {
            int size = _config.HeadDim;
            int shared = _config.Heads / _config.KvHeads;
            if (_attention.Length <= Position)
            {
                Array.Resize(ref _attention, Math.Min(_config.Context, 2 * (Position + 1)));
            }

            for (int head = 0; head < _config.Heads; head++)
            {
                int offset = head / shared * size;
                Attention.Attend(
                    _q.AsSpan(head * size, size),
                    _cache.Keys(layer).Slice(offset),
                    _cache.Values(layer).Slice(offset),
                    _config.KvDim,
                    _gains[(layer * _config.Heads) + head],
                    _attention.AsSpan(0, Position + 1),
                    _heads.AsSpan(head * size, size));
            }
        }

        private void Add()
        {
            for (int i = 0; i < _x.Length; i++)
            {
                _x[i] += _update[i];
            }
        }

        private void Head(Span<float> logits)
        {
            RmsNorm.Apply(_x, _model.Weights.FinalNorm, _config.NormEpsilon, _normed);
            MatVec.Multiply(_model.Weights.Head, _normed, _logits);
            for (int i = 0; i < logits.Length; i++)
            {
                logits[i] = (float)_logits[i];
            }
        }
    }
}
