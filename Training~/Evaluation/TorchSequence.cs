using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Generation;
using PrismLM.Training.Model;
using static TorchSharp.torch;

namespace PrismLM.Training.Evaluation
{
    /// <summary>One sequence of a <see cref="TorchLanguageModel"/>; keys and values are tensors that grow by concatenation.</summary>
    internal sealed class TorchSequence : ILanguageSequence
    {
        private readonly PrismTransformer _model;
        private readonly Tensor? _dials;
        private List<KeyValues>? _cache;

        public TorchSequence(PrismTransformer model, ReadOnlySpan<float> headDials)
        {
            _model = model;
            if (headDials.Length > 0)
            {
                var columns = headDials.ToArray().SelectMany(dial => Enumerable.Repeat(dial, model.Config.HeadDim)).ToArray();
                _dials = tensor(columns, new long[] { model.Config.Layers, model.Config.HeadsDim }, device: model.Device).DetachFromDisposeScope();
            }
        }

        public int Position { get; private set; }

        public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
        {
            var vocabulary = _model.Config.Vocabulary;
            var all = logits.Length == (long)tokens.Length * vocabulary;
            if (tokens.Length == 0 || (!all && logits.Length != vocabulary))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{tokens.Length} tokens and room for {logits.Length} logits; expected at least one token and {vocabulary} or {(long)tokens.Length * vocabulary} logits."),
                    nameof(logits));
            }

            var ids = new long[tokens.Length];
            for (var i = 0; i < ids.Length; i++)
            {
                ids[i] = tokens[i] >= 0 && tokens[i] < vocabulary
                    ? tokens[i]
                    : throw new ArgumentException(FormattableString.Invariant($"Token {i} is {tokens[i]}; expected 0 to {vocabulary - 1}."), nameof(tokens));
            }

            if (Position + ids.Length > _model.Config.Context)
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"{ids.Length} tokens after {Position} would overflow the context of {_model.Config.Context}."), nameof(tokens));
            }

            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            var present = new List<KeyValues>();
            var hidden = _model.Run(tensor(ids, new long[] { 1, ids.Length }, device: _model.Device), Position, _dials, _cache, present).view(ids.Length, _model.Config.Dim);
            var result = _model.Logits(all ? hidden : hidden.narrow(0, ids.Length - 1, 1)).cpu();
            result.data<float>().CopyTo(logits);
            Keep(present);
            Position += ids.Length;
        }

        public void Truncate(int length)
        {
            if (length < 0 || length > Position)
            {
                throw new ArgumentOutOfRangeException(nameof(length), length, FormattableString.Invariant($"A sequence of {Position} tokens cannot be cut to {length}."));
            }

            using var scope = NewDisposeScope();
            Keep(length == 0 ? null : _cache?.Select(layer => new KeyValues(layer.Keys.narrow(2, 0, length).clone(), layer.Values.narrow(2, 0, length).clone())).ToList());
            Position = length;
        }

        public void Dispose()
        {
            Keep(null);
            _dials?.Dispose();
        }

        private void Keep(List<KeyValues>? cache)
        {
            foreach (var layer in _cache ?? new List<KeyValues>())
            {
                layer.Keys.Dispose();
                layer.Values.Dispose();
            }

            _cache = cache?.Select(layer => new KeyValues(layer.Keys.DetachFromDisposeScope(), layer.Values.DetachFromDisposeScope())).ToList();
        }
    }
}
