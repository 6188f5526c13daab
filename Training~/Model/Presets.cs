using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Training.Model
{
    /// <summary>
    /// The named architectures. <c>game-*</c> have separate K and V (ours); <c>prism-*</c> share Q = K = V (the paper's form);
    /// <c>*-moe</c> replace the feed-forward block by four or eight experts of which two are active; <c>gpt2-22m</c> is the baseline for comparisons.
    /// </summary>
    public static class Presets
    {
        /// <summary>The preset that the shipped model is trained with.</summary>
        public const string Game = "game-3m";

        private const double LambdaFinal = 0.1;

        private static readonly Dictionary<string, Func<Architecture>> Table = new(StringComparer.Ordinal)
        {
            ["game-1m"] = () => Small(2048, 128, 4, 4, 352, QkvMode.Separate),
            ["game-1m-moe"] = () => Mixture(Small(2048, 128, 4, 4, 96, QkvMode.Separate), 4),
            ["game-3m"] = () => Small(4096, 192, 5, 6, 512, QkvMode.Separate),
            ["game-3m-moe"] = () => Mixture(Small(4096, 192, 5, 6, 128, QkvMode.Separate), 4),
            ["game-8m"] = () => Large(4096, 320, 6, 5, 832, QkvMode.Separate, FeedForwardKind.SwiGlu),
            ["game-8m-moe"] = () => Mixture(Large(4096, 320, 6, 5, 224, QkvMode.Separate, FeedForwardKind.SwiGlu), 4),
            ["game-50m"] = () => Large(50257, 512, 8, 8, 2048, QkvMode.Separate, FeedForwardKind.Gelu),
            ["game-50m-moe"] = () => Mixture(Large(8192, 512, 8, 8, 384, QkvMode.Separate, FeedForwardKind.SwiGlu), 8),
            ["gpt2-22m"] = Gpt2,
            ["prism-1m"] = () => Small(2048, 128, 4, 4, 352, QkvMode.Dictionary),
            ["prism-3m"] = () => Small(4096, 192, 5, 6, 512, QkvMode.Dictionary),
            ["prism-3m-moe"] = () => Mixture(Small(4096, 192, 5, 6, 128, QkvMode.Dictionary), 4),
            ["prism-8m"] = () => Large(4096, 320, 6, 5, 832, QkvMode.Dictionary, FeedForwardKind.SwiGlu),
            ["prism-50m"] = () => Large(50257, 512, 8, 8, 2048, QkvMode.Dictionary, FeedForwardKind.Gelu),
            ["prism-50m-ista"] = () => Large(50257, 512, 8, 8, 2048, QkvMode.Dictionary, FeedForwardKind.Ista),
            ["prism-50m-moe"] = () => Mixture(Large(8192, 512, 8, 8, 384, QkvMode.Dictionary, FeedForwardKind.SwiGlu), 8),
        };

        /// <summary>All names, sorted.</summary>
        public static IReadOnlyList<string> Names { get; } = Table.Keys.OrderBy(name => name, StringComparer.Ordinal).ToArray();

        /// <summary>The architecture of a name; <c>game</c> stands for <see cref="Game"/>.</summary>
        /// <exception cref="ArgumentException">No such preset; the message lists them.</exception>
        public static Architecture Get(string name) =>
            Table.TryGetValue(name == "game" ? Game : name, out var make)
                ? make()
                : throw new ArgumentException($"There is no preset '{name}'; expected one of: {string.Join(", ", Names)}.");

        private static Architecture Small(int vocabulary, int dim, int layers, int headsOfAGroup, int hidden, QkvMode qkv) =>
            Build(vocabulary, dim, layers, headsOfAGroup, 32, hidden, qkv, FeedForwardKind.SwiGlu);

        private static Architecture Large(int vocabulary, int dim, int layers, int headsOfAGroup, int hidden, QkvMode qkv, FeedForwardKind feedForward) =>
            Build(vocabulary, dim, layers, headsOfAGroup, 64, hidden, qkv, feedForward);

        private static Architecture Build(int vocabulary, int dim, int layers, int headsOfAGroup, int headDim, int hidden, QkvMode qkv, FeedForwardKind feedForward) => new()
        {
            Config = new ModelConfig
            {
                Vocabulary = vocabulary,
                Dim = dim,
                Layers = layers,
                SignalHeads = headsOfAGroup,
                NoiseHeads = headsOfAGroup,
                KvHeads = 2 * headsOfAGroup,
                HeadDim = headDim,
                Hidden = hidden,
                Qkv = qkv,
                FeedForward = feedForward,
                Context = 512,
                LambdaFinal = LambdaFinal,
            },
        };

        private static Architecture Gpt2() => new()
        {
            Family = ModelFamily.Gpt2,
            LambdaInitial = 0.0,
            Config = new ModelConfig
            {
                Vocabulary = 50257,
                Dim = 320,
                Layers = 5,
                SignalHeads = 5,
                NoiseHeads = 0,
                KvHeads = 5,
                HeadDim = 64,
                Hidden = 1280,
                FeedForward = FeedForwardKind.Gelu,
                Context = 512,
                LambdaFinal = 0.0,
            },
        };

        private static Architecture Mixture(Architecture dense, int experts) =>
            dense with { Config = dense.Config with { Experts = experts, TopK = 2 } };
    }
}
