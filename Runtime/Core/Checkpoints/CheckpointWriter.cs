using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>
    /// Builds a Prism checkpoint: give it a configuration and every weight tensor, and save. Frequencies, groups and gains start as the configuration's pi-RoPE
    /// (group 0 and gain +1 for signal heads, group 1 and gain -lambda for noise heads) and may be replaced.
    /// </summary>
    public sealed class CheckpointWriter
    {
        private readonly ModelConfig _config;
        private readonly WeightFormat _format;
        private readonly CheckpointInfo _info;
        private readonly byte[] _tokenizerJson;
        private readonly Dictionary<string, TensorSpec> _missing = new Dictionary<string, TensorSpec>(StringComparer.Ordinal);
        private readonly List<CheckpointTensor> _tensors = new List<CheckpointTensor>();
        private float[] _ropeInvFreq;
        private int _ropeGroups = 2;
        private byte[] _headGroup;
        private float[] _gain;

        /// <param name="config">Checked against the format's limits.</param>
        /// <param name="format">Format of the matrices. Norms, the router, frequencies and gains stay float32.</param>
        /// <param name="info">Name, licences, summary.</param>
        /// <param name="tokenizerJson">UTF-8, at most 32 MiB.</param>
        /// <exception cref="ArgumentException">The configuration is not one that a checkpoint can have.</exception>
        public CheckpointWriter(ModelConfig config, WeightFormat format, CheckpointInfo info, byte[] tokenizerJson)
        {
            ConfigProblem? problem = ConfigRules.Check(config);
            if (problem != null)
            {
                throw new ArgumentException(problem.ToString(), nameof(config));
            }

            if (tokenizerJson.Length == 0 || tokenizerJson.Length > CheckpointLimits.MaxByteDimension)
            {
                throw new ArgumentException("The tokenizer has " + Text(tokenizerJson.Length) + " bytes; expected 1 to " + Text(CheckpointLimits.MaxByteDimension) + ".", nameof(tokenizerJson));
            }

            _config = config;
            _format = format;
            _info = info;
            _tokenizerJson = tokenizerJson;
            foreach (TensorSpec spec in TensorSchema.Weights(config))
            {
                _missing.Add(spec.Name, spec);
            }

            _ropeInvFreq = RopeFrequencies.Table(config.HeadDim, RopeFrequencies.SignalBase, RopeFrequencies.NoiseBase);
            _headGroup = new byte[config.Layers * config.Heads];
            _gain = new float[config.Layers * config.Heads];
            for (int i = 0; i < _gain.Length; i++)
            {
                bool noise = i % config.Heads >= config.SignalHeads;
                _headGroup[i] = noise ? (byte)1 : (byte)0;
                _gain[i] = noise ? (float)-config.LambdaFinal : 1f;
            }
        }

        /// <summary>A writer that holds another checkpoint's weights already, to be stored in another format.</summary>
        /// <param name="checkpoint">Decoded to float32 first: what a coarser format has lost does not come back.</param>
        /// <param name="format">Format of the matrices.</param>
        /// <param name="info">Name, licences, summary; the checkpoint's own when null.</param>
        public static CheckpointWriter From(PrismCheckpoint checkpoint, WeightFormat format, CheckpointInfo? info = null)
        {
            var writer = new CheckpointWriter(checkpoint.Config, format, info ?? checkpoint.Info, checkpoint.TokenizerJson) { KvFloat32 = checkpoint.KvFloat32 };
            writer.SetRope(checkpoint.RopeInvFreq, checkpoint.RopeGroups);
            writer.SetHeadGroups(checkpoint.HeadGroup);
            writer.SetGain(checkpoint.Gain);
            foreach (TensorSpec spec in TensorSchema.Weights(checkpoint.Config))
            {
                writer.Add(spec.Name, checkpoint.ReadFloats(spec.Name));
            }

            return writer;
        }

        /// <summary>Asks for a float32 key/value cache; float16 otherwise.</summary>
        public bool KvFloat32 { get; set; }

        /// <summary>Weight tensors not added yet.</summary>
        public IReadOnlyCollection<string> Missing => _missing.Keys;

        /// <summary>Adds one weight tensor.</summary>
        /// <param name="name">As <see cref="TensorSchema.Weights"/> lists it.</param>
        /// <param name="values">Row-major, in the schema's shape; finite, at most 10,000 in size.</param>
        /// <param name="format">Another format for this matrix: float32, float16, or the writer's own.</param>
        /// <exception cref="ArgumentException">No such tensor, added already, wrong size, or a value that no checkpoint may hold.</exception>
        public void Add(string name, ReadOnlySpan<float> values, WeightFormat? format = null)
        {
            if (!_missing.TryGetValue(name, out TensorSpec? spec))
            {
                throw new ArgumentException("The configuration has no tensor " + name + ", or it was added already.", nameof(name));
            }

            if (values.Length != spec.Elements)
            {
                throw new ArgumentException(name + " has " + Text(values.Length) + " values; expected " + Text(spec.Elements) + ".", nameof(values));
            }

            CheckValues(name, values);
            WeightFormat used = spec.Kind == TensorKind.Matrix ? format ?? _format : WeightFormat.Float32;
            if (used != _format && used != WeightFormat.Float32 && (used != WeightFormat.Float16 || _format == WeightFormat.Float32))
            {
                throw new ArgumentException("A checkpoint in " + _format.ToString() + " cannot hold " + name + " in " + used.ToString() + ".", nameof(format));
            }

            _missing.Remove(name);
            TensorEncoder.Encode(spec, values, used, _tensors);
        }

        /// <summary>Replaces the frequencies.</summary>
        /// <param name="invFreq">(groups, headDim / 2) row-major.</param>
        /// <param name="groups">1 to 16.</param>
        public void SetRope(ReadOnlySpan<float> invFreq, int groups)
        {
            if (groups < 1 || groups > CheckpointLimits.MaxRopeGroups || invFreq.Length != groups * (_config.HeadDim / 2))
            {
                throw new ArgumentException("Expected (groups, headDim / 2) frequencies of 1 to 16 groups.", nameof(invFreq));
            }

            CheckValues(TensorNames.RopeInvFreq, invFreq);
            _ropeInvFreq = invFreq.ToArray();
            _ropeGroups = groups;
        }

        /// <summary>Replaces the frequency group of each head.</summary>
        /// <param name="headGroup">(layers, heads)</param>
        public void SetHeadGroups(ReadOnlySpan<byte> headGroup)
        {
            RequireTable(headGroup.Length, nameof(headGroup));
            _headGroup = headGroup.ToArray();
        }

        /// <summary>Replaces the gain of each head.</summary>
        /// <param name="gain">(layers, heads)</param>
        public void SetGain(ReadOnlySpan<float> gain)
        {
            RequireTable(gain.Length, nameof(gain));
            CheckValues(TensorNames.Gain, gain);
            _gain = gain.ToArray();
        }

        /// <summary>Writes the file in one atomic step: whatever happens, the path holds the old file or the whole new one.</summary>
        /// <exception cref="InvalidOperationException">A tensor is missing.</exception>
        public void Save(string path) => AtomicFile.Write(path, WriteTo);

        /// <summary>The file's bytes.</summary>
        public byte[] ToBytes()
        {
            using var stream = new MemoryStream();
            WriteTo(stream);
            return stream.ToArray();
        }

        /// <summary>Writes the file to a stream.</summary>
        public void WriteTo(Stream stream)
        {
            if (_missing.Count > 0)
            {
                throw new InvalidOperationException("Tensors are missing: " + string.Join(", ", new List<string>(_missing.Keys).GetRange(0, Math.Min(5, _missing.Count))) + ".");
            }

            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            InfoMetadata.Write(_info, metadata);
            ConfigMetadata.Write(_config, metadata);
            metadata[ConfigMetadata.WeightFormatKey] = ConfigMetadata.FormatName(_format);
            metadata[ConfigMetadata.KvFormat] = KvFloat32 ? "f32" : "f16";
            metadata[ConfigMetadata.TokenizerSha256] = PrismCheckpoint.Hash(_tokenizerJson);
            metadata[ConfigMetadata.Sha256] = string.Empty;
            int[] perHead = { _config.Layers, _config.Heads };
            var tensors = new List<CheckpointTensor>(_tensors)
            {
                new CheckpointTensor(TensorNames.RopeInvFreq, DType.F32, new[] { _ropeGroups, _config.HeadDim / 2 }, MemoryMarshal.AsBytes(_ropeInvFreq.AsSpan()).ToArray()),
                new CheckpointTensor(TensorNames.Gain, DType.F32, perHead, MemoryMarshal.AsBytes(_gain.AsSpan()).ToArray()),
                new CheckpointTensor(TensorNames.HeadGroup, DType.U8, perHead, _headGroup),
                new CheckpointTensor(TensorNames.TokenizerJson, DType.U8, new[] { _tokenizerJson.Length }, _tokenizerJson),
            };
            SafetensorsWriter.Write(stream, metadata, tensors);
        }

        private void RequireTable(int length, string name)
        {
            if (length != _config.Layers * _config.Heads)
            {
                throw new ArgumentException("Expected (layers, heads) = " + Text(_config.Layers * _config.Heads) + " values, not " + Text(length) + ".", name);
            }
        }

        private static void CheckValues(string name, ReadOnlySpan<float> values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (!(Math.Abs(values[i]) <= CheckpointLimits.MaxWeight))
                {
                    throw new ArgumentException(name + " index " + Text(i) + " is " + values[i].ToString("R", CultureInfo.InvariantCulture) + "; expected a finite value of at most 10000.", nameof(values));
                }
            }
        }

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
