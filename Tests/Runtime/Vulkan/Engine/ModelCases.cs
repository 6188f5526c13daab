using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Tests.Vulkan.Engine
{
    /// <summary>One small model of every kind that a checkpoint can describe.</summary>
    internal static class ModelCases
    {
        private static readonly ModelConfig Base = TestModels.Small with { Dim = 40, SignalHeads = 2, NoiseHeads = 2, KvHeads = 4, Hidden = 72, Vocabulary = 97, Context = 600 };

        private static readonly Dictionary<string, ModelConfig> Configs = new Dictionary<string, ModelConfig>
        {
            ["game"] = Base,
            ["shared value"] = Base with { Qkv = QkvMode.SharedValue },
            ["paper"] = Base with { Qkv = QkvMode.Dictionary },
            ["grouped queries"] = Base with { KvHeads = 2 },
            ["one group"] = Base with { SignalHeads = 4, NoiseHeads = 0, KvHeads = 1, HeadDim = 24 },
            ["gelu"] = Base with { FeedForward = FeedForwardKind.Gelu },
            ["ista"] = Base with { FeedForward = FeedForwardKind.Ista, Qkv = QkvMode.Dictionary },
            ["mixture"] = Base with { Experts = 4, TopK = 2 },
            ["gelu mixture"] = Base with { Experts = 9, TopK = 3, FeedForward = FeedForwardKind.Gelu },
            ["untied"] = Base with { Tied = false },
            ["wide heads"] = Base with { HeadDim = 64, SignalHeads = 1, NoiseHeads = 1, KvHeads = 2 },
        };

        public static IEnumerable<string> Names => Configs.Keys;

        public static ModelConfig Config(string name) => Configs[name];

        public static PrismCheckpoint Load(string name, WeightFormat format = WeightFormat.Float32, bool kvFloat32 = true)
            => TestModels.Random(Configs[name], name.Length * 31, format, kvFloat32);

        public static int[] Tokens(int count, int seed = 1, int vocabulary = 97)
        {
            var random = new TestRandom((ulong)seed);
            return Enumerable.Range(0, count).Select(_ => random.Below(vocabulary)).ToArray();
        }

        public static float[] Dials(ModelConfig config, int seed)
        {
            var random = new TestRandom((ulong)seed);
            return Enumerable.Range(0, config.Layers * config.Heads).Select(_ => (float)(2 * random.Uniform())).ToArray();
        }
    }
}
