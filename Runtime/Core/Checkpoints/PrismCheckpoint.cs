using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>
    /// One Prism model in memory: configuration, tokenizer, weights, and what it says about itself. A loaded checkpoint has passed every check of its format, so
    /// backends read it without checks of their own. It does not change; several models may share it.
    /// </summary>
    public sealed class PrismCheckpoint
    {
        private PrismCheckpoint(ModelConfig config, CheckpointInfo info, WeightFormat format, bool kvFloat32, string sha256, IReadOnlyDictionary<string, CheckpointTensor> tensors, IReadOnlyList<string> warnings)
        {
            Config = config;
            Info = info;
            WeightFormat = format;
            KvFloat32 = kvFloat32;
            Sha256 = sha256;
            Tensors = tensors;
            Warnings = warnings;
            TokenizerJson = tensors[TensorNames.TokenizerJson].Data.ToArray();
            HeadGroup = tensors[TensorNames.HeadGroup].Data.ToArray();
            RopeInvFreq = ReadFloats(TensorNames.RopeInvFreq);
            RopeGroups = tensors[TensorNames.RopeInvFreq].Shape[0];
            Gain = ReadFloats(TensorNames.Gain);
        }

        public ModelConfig Config { get; }

        public CheckpointInfo Info { get; }

        /// <summary>Format of the matrices, unless <see cref="FormatOf"/> says otherwise for one of them.</summary>
        public WeightFormat WeightFormat { get; }

        /// <summary>True when keys and values are to be cached as float32; float16 otherwise.</summary>
        public bool KvFloat32 { get; }

        /// <summary>64 lower-case hexadecimal digits: of the whole file with these digits zeroed. Names the model wherever one must be told from another.</summary>
        public string Sha256 { get; }

        /// <summary>Every tensor of the file by name, scales included.</summary>
        public IReadOnlyDictionary<string, CheckpointTensor> Tensors { get; }

        /// <summary>What was odd but harmless, such as metadata keys that this version does not know.</summary>
        public IReadOnlyList<string> Warnings { get; }

#pragma warning disable CA1819 // plain arrays by the contract with the backends, which upload them as they are; treat as read-only
        /// <summary>UTF-8.</summary>
        public byte[] TokenizerJson { get; }

        /// <summary>(groups, headDim / 2) row-major; radians a position.</summary>
        public float[] RopeInvFreq { get; }

        /// <summary>(layers, heads): a row of <see cref="RopeInvFreq"/> for each query head.</summary>
        public byte[] HeadGroup { get; }

        /// <summary>(layers, heads): factor on each head's output.</summary>
        public float[] Gain { get; }
#pragma warning restore CA1819

        public int RopeGroups { get; }

        /// <summary>Loads and checks a file.</summary>
        /// <param name="path">A regular file.</param>
        /// <param name="progress">0 to 1, from the calling thread.</param>
        /// <param name="ct">Looked at between pieces of 1 MiB.</param>
        /// <exception cref="PrismFileException">The file is not a Prism checkpoint; see <see cref="FileErrorCodes"/>.</exception>
        /// <exception cref="OperationCanceledException"/>
        public static PrismCheckpoint Load(string path, IProgress<double>? progress = null, CancellationToken ct = default)
        {
            using FileStream stream = RegularFile.Open(path);
            return Load(stream, path, progress, ct);
        }

        /// <summary>Loads and checks what a stream holds from its position to its end. The stream stays open.</summary>
        /// <inheritdoc cref="Load(string, IProgress{double}, CancellationToken)"/>
        public static PrismCheckpoint Load(Stream stream, string displayName, IProgress<double>? progress = null, CancellationToken ct = default)
        {
            stream = SafetensorsReader.WithLength(stream, displayName, ct);
            SafetensorsHeader header = SafetensorsReader.ReadHeader(stream, displayName);
            ModelConfig config = ConfigMetadata.Read(header.Metadata, displayName);
            WeightFormat format = ConfigMetadata.ReadWeightFormat(header.Metadata, displayName);
            bool kvFloat32 = ConfigMetadata.ReadKvFloat32(header.Metadata, displayName);
            SchemaCheck.Run(config, format, header.Entries, displayName);
            if (header.HashOffset < 0)
            {
                throw new PrismFileException(FileErrorCodes.MissingHash, displayName, "metadata sha256", "no 64 digits", "the file's SHA-256", "Write the file with CheckpointWriter.");
            }

            Dictionary<string, CheckpointTensor> tensors = SafetensorsReader.ReadData(stream, header, displayName, progress, ct, out string sha256);
            string recorded = header.Metadata[ConfigMetadata.Sha256];
            if (!string.Equals(sha256, recorded, StringComparison.Ordinal))
            {
                throw new PrismFileException(FileErrorCodes.HashDiffers, displayName, "metadata sha256", "content with hash " + sha256.Substring(0, 12), Json.SafeText.Show(recorded, 12), "The file is damaged or was edited: fetch it again.");
            }

            CheckValues(config, tensors, displayName, ct);
            CheckTokenizer(header.Metadata, tensors[TensorNames.TokenizerJson], displayName);
            CheckpointInfo info = InfoMetadata.Read(header.Metadata, out IReadOnlyList<string> warnings);
            var checkpoint = new PrismCheckpoint(config, info, format, kvFloat32, sha256, tensors, warnings);
            TableCheck.Run(checkpoint, displayName);
            progress?.Report(1);
            return checkpoint;
        }

        /// <summary>How a tensor is stored.</summary>
        /// <exception cref="KeyNotFoundException">No such tensor.</exception>
        public WeightFormat FormatOf(string tensor)
        {
            CheckpointTensor found = Tensors[tensor];
            switch (found.DType)
            {
                case DType.F32: return WeightFormat.Float32;
                case DType.F16: return WeightFormat.Float16;
                case DType.I8: return WeightFormat.Int8;
                default:
                    return Tensors.ContainsKey(TensorNames.Scale(tensor)) ? WeightFormat.Int4 : throw new ArgumentException("The tensor holds bytes, not weights.", nameof(tensor));
            }
        }

        /// <summary>The weights of a tensor as float32, row-major, decoded from whatever format they have.</summary>
        /// <exception cref="KeyNotFoundException">No such tensor.</exception>
        public float[] ReadFloats(string tensor)
        {
            CheckpointTensor found = Tensors[tensor];
            WeightFormat format = FormatOf(tensor);
            ReadOnlySpan<byte> data = found.Data.Span;
            if (format == WeightFormat.Float32)
            {
                return MemoryMarshal.Cast<byte, float>(data).ToArray();
            }

            if (format == WeightFormat.Float16)
            {
                ReadOnlySpan<ushort> halves = MemoryMarshal.Cast<byte, ushort>(data);
                var values = new float[halves.Length];
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = HalfFloat.ToSingle(halves[i]);
                }

                return values;
            }

            int columns = Columns(Config, tensor);
            var weights = new float[data.Length / Quantization.RowBytes(format, columns) * columns];
            Quantization.Decode(format, data, MemoryMarshal.Cast<byte, ushort>(Tensors[TensorNames.Scale(tensor)].Data.Span), columns, weights);
            return weights;
        }

        private static int Columns(ModelConfig config, string tensor)
        {
            foreach (TensorSpec spec in TensorSchema.Weights(config))
            {
                if (string.Equals(spec.Name, tensor, StringComparison.Ordinal))
                {
                    return spec.Columns;
                }
            }

            throw new KeyNotFoundException("The configuration has no tensor " + tensor + ".");
        }

        private static void CheckValues(ModelConfig config, Dictionary<string, CheckpointTensor> tensors, string file, CancellationToken ct)
        {
            foreach (CheckpointTensor tensor in tensors.Values)
            {
                ct.ThrowIfCancellationRequested();
                ValueCheck.Run(tensor, file);
            }

            foreach (TensorSpec spec in TensorSchema.Weights(config))
            {
                CheckpointTensor tensor = tensors[spec.Name];
                if (tensor.DType == DType.I8 || tensor.DType == DType.U8)
                {
                    ct.ThrowIfCancellationRequested();
                    ValueCheck.Quantized(tensor, tensors[TensorNames.Scale(spec.Name)], tensor.DType == DType.I8 ? WeightFormat.Int8 : WeightFormat.Int4, spec.Columns, file);
                }
                else if (spec.Kind == TensorKind.Full && spec.Shape.Count == 1)
                {
                    ValueCheck.Norm(tensor, file);
                }
            }
        }

        private static void CheckTokenizer(Dictionary<string, string> metadata, CheckpointTensor tokenizer, string file)
        {
            string expected = new MetadataValues(metadata, file).Text(ConfigMetadata.TokenizerSha256);
            string found = Hash(tokenizer.Data.Span);
            if (!string.Equals(found, expected, StringComparison.Ordinal))
            {
                throw new PrismFileException(FileErrorCodes.TokenizerHash, file, "tensor \"tokenizer_json\"", "tokenizer " + found.Substring(0, 12), Json.SafeText.Show(expected, 12), "The weights were trained with another tokenizer.");
            }
        }

        internal static string Hash(ReadOnlySpan<byte> bytes)
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(bytes);
            return SafetensorsReader.Hex(hash.GetHashAndReset());
        }
    }
}
