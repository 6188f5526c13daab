using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using PrismLM.Core.Checkpoints;

namespace PrismLM.Core.Generation
{
    /// <summary>
    /// A file with a computed beginning, little-endian. Header of 64 bytes: "PRISMPFX", version, bits of a key or value (16 or 32), SHA-256 of the model, words of a page,
    /// tokens, head dials, 0. Then dials (float), tokens (int), pages (32-bit words), and the SHA-256 of all that. Documented in Documentation~/prefix.md.
    /// </summary>
    public static class PrefixFile
    {
        /// <summary>Version of the format; another layout of pages makes another version.</summary>
        public const int Version = 1;

        private const int HeaderBytes = 64;
        private const int HashBytes = 32;
        private const int MaxTokens = 1 << 20;
        private const int MaxDials = 1 << 20;
        private const int MaxPageWords = 1 << 26;

        private static readonly byte[] Magic = Encoding.ASCII.GetBytes("PRISMPFX");

        /// <summary>Writes the whole file or nothing.</summary>
        public static void Write(string path, PrefixData prefix) => AtomicFile.WriteAllBytes(path, ToBytes(prefix));

        /// <summary>The content of a file.</summary>
        public static byte[] ToBytes(PrefixData prefix)
        {
            int body = checked(HeaderBytes + (4 * (prefix.Dials.Length + prefix.Tokens.Length + prefix.Words.Length)));
            var bytes = new byte[body + HashBytes];
            Magic.CopyTo(bytes, 0);
            Put(bytes, 8, Version);
            Put(bytes, 12, prefix.KvFloat32 ? 32 : 16);
            for (int i = 0; i < HashBytes; i++)
            {
                bytes[16 + i] = byte.Parse(prefix.Model.AsSpan(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            }

            Put(bytes, 48, prefix.PageWords);
            Put(bytes, 52, prefix.Tokens.Length);
            Put(bytes, 56, prefix.Dials.Length);
            Span<byte> rest = bytes.AsSpan(HeaderBytes);
            MemoryMarshal.AsBytes(prefix.Dials.AsSpan()).CopyTo(rest);
            MemoryMarshal.AsBytes(prefix.Tokens.AsSpan()).CopyTo(rest.Slice(4 * prefix.Dials.Length));
            MemoryMarshal.AsBytes(prefix.Words.AsSpan()).CopyTo(rest.Slice(4 * (prefix.Dials.Length + prefix.Tokens.Length)));
            Hash(bytes, body).CopyTo(bytes, body);
            return bytes;
        }

        /// <exception cref="PrismFileException">PR001 to PR004 or PR011: no prefix file, or damaged; PF001 to PF019: it cannot be read.</exception>
        public static PrefixData Read(string path)
        {
            using FileStream stream = RegularFile.Open(path);
            return Read(stream, path);
        }

        /// <inheritdoc cref="Read(string)"/>
        /// <param name="stream">Its whole length is the file.</param>
        /// <param name="name">What errors call it.</param>
        public static PrefixData Read(Stream stream, string name)
        {
            var header = new byte[HeaderBytes];
            if (stream.Length < HeaderBytes + HashBytes || !Fill(stream, header, 0, HeaderBytes) || !header.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            {
                throw new PrismFileException(
                    PrefixCodes.NotAPrefix, name, "byte 0", Number(stream.Length) + " bytes with another beginning", "a prefix file", "Make one with PrismRuntime.SavePrefix.");
            }

            if (Get(header, 8) != Version)
            {
                throw new PrismFileException(
                    PrefixCodes.UnknownVersion, name, "byte 8, version", Number(Get(header, 8)), Number(Version), "Compute the prefix again with this version of Prism.");
            }

            int pageWords = Count(header, 48, "words of a page", 1, MaxPageWords, name);
            int tokens = Count(header, 52, "tokens", PrefixData.PageTokens, MaxTokens, name);
            int dials = Count(header, 56, "head dials", 0, MaxDials, name);
            if (tokens % PrefixData.PageTokens != 0)
            {
                throw new PrismFileException(PrefixCodes.WrongCount, name, "byte 52, tokens", Number(tokens), "a multiple of 16", "Compute the prefix again.");
            }

            // Before anything is allocated from these numbers, the file must be as long as they say.
            long words = (long)pageWords * (tokens / PrefixData.PageTokens);
            long expected = HeaderBytes + (4 * (dials + tokens + words)) + HashBytes;
            if (stream.Length != expected || expected > int.MaxValue)
            {
                throw new PrismFileException(
                    PrefixCodes.WrongLength, name, string.Empty, Number(stream.Length) + " bytes", Number(expected) + ", by its own numbers",
                    "It was cut off or written over; copy it again.");
            }

            return Parse(stream, name, header, (int)expected, pageWords, tokens, dials);
        }

        private static PrefixData Parse(Stream stream, string name, byte[] header, int length, int pageWords, int tokens, int dials)
        {
            var bytes = new byte[length];
            header.CopyTo(bytes, 0);
            int body = length - HashBytes;
            if (!Fill(stream, bytes, HeaderBytes, length - HeaderBytes) || !Hash(bytes, body).AsSpan().SequenceEqual(bytes.AsSpan(body)))
            {
                throw new PrismFileException(PrefixCodes.Damaged, name, "sha256", "content with another hash", "the content that was saved", "It was damaged or edited; copy it again.");
            }

            int bits = Get(bytes, 12);
            if ((bits != 16 && bits != 32) || Get(bytes, 60) != 0)
            {
                throw new PrismFileException(PrefixCodes.WrongCount, name, "byte 12, bits of a key", Number(bits), "16 or 32", "Compute the prefix again.");
            }

            var model = new StringBuilder(2 * HashBytes);
            for (int i = 0; i < HashBytes; i++)
            {
                model.Append(bytes[16 + i].ToString("x2", CultureInfo.InvariantCulture));
            }

            ReadOnlySpan<byte> rest = bytes.AsSpan(HeaderBytes, body - HeaderBytes);
            return new PrefixData
            {
                Model = model.ToString(),
                KvFloat32 = bits == 32,
                PageWords = pageWords,
                Dials = MemoryMarshal.Cast<byte, float>(rest.Slice(0, 4 * dials)).ToArray(),
                Tokens = MemoryMarshal.Cast<byte, int>(rest.Slice(4 * dials, 4 * tokens)).ToArray(),
                Words = MemoryMarshal.Cast<byte, uint>(rest.Slice(4 * (dials + tokens))).ToArray(),
            };
        }

        private static int Count(byte[] header, int offset, string what, int least, int most, string name)
        {
            int count = Get(header, offset);
            if (count < least || count > most)
            {
                throw new PrismFileException(
                    PrefixCodes.WrongCount, name, "byte " + Number(offset) + ", " + what, Number(count), Number(least) + " to " + Number(most), "Compute the prefix again.");
            }

            return count;
        }

        private static bool Fill(Stream stream, byte[] bytes, int start, int count)
        {
            int read = 1;
            for (int end = start + count; start < end && read > 0; start += read)
            {
                read = stream.Read(bytes, start, end - start);
            }

            return read > 0;
        }

        private static byte[] Hash(byte[] bytes, int count)
        {
            using var sha = SHA256.Create();
            return sha.ComputeHash(bytes, 0, count);
        }

        private static int Get(byte[] bytes, int offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));

        private static void Put(byte[] bytes, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(offset), value);

        private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
