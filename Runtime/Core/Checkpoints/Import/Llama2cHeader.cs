using System;
using System.Buffers.Binary;
using System.Globalization;

namespace PrismLM.Core.Checkpoints.Import
{
    /// <summary>The seven numbers a llama2.c checkpoint (version 0) begins with, checked against limits and the file's size.</summary>
    internal sealed class Llama2cHeader
    {
        internal const int Bytes = 7 * sizeof(int);

        // "ak42", which newer versions of the format begin with.
        private const int VersionedMagic = 0x616B3432;

        private const string Hint = "Give a llama2.c model.bin (export.py --version 0).";

        private Llama2cHeader(int[] numbers)
        {
            Dim = numbers[0];
            Hidden = numbers[1];
            Layers = numbers[2];
            Heads = numbers[3];
            KvHeads = numbers[4];
            Tied = numbers[5] > 0;
            Vocabulary = Math.Abs(numbers[5]);
            Context = numbers[6];
        }

        internal int Dim { get; }

        internal int Hidden { get; }

        internal int Layers { get; }

        internal int Heads { get; }

        internal int KvHeads { get; }

        internal int Vocabulary { get; }

        internal int Context { get; }

        /// <summary>A negative vocabulary says that the output matrix stands at the end of the file.</summary>
        internal bool Tied { get; }

        internal int HeadDim => Dim / Heads;

        internal int KvDim => KvHeads * HeadDim;

        /// <summary>Floats of the cosine and sine tables that the format carries and nobody reads.</summary>
        internal long RotaryTables => 2L * Context * (HeadDim / 2);

        internal long FileBytes
        {
            get
            {
                long layer = (2L * Dim) + (2L * Dim * Dim) + (2L * Dim * KvDim) + (3L * Dim * Hidden);
                long head = Tied ? 0 : (long)Vocabulary * Dim;
                return Bytes + (sizeof(float) * (((long)Vocabulary * Dim) + (Layers * layer) + Dim + RotaryTables + head));
            }
        }

        /// <exception cref="PrismFileException">PI200, PI201 or PI202.</exception>
        internal static Llama2cHeader Read(ReadOnlySpan<byte> start, long fileLength, string file)
        {
            if (start.Length < Bytes)
            {
                throw new PrismFileException(ImportErrorCodes.NotAModel, file, "header", Text(start.Length) + " bytes", "at least 28 bytes", Hint);
            }
            var numbers = new int[7];
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(start.Slice(i * sizeof(int)));
            }
            if (numbers[0] == VersionedMagic)
            {
                throw new PrismFileException(ImportErrorCodes.NotAModel, file, "header", "llama2.c format version " + Text(numbers[1]), "version 0", Hint);
            }
            CheckRange(file, "dim", numbers[0], CheckpointLimits.MaxDimension);
            CheckRange(file, "hidden_dim", numbers[1], CheckpointLimits.MaxDimension);
            CheckRange(file, "n_layers", numbers[2], CheckpointLimits.MaxTensors);
            CheckRange(file, "n_heads", numbers[3], numbers[0]);
            CheckRange(file, "n_kv_heads", numbers[4], numbers[3]);
            if (numbers[5] == int.MinValue)
            {
                throw Bad(file, "vocab_size", numbers[5], "1 to 65536, or its negative");
            }
            CheckRange(file, "vocab_size", Math.Abs(numbers[5]), Tokenization.BpeTokenizer.MaxVocabularySize);
            CheckRange(file, "seq_len", numbers[6], CheckpointLimits.MaxDimension);
            if (numbers[0] % numbers[3] != 0 || numbers[0] / numbers[3] % 2 != 0)
            {
                throw Bad(file, "n_heads", numbers[3], "a divisor of dim " + Text(numbers[0]) + " with an even quotient");
            }
            if (numbers[3] % numbers[4] != 0)
            {
                throw Bad(file, "n_kv_heads", numbers[4], "a divisor of n_heads " + Text(numbers[3]));
            }
            var header = new Llama2cHeader(numbers);
            if (header.FileBytes != fileLength)
            {
                throw new PrismFileException(
                    ImportErrorCodes.Size, file, "size", Text(fileLength) + " bytes", Text(header.FileBytes) + " bytes for the header's sizes",
                    "The file is cut, or no llama2.c model of version 0.");
            }
            return header;
        }

        private static void CheckRange(string file, string name, int found, int maximum)
        {
            if (found < 1 || found > maximum)
            {
                throw Bad(file, name, found, "1 to " + Text(maximum));
            }
        }

        private static PrismFileException Bad(string file, string name, int found, string expected)
        {
            return new PrismFileException(ImportErrorCodes.HeaderValue, file, "header, " + name, Text(found), expected, Hint);
        }

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
