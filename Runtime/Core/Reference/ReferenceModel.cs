using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;

namespace PrismLM.Core.Reference
{
    /// <summary>
    /// The whole model in double precision on one thread: the oracle of every test, and the fallback where there is no Vulkan.
    /// </summary>
    /// <remarks>Every architecture a checkpoint can describe: three forms of Q, K and V, grouped-query attention, any gains, dials and frequency
    /// tables, SwiGLU, GELU or ista, dense or mixed, tied or untied head. Models may be shared by threads; sequences may not.</remarks>
    public sealed class ReferenceModel : ILanguageModel
    {
        /// <param name="checkpoint">Weights are read as float32 once and kept.</param>
        /// <param name="kvFormat">How keys and values are kept.</param>
        /// <exception cref="ArgumentException">The configuration and the tables of the checkpoint contradict each other.</exception>
        public ReferenceModel(PrismCheckpoint checkpoint, ReferenceKvFormat kvFormat = ReferenceKvFormat.Float64)
            : this(ReferenceWeights.From(checkpoint ?? throw new ArgumentNullException(nameof(checkpoint))), kvFormat)
        {
        }

        internal ReferenceModel(ReferenceWeights weights, ReferenceKvFormat kvFormat = ReferenceKvFormat.Float64)
        {
            Weights = weights;
            KvFormat = kvFormat;
            ModelConfig config = weights.Config;
            if (config.Heads % config.KvHeads != 0)
            {
                throw new ArgumentException(FormattableString.Invariant($"{config.KvHeads} key/value heads do not divide {config.Heads} heads."));
            }

            if (config.Qkv != QkvMode.Separate && config.KvHeads != config.Heads)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"Values taken from Q need as many key/value heads as heads; found {config.KvHeads} and {config.Heads}."));
            }

            for (int layer = 0; layer < config.Layers; layer++)
            {
                for (int kvHead = 0; kvHead < config.KvHeads; kvHead++)
                {
                    weights.KvGroup(layer, kvHead);
                }
            }

            Rope = new RopeTable(weights.RopeInverseFrequencies, weights.RopeGroups, config.Context);
        }

        public ModelConfig Config => Weights.Config;

        public ReferenceKvFormat KvFormat { get; }

        internal ReferenceWeights Weights { get; }

        internal RopeTable Rope { get; }

        /// <inheritdoc/>
        /// <exception cref="ArgumentException">The number of dials is neither 0 nor layers * heads.</exception>
        public ILanguageSequence CreateSequence(ReadOnlySpan<float> headDials = default) => new ReferenceSequence(this, EffectiveGains(headDials));

        /// <summary>Logits of all positions by the whole-sequence form, (tokens, vocabulary): other loops than the incremental form, for cross-checks.</summary>
        public void EvaluateWhole(ReadOnlySpan<int> tokens, Span<float> logits, ReadOnlySpan<float> headDials = default)
        {
            TokenCheck.Range(tokens, Config.Vocabulary);
            if (tokens.Length > Config.Context || logits.Length != tokens.Length * Config.Vocabulary)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{tokens.Length} tokens and {logits.Length} logits; allowed: at most {Config.Context} tokens and {Config.Vocabulary} logits for each."));
            }

            new WholeSequence(this, EffectiveGains(headDials)).Evaluate(tokens, logits);
        }

        /// <summary>Nothing to release; the model is plain memory.</summary>
        public void Dispose()
        {
        }

        /// <summary>Checkpoint gains times dials, (layers, heads).</summary>
        private double[] EffectiveGains(ReadOnlySpan<float> headDials)
        {
            float[] gain = Weights.Gain;
            if (headDials.Length != 0 && headDials.Length != gain.Length)
            {
                throw new ArgumentException(FormattableString.Invariant(
                    $"{headDials.Length} head dials; allowed: none, or one for each of {Config.Layers} layers x {Config.Heads} heads."), nameof(headDials));
            }

            var effective = new double[gain.Length];
            for (int i = 0; i < effective.Length; i++)
            {
                // One float32 product, as the device forms it.
                effective[i] = headDials.Length == 0 ? gain[i] : (float)(gain[i] * headDials[i]);
            }

            return effective;
        }
    }
}
