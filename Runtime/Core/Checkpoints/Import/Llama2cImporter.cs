using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Checkpoints.Import
{
    /// <summary>
    /// Turns a checkpoint of llama2.c (a Llama: full QKV, grouped-query attention, SwiGLU, RoPE of base 10000 on interleaved pairs, RMSNorm with epsilon 1e-5)
    /// into a Prism checkpoint: one frequency group, unit gains, no noise heads, float32 weights and a float32 key/value cache.
    /// </summary>
    /// <remarks>It lies in Core and not beside the trainer because the runtime's tests prove the engine on other people's models with it.</remarks>
    public static class Llama2cImporter
    {
        /// <summary>Largest model file: 1 GiB, since it is read into memory.</summary>
        public const long MaxModelBytes = 1L << 30;

        private const int MaxTokenizerBytes = 32 << 20;
        private const double RopeBase = 10000;

        /// <summary>Reads both files; <see cref="CheckpointWriter.Save"/> of the result writes the checkpoint in one atomic step.</summary>
        /// <param name="modelPath">llama2.c's <c>model.bin</c>, format version 0.</param>
        /// <param name="tokenizerPath">The <c>tokenizer.bin</c> that belongs to it.</param>
        /// <param name="info">Name and licences for the checkpoint; by default the file's name and no licence.</param>
        /// <exception cref="PrismFileException">PF codes when a file cannot be read, PI codes when it is malformed, PC codes for sizes that no checkpoint has.</exception>
        public static CheckpointWriter Import(string modelPath, string tokenizerPath, CheckpointInfo? info = null)
        {
            if (modelPath is null)
            {
                throw new ArgumentNullException(nameof(modelPath));
            }
            if (tokenizerPath is null)
            {
                throw new ArgumentNullException(nameof(tokenizerPath));
            }
            byte[] model = ReadAll(modelPath, MaxModelBytes);
            byte[] tokenizer = ReadAll(tokenizerPath, MaxTokenizerBytes);
            return Import(model, modelPath, tokenizer, tokenizerPath, info);
        }

        /// <summary>The same from memory; the names are for messages.</summary>
        /// <exception cref="PrismFileException">PI and PC codes.</exception>
        public static CheckpointWriter Import(
            ReadOnlySpan<byte> model, string modelName, ReadOnlySpan<byte> tokenizer, string tokenizerName, CheckpointInfo? info = null)
        {
            Llama2cHeader header = Llama2cHeader.Read(model.Slice(0, Math.Min(model.Length, Llama2cHeader.Bytes)), model.Length, modelName);
            SentencePieceTokenizer text = Llama2cTokenizerReader.Read(tokenizer, header.Vocabulary, tokenizerName);
            ModelConfig config = ConfigOf(header);
            if (ConfigRules.Check(config) is ConfigProblem problem)
            {
                throw new PrismFileException(problem.Code, modelName, problem.Key, problem.Found, problem.Expected, "Prism cannot hold this model.");
            }
            CheckpointInfo about = info ?? new CheckpointInfo
            {
                Name = PrismFileException.BaseName(modelName),
                TrainingSummary = "Imported from a llama2.c checkpoint.",
            };
            var writer = new CheckpointWriter(config, WeightFormat.Float32, about, text.ToJson()) { KvFloat32 = true };
            writer.SetRope(RopeFrequencies.Table(header.HeadDim, RopeBase), 1);
            AddWeights(writer, header, new Llama2cFloats(model, modelName));
            return writer;
        }

        private static ModelConfig ConfigOf(Llama2cHeader header)
        {
            return new ModelConfig
            {
                Dim = header.Dim,
                Layers = header.Layers,
                SignalHeads = header.Heads,
                NoiseHeads = 0,
                KvHeads = header.KvHeads,
                HeadDim = header.HeadDim,
                Qkv = QkvMode.Separate,
                FeedForward = FeedForwardKind.SwiGlu,
                Hidden = header.Hidden,
                Vocabulary = header.Vocabulary,
                Context = header.Context,
                NormEpsilon = 1e-5,
                Tied = header.Tied,
                Special = new SpecialTokens { Bos = Llama2cTokenizerReader.Bos, Eos = Llama2cTokenizerReader.Eos },
            };
        }

        /// <summary>The file holds each kind of tensor for all layers together, in this order.</summary>
        private static void AddWeights(CheckpointWriter writer, Llama2cHeader header, Llama2cFloats floats)
        {
            int d = header.Dim;
            floats.Add(writer, TensorNames.TokenEmbedding, header.Vocabulary * d);
            floats.AddLayers(writer, TensorNames.AttentionNorm, header.Layers, d);
            floats.AddLayers(writer, TensorNames.Query, header.Layers, d * d);
            floats.AddLayers(writer, TensorNames.Key, header.Layers, header.KvDim * d);
            floats.AddLayers(writer, TensorNames.Value, header.Layers, header.KvDim * d);
            floats.AddLayers(writer, TensorNames.Output, header.Layers, d * d);
            floats.AddLayers(writer, TensorNames.FeedForwardNorm, header.Layers, d);
            floats.AddLayers(writer, TensorNames.Gate, header.Layers, header.Hidden * d);
            floats.AddLayers(writer, TensorNames.Down, header.Layers, d * header.Hidden);
            floats.AddLayers(writer, TensorNames.Up, header.Layers, header.Hidden * d);
            floats.Add(writer, TensorNames.FinalNorm, d);
            floats.Skip((int)header.RotaryTables);
            if (!header.Tied)
            {
                floats.Add(writer, TensorNames.Head, header.Vocabulary * d);
            }
        }

        private static byte[] ReadAll(string path, long maximum)
        {
            using FileStream stream = RegularFile.Open(path);
            if (stream.Length > maximum)
            {
                throw new PrismFileException(
                    FileErrorCodes.TooLarge, path, string.Empty, stream.Length.ToString(CultureInfo.InvariantCulture) + " bytes",
                    "at most " + maximum.ToString(CultureInfo.InvariantCulture));
            }
            var bytes = new byte[stream.Length];
            int read = 0;
            while (read < bytes.Length)
            {
                int part = stream.Read(bytes, read, bytes.Length - read);
                if (part == 0)
                {
                    throw new PrismFileException(
                        FileErrorCodes.Shrank, path, string.Empty, read.ToString(CultureInfo.InvariantCulture) + " bytes",
                        bytes.Length.ToString(CultureInfo.InvariantCulture) + " bytes", "Another program is writing the file.");
                }
                read += part;
            }
            return bytes;
        }

        /// <summary>Hands out the floats of the file in order.</summary>
        private ref struct Llama2cFloats
        {
            private readonly string _file;
            private ReadOnlySpan<float> _rest;

            internal Llama2cFloats(ReadOnlySpan<byte> file, string name)
            {
                _file = name;
                _rest = MemoryMarshal.Cast<byte, float>(file.Slice(Llama2cHeader.Bytes));
            }

            internal void Skip(int count) => _rest = _rest.Slice(count);

            internal void AddLayers(CheckpointWriter writer, string part, int layers, int count)
            {
                for (int layer = 0; layer < layers; layer++)
                {
                    Add(writer, TensorNames.Layer(layer, part), count);
                }
            }

            internal void Add(CheckpointWriter writer, string name, int count)
            {
                ReadOnlySpan<float> values = _rest.Slice(0, count);
                for (int i = 0; i < count; i++)
                {
                    if (!(Math.Abs(values[i]) <= CheckpointLimits.MaxWeight))
                    {
                        throw new PrismFileException(
                            ImportErrorCodes.Weight, _file, "tensor " + name + ", index " + i.ToString(CultureInfo.InvariantCulture),
                            values[i].ToString("R", CultureInfo.InvariantCulture), "a finite value of at most 10000", "The file is damaged.");
                    }
                }
                writer.Add(name, values);
                _rest = _rest.Slice(count);
            }
        }
    }
}
