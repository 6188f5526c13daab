using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Security.Cryptography;
using System.Threading;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>
    /// Reads a safetensors file of any model, byte by byte from one open stream, never memory-mapped: another process that truncates a mapped file kills this one.
    /// The hash is that of the bytes that were used.
    /// </summary>
    public static class SafetensorsReader
    {
        private const int PieceBytes = 1 << 20;

        /// <summary>Reads all tensors of a file.</summary>
        /// <exception cref="PrismFileException">PF, PH, PJ and PT codes.</exception>
        /// <exception cref="OperationCanceledException"/>
        public static SafetensorsFile Read(string path, IProgress<double>? progress = null, CancellationToken ct = default)
        {
            using FileStream stream = RegularFile.Open(path);
            return Read(stream, path, progress, ct);
        }

        /// <summary>Reads all tensors from the stream's position to its end.</summary>
        /// <inheritdoc cref="Read(string, IProgress{double}, CancellationToken)"/>
        public static SafetensorsFile Read(Stream stream, string displayName, IProgress<double>? progress = null, CancellationToken ct = default)
        {
            stream = WithLength(stream, displayName, ct);
            SafetensorsHeader header = ReadHeader(stream, displayName);
            Dictionary<string, CheckpointTensor> tensors = ReadData(stream, header, displayName, progress, ct, out string sha256);
            return new SafetensorsFile(header.Metadata, tensors, sha256);
        }

        /// <summary>A stream that knows its length: the same one, or a copy in memory that grows with what really arrives.</summary>
        internal static Stream WithLength(Stream stream, string file, CancellationToken ct)
        {
            if (stream.CanSeek)
            {
                return stream;
            }

            var copy = new MemoryStream();
            var piece = new byte[1 << 16];
            try
            {
                for (int read = stream.Read(piece, 0, piece.Length); read > 0; read = stream.Read(piece, 0, piece.Length))
                {
                    ct.ThrowIfCancellationRequested();
                    if (copy.Length + read > CheckpointLimits.MaxTensorBytes)
                    {
                        throw new PrismFileException(FileErrorCodes.TooLarge, file, string.Empty, "more than " + Text(CheckpointLimits.MaxTensorBytes) + " bytes in a stream without length", "at most so many");
                    }

                    copy.Write(piece, 0, read);
                }
            }
            catch (IOException failure)
            {
                throw Unreadable(file, copy.Length, failure);
            }

            copy.Position = 0;
            return copy;
        }

        internal static SafetensorsHeader ReadHeader(Stream stream, string file)
        {
            long length = stream.Length - stream.Position;
            if (length == 0)
            {
                throw new PrismFileException(FileErrorCodes.Empty, file, string.Empty, "0 bytes", "a safetensors file", "Is the download complete?");
            }

            if (length > CheckpointLimits.MaxFileBytes)
            {
                throw new PrismFileException(FileErrorCodes.TooLarge, file, string.Empty, Text(length) + " bytes", "at most " + Text(CheckpointLimits.MaxFileBytes));
            }

            var first = new byte[Math.Min(length, 64)];
            long start = stream.Position;
            Fill(stream, first, first.Length, file, 0);
            if (length < 8)
            {
                throw new PrismFileException(FileErrorCodes.TooShort, file, string.Empty, Text(length) + " bytes", "at least 10", "Is the download complete?");
            }

            ulong n = BinaryPrimitives.ReadUInt64LittleEndian(first);
            CheckLength(n, (ulong)length - 8, first, stream, start, file);
            stream.Position = start + 8;
            var bytes = new byte[(int)n];
            Fill(stream, bytes, bytes.Length, file, 8);
            if (bytes[0] != '{')
            {
                OtherFormats.Refuse(first, file);
            }

            return SafetensorsHeaderParser.Parse(bytes, length - 8 - bytes.Length, file);
        }

        internal static Dictionary<string, CheckpointTensor> ReadData(Stream stream, SafetensorsHeader header, string file, IProgress<double>? progress, CancellationToken ct, out string sha256)
        {
            if (!BitConverter.IsLittleEndian)
            {
                throw new PlatformNotSupportedException("Prism runs on little-endian machines.");
            }

            using var hash = new HashBeside();
            AppendHeader(hash.Hash, header);
            long total = header.Entries.Count == 0 ? 0 : header.Entries[header.Entries.Count - 1].End;
            long at = 8 + header.Bytes.Length;
            var tensors = new Dictionary<string, CheckpointTensor>(header.Entries.Count, StringComparer.Ordinal);
            foreach (SafetensorsEntry entry in header.Entries)
            {
                var data = new byte[entry.End - entry.Begin];
                for (int done = 0; done < data.Length;)
                {
                    ct.ThrowIfCancellationRequested();
                    int piece = Math.Min(PieceBytes, data.Length - done);
                    Fill(stream, data, done, piece, file, at + done);
                    hash.Append(data, done, piece);
                    done += piece;
                    progress?.Report((entry.Begin + done) / (double)total);
                }

                at += data.Length;
                tensors.Add(entry.Name, new CheckpointTensor(entry.Name, entry.DType, entry.Shape, data));
            }

            if (stream.Read(new byte[1], 0, 1) != 0)
            {
                throw new PrismFileException(FileErrorCodes.Shrank, file, "byte " + Text(at), "more bytes than when it was opened", "a file that nobody writes while it is read");
            }

            sha256 = Hex(hash.Finish());
            return tensors;
        }

        /// <summary>Feeds length and header to a hash, the digits of the hash itself as zeros.</summary>
        internal static void AppendHeader(IncrementalHash hash, SafetensorsHeader header)
        {
            var prefix = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Bytes.Length);
            hash.AppendData(prefix);
            if (header.HashOffset < 0)
            {
                hash.AppendData(header.Bytes);
                return;
            }

            var zeros = new byte[64];
            zeros.AsSpan().Fill((byte)'0');
            hash.AppendData(header.Bytes, 0, header.HashOffset);
            hash.AppendData(zeros);
            hash.AppendData(header.Bytes, header.HashOffset + 64, header.Bytes.Length - header.HashOffset - 64);
        }

        internal static string Hex(byte[] bytes)
        {
            var text = new char[2 * bytes.Length];
            for (int i = 0; i < text.Length; i++)
            {
                text[i] = "0123456789abcdef"[(bytes[i / 2] >> (i % 2 == 0 ? 4 : 0)) & 15];
            }

            return new string(text);
        }

        private static void CheckLength(ulong n, ulong rest, byte[] first, Stream stream, long start, string file)
        {
            if (n >= 2 && n <= rest && n <= CheckpointLimits.MaxHeaderBytes)
            {
                return;
            }

            OtherFormats.Refuse(first, file);
            ulong swapped = BinaryPrimitives.ReverseEndianness(n);
            string found = "a header of " + n.ToString(CultureInfo.InvariantCulture) + " bytes";
            if (n > 1 && swapped >= 2 && swapped <= rest && swapped <= CheckpointLimits.MaxHeaderBytes && EndsAHeader(stream, start + 7 + (long)swapped, file))
            {
                throw new PrismFileException(FileErrorCodes.BigEndian, file, "byte 0", found, "a little-endian length", "big-endian? Swapped it would be " + swapped.ToString(CultureInfo.InvariantCulture) + ".");
            }

            if (n < 2)
            {
                throw new PrismFileException(FileErrorCodes.HeaderTooShort, file, "byte 0", found, "at least 2");
            }

            throw n > rest
                ? new PrismFileException(FileErrorCodes.HeaderBeyondFile, file, "byte 0", found, "at most the " + rest.ToString(CultureInfo.InvariantCulture) + " bytes that follow it", "Is this a safetensors file, and the download complete?")
                : new PrismFileException(FileErrorCodes.HeaderTooLong, file, "byte 0", found, "at most " + Text(CheckpointLimits.MaxHeaderBytes));
        }

        private static bool EndsAHeader(Stream stream, long at, string file)
        {
            var last = new byte[1];
            stream.Position = at;
            Fill(stream, last, 1, file, at);
            return last[0] == '}' || last[0] == ' ';
        }

        private static void Fill(Stream stream, byte[] buffer, int count, string file, long at) => Fill(stream, buffer, 0, count, file, at);

        private static void Fill(Stream stream, byte[] buffer, int offset, int count, string file, long at)
        {
            int done = 0;
            try
            {
                while (done < count)
                {
                    int read = stream.Read(buffer, offset + done, count - done);
                    if (read <= 0)
                    {
                        throw Unreadable(file, at + done, null);
                    }

                    done += read;
                }
            }
            catch (IOException failure)
            {
                throw Unreadable(file, at + done, failure);
            }
        }

        private static PrismFileException Unreadable(string file, long at, Exception? failure) => new PrismFileException(
            FileErrorCodes.Shrank, file, "byte " + Text(at), failure == null ? "the end of the file" : "a read error", "the rest of the file", "It changed while it was read, or its disk failed.", failure);

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
