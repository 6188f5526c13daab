using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Training.Data.Dialogue;
using PrismLM.Training.Model;
using PrismLM.Training.Tokenization;
using static TorchSharp.torch;

namespace PrismLM.Training.Tests.Model
{
    /// <summary>Architectures and a tokenizer small enough for tests.</summary>
    internal static class TinyModels
    {
        public static BpeTokenizer Tokenizer { get; } = BpeTrainer.Train(
            DialogueText.ForTokenizer(new DialogueGenerator(1, DialogueSplit.Training), 60), 400, DialogueFormat.SpecialTokenNames);

        public static SpecialTokens Special => DialogueFormat.FindSpecialTokens(Tokenizer);

        /// <summary>Every form that the model has, by name.</summary>
        public static IReadOnlyDictionary<string, Architecture> All { get; } = new Dictionary<string, Architecture>
        {
            ["separate"] = Of(),
            ["shared value"] = Of() with { Config = Of().Config with { Qkv = QkvMode.SharedValue } },
            ["dictionary"] = Of() with { Config = Of().Config with { Qkv = QkvMode.Dictionary } },
            ["strict"] = Of() with { StrictOutput = true },
            ["grouped"] = Of() with { Config = Of().Config with { KvHeads = 2 } },
            ["gelu"] = Of() with { Config = Of().Config with { FeedForward = FeedForwardKind.Gelu } },
            ["ista"] = Of() with { Config = Of().Config with { FeedForward = FeedForwardKind.Ista } },
            ["mixture"] = Of() with { Config = Of().Config with { Experts = 4, TopK = 2 } },
            ["gelu mixture"] = Of() with { Config = Of().Config with { Experts = 3, TopK = 1, FeedForward = FeedForwardKind.Gelu } },
            ["untied"] = Of() with { Config = Of().Config with { Tied = false } },
            ["small heads"] = Of() with { Config = Of().Config with { HeadDim = 16 } },
            ["large heads"] = Of() with { Config = Of().Config with { HeadDim = 64 } },
        };

        public static Tensor Ids(int rows, int columns, int vocabulary, int seed = 5)
        {
            var random = new System.Random(seed);
            return tensor(Enumerable.Range(0, rows * columns).Select(_ => (long)random.Next(vocabulary)).ToArray(), new long[] { rows, columns });
        }

        private static Architecture Of() => new()
        {
            Config = new ModelConfig
            {
                Vocabulary = Tokenizer.VocabularySize,
                Special = Special,
                Dim = 48,
                Layers = 2,
                SignalHeads = 2,
                NoiseHeads = 2,
                KvHeads = 4,
                HeadDim = 32,
                Hidden = 64,
                Context = 96,
                LambdaFinal = 0.5,
            },
        };
    }
}
