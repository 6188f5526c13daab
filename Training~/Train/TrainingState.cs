using System;
using System.Buffers.Binary;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Training.Train
{
    /// <summary>The numbers of a run beside its tensors.</summary>
    internal sealed record TrainingCursor
    {
        public long Step { get; init; }

        public long Tokens { get; init; }

        /// <summary>Training time so far, over all sessions.</summary>
        public double Seconds { get; init; }

        /// <summary>Exponential mean of the loss.</summary>
        public double Loss { get; init; }

        public double Lambda { get; init; }

        /// <summary>Tokens at which a requested decay began; -1 for none.</summary>
        public long DecayStart { get; init; } = -1;

        /// <summary>Length of that decay.</summary>
        public long DecayTokens { get; init; }

        /// <summary>Share of the budget that was used when it began: rate and lambda go on from there.</summary>
        public double DecayFrom { get; init; }

        /// <summary>Cursor of the batch stream.</summary>
        public string Data { get; init; } = string.Empty;

        /// <summary>Whether the budget is used up.</summary>
        public bool Finished { get; init; }
    }

    /// <summary>
    /// One file that holds all a run needs to go on with the same bits: parameters, both moments of the optimizer, and the cursor. There is no other
    /// random state: the model draws no random numbers after its start, and the data's generators are in its cursor.
    /// </summary>
    internal static class TrainingState
    {
        private const int HeaderBytes = 24;
        private const int HashBytes = 32;
        private static readonly byte[] Magic = "PRISMTR1"u8.ToArray();

        public static void Save(string path, TrainingCursor cursor, params float[][] vectors)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(cursor);
            AtomicFile.Write(path, stream =>
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                void Put(ReadOnlySpan<byte> bytes)
                {
                    hash.AppendData(bytes);
                    stream.Write(bytes);
                }

                Span<byte> header = stackalloc byte[HeaderBytes];
                Magic.CopyTo(header);
                BinaryPrimitives.WriteInt32LittleEndian(header[8..], json.Length);
                BinaryPrimitives.WriteInt32LittleEndian(header[12..], vectors.Length);
                BinaryPrimitives.WriteInt64LittleEndian(header[16..], vectors[0].Length);
                Put(header);
                Put(json);
                foreach (var vector in vectors)
                {
                    Put(MemoryMarshal.AsBytes(vector.AsSpan()));
                }

                stream.Write(hash.GetHashAndReset());
            });
        }

        /// <exception cref="InvalidDataException">Not a state, damaged, or of another model.</exception>
        public static TrainingCursor Load(string path, int vectorCount, int length, out float[][] vectors)
        {
            var name = Path.GetFileName(path);
            using var stream = File.OpenRead(path);
            var header = new byte[HeaderBytes];
            if (stream.Length < HeaderBytes + HashBytes || stream.ReadAtLeast(header, HeaderBytes, false) < HeaderBytes || !header.AsSpan(0, 8).SequenceEqual(Magic))
            {
                throw new InvalidDataException($"{name} is not a training state (it does not start with PRISMTR1).");
            }

            var jsonLength = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8));
            var count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
            var elements = BinaryPrimitives.ReadInt64LittleEndian(header.AsSpan(16));
            if (count != vectorCount || elements != length)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"{name} holds {count} vectors of {elements} numbers; this model needs {vectorCount} of {length}. It is the state of another architecture."));
            }

            if (jsonLength < 0 || stream.Length != HeaderBytes + (long)jsonLength + (count * elements * sizeof(float)) + HashBytes)
            {
                throw new InvalidDataException(FormattableString.Invariant($"{name} has {stream.Length} bytes, which does not fit its header: it is cut or damaged."));
            }

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(header);
            var json = new byte[jsonLength];
            stream.ReadExactly(json);
            hash.AppendData(json);
            vectors = new float[count][];
            for (var i = 0; i < count; i++)
            {
                vectors[i] = new float[elements];
                var bytes = MemoryMarshal.AsBytes(vectors[i].AsSpan());
                stream.ReadExactly(bytes);
                hash.AppendData(bytes);
            }

            var found = new byte[HashBytes];
            stream.ReadExactly(found);
            if (!hash.GetHashAndReset().AsSpan().SequenceEqual(found))
            {
                throw new InvalidDataException($"{name} is damaged: its SHA-256 does not match its content.");
            }

            return JsonSerializer.Deserialize<TrainingCursor>(json) ?? throw new InvalidDataException($"{name} has no cursor.");
        }
    }
}
