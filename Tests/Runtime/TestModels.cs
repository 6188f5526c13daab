using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Json;

namespace PrismLM.Tests
{
    /// <summary>Small random checkpoints, made by the real writer and read by the real loader. The same seed gives the same bytes on every runtime.</summary>
    public static class TestModels
    {
        /// <summary>A small configuration to vary with <c>with</c>: 2 layers, 1 + 1 heads of 8, SwiGLU, 40 tokens.</summary>
        public static ModelConfig Small { get; } = new ModelConfig
        {
            Dim = 16,
            Layers = 2,
            SignalHeads = 1,
            NoiseHeads = 1,
            KvHeads = 2,
            HeadDim = 8,
            Qkv = QkvMode.Separate,
            FeedForward = FeedForwardKind.SwiGlu,
            Hidden = 32,
            Vocabulary = 40,
            Context = 32,
            LambdaFinal = 0.1,
        };

        /// <summary>Weights N(0, 0.08), norms around 1, gains of varied size (signal positive, noise negative), pi-RoPE.</summary>
        public static PrismCheckpoint Random(ModelConfig config, int seed, WeightFormat format = WeightFormat.Float32, bool kvFloat32 = true) =>
            PrismCheckpoint.Load(new MemoryStream(Writer(config, seed, format, kvFloat32).ToBytes()), "random.safetensors");

        /// <summary>The same model before it is written.</summary>
        public static CheckpointWriter Writer(ModelConfig config, int seed, WeightFormat format = WeightFormat.Float32, bool kvFloat32 = true)
        {
            var random = new TestRandom((ulong)seed);
            var info = new CheckpointInfo { Name = "random", WeightLicence = "CC0-1.0", DataLicences = new[] { "none: random numbers" }, TrainingSummary = "Not trained." };
            var writer = new CheckpointWriter(config, format, info, Tokenizer(config.Vocabulary)) { KvFloat32 = kvFloat32 };
            foreach (TensorSpec spec in TensorSchema.Weights(config))
            {
                var values = new float[spec.Elements];
                bool norm = spec.Shape.Count == 1;
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = (float)(norm ? 1 + 0.1 * random.Normal() : 0.08 * random.Normal());
                }

                writer.Add(spec.Name, values);
            }

            var gain = new float[config.Layers * config.Heads];
            for (int i = 0; i < gain.Length; i++)
            {
                gain[i] = i % config.Heads < config.SignalHeads ? (float)(0.75 + 0.5 * random.Uniform()) : (float)(-0.25 - 0.5 * random.Uniform());
            }

            writer.SetGain(gain);
            return writer;
        }

        /// <summary>A byte-level BPE without merges: the 256 byte letters as far as the vocabulary reaches, then letters that no text produces.</summary>
        public static byte[] Tokenizer(int vocabulary)
        {
            JsonWriter json = new JsonWriter().StartObject().Name("version").String("1.0").Name("added_tokens").StartArray().EndArray()
                .Name("pre_tokenizer").StartObject().Name("type").String("ByteLevel").Name("add_prefix_space").Boolean(false).EndObject()
                .Name("model").StartObject().Name("type").String("BPE").Name("vocab").StartObject();
            for (int id = 0, letter = 256; id < vocabulary; id++)
            {
                json.Name(id < 256 ? ByteLetter(id, ref letter).ToString() : ((char)(0x4E00 + id % 20000)).ToString() + (char)(0x4E00 + id / 20000)).Number(id);
            }

            return json.EndObject().Name("merges").StartArray().EndArray().EndObject().EndObject().ToBytes();
        }

        // GPT-2's alphabet: printable Latin-1 stands for itself, every other byte for the next letter from U+0100.
        private static char ByteLetter(int value, ref int next) =>
            (value >= 33 && value <= 126) || (value >= 161 && value <= 172) || value >= 174 ? (char)value : (char)next++;
    }
}
