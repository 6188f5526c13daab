using System.IO;
using System.Linq;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Prompting;
using PrismLM.Core.Tokenization;
using PrismLM.Tests.Tokenization;

namespace PrismLM.Tests
{
    /// <summary>A small random model that knows the dialogue format: it says anything, as various as can be, in a few milliseconds.</summary>
    internal static class TalkingModel
    {
        public static PrismCheckpoint Load(int seed) => PrismCheckpoint.Load(new MemoryStream(Bytes(seed)), "random.safetensors");

        /// <summary>The file.</summary>
        public static byte[] Bytes(int seed)
        {
            BpeTokenizer tokenizer = TinyTokenizer.Create(DialogueFormat.SpecialTokenNames.ToArray());
            ModelConfig config = TestModels.Small with
            {
                Vocabulary = tokenizer.VocabularySize, Context = 256, DialogueFormat = DialogueFormat.Version, Special = DialogueFormat.FindSpecialTokens(tokenizer),
            };
            var info = new CheckpointInfo { Name = "random", WeightLicence = "CC0-1.0", DataLicences = new[] { "none: random numbers" }, TrainingSummary = "Not trained." };
            var writer = new CheckpointWriter(config, WeightFormat.Float16, info, tokenizer.ToJson()) { KvFloat32 = false };
            var random = new TestRandom((ulong)seed);
            foreach (TensorSpec spec in TensorSchema.Weights(config))
            {
                writer.Add(spec.Name, Enumerable.Range(0, (int)spec.Elements).Select(_ => (float)(spec.Shape.Count == 1 ? 1 + (0.1 * random.Normal()) : 0.2 * random.Normal())).ToArray());
            }

            writer.SetGain(Enumerable.Range(0, config.Layers * config.Heads).Select(i => i % config.Heads < config.SignalHeads ? 1f : -0.5f).ToArray());
            return writer.ToBytes();
        }
    }
}
