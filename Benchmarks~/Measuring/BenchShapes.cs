using System;
using System.Collections.Generic;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Tests;

namespace PrismLM.Benchmarks
{
    /// <summary>Architectures that are measured with random weights: speed depends on sizes, not on what the weights say.</summary>
    internal static class BenchShapes
    {
        private const int Seed = 58;

        private static readonly ModelConfig Base = new ModelConfig
        {
            Dim = 512,
            SignalHeads = 4,
            NoiseHeads = 4,
            KvHeads = 8,
            HeadDim = 64,
            Context = 4096,
            LambdaFinal = 0.1,
        };

        private static readonly Dictionary<string, ModelConfig> Configs = new Dictionary<string, ModelConfig>(StringComparer.Ordinal)
        {
            ["l58"] = Base with { Layers = 8, Hidden = 1376, Vocabulary = 32_000, Tied = false },
            ["moe48"] = Base with { Layers = 6, Hidden = 512, Experts = 8, TopK = 2, Vocabulary = 8_192 },
            ["prism-50m"] = Base with { Layers = 8, SignalHeads = 8, NoiseHeads = 8, KvHeads = 16, Hidden = 2048, Vocabulary = 50_257, Qkv = QkvMode.Dictionary, FeedForward = FeedForwardKind.Gelu },
        };

        public static IReadOnlyCollection<string> Names => Configs.Keys;

        public static bool TryGet(string name, out ModelConfig config) => Configs.TryGetValue(name, out config!);

        /// <summary>Writes a shape with random weights, the same for the same name, as a checkpoint.</summary>
        public static void Write(ModelConfig config, WeightFormat format, Stream stream) => TestModels.Writer(config, Seed, format, kvFloat32: false).WriteTo(stream);
    }
}
