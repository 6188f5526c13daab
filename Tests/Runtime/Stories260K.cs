using System;
using System.IO;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Checkpoints.Import;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests
{
    /// <summary>A Llama that others trained, imported: real input for every engine. See Fixtures/stories260K/README.md.</summary>
    internal static class Stories260K
    {
        /// <summary>Positions of <see cref="GoldenLogits"/>.</summary>
        internal const int Positions = 64;

        internal const int Vocabulary = 512;

        internal const string Prompt = "Once upon a time";

        /// <summary>bos, the prompt and its greedy continuation: the input of <see cref="GoldenLogits"/>.</summary>
        internal static readonly int[] GoldenTokens =
        {
            1, 403, 407, 261, 378, 432, 383, 286, 261, 376, 298, 315, 421, 395, 317, 426, 338, 401, 396, 267, 337, 410, 408, 419, 292, 411, 322, 265, 282, 295, 433,
            426, 385, 328, 432, 358, 394, 261, 370, 432, 352, 266, 268, 388, 426, 338, 391, 266, 267, 337, 335, 312, 432, 398, 312, 286, 267, 414, 270, 333, 415,
            426, 13, 438,
        };

        internal static string Folder => Path.Combine(AppContext.BaseDirectory, "Fixtures", "stories260K");

        internal static string ModelPath => Path.Combine(Folder, "stories260K.bin");

        internal static string TokenizerPath => Path.Combine(Folder, "tok512.bin");

        /// <summary>The published text of 256 greedy steps.</summary>
        internal static string GoldenText => File.ReadAllText(Path.Combine(Folder, "golden_greedy_256.txt"));

        /// <summary>The imported checkpoint's bytes.</summary>
        internal static byte[] CheckpointBytes() => Llama2cImporter.Import(ModelPath, TokenizerPath).ToBytes();

        /// <summary>The imported checkpoint, through the loader that every checkpoint goes through.</summary>
        internal static PrismCheckpoint Load()
        {
            using var stream = new MemoryStream(CheckpointBytes());
            return PrismCheckpoint.Load(stream, "stories260K.safetensors");
        }

        internal static ITextTokenizer Tokenizer() => TextTokenizer.FromJson(Load().TokenizerJson);

        /// <summary>(positions, vocabulary), row-major, for <see cref="GoldenTokens"/>.</summary>
        internal static float[] GoldenLogits()
        {
            byte[] bytes = File.ReadAllBytes(Path.Combine(Folder, "golden_logits_64x512.f32"));
            var logits = new float[bytes.Length / sizeof(float)];
            Buffer.BlockCopy(bytes, 0, logits, 0, bytes.Length);
            return logits;
        }
    }
}
