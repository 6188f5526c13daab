using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using PrismLM.Vulkan.Device;

namespace PrismLM.Vulkan.Kernels
{
    /// <summary>
    /// All SPIR-V of the runtime in one file. Little-endian: "PRISMSPV", u32 version 1, string compiler version, 32 bytes hash of the source list, u32 count, then per
    /// kernel (in ordinal order) string key, u32 offset, u32 length; the SPIR-V follows, each a multiple of 4 bytes; the last 32 bytes are the SHA-256 of everything
    /// before. A string is u16 length and UTF-8. Written by Tools~/KernelPack.
    /// </summary>
    internal sealed class KernelPack
    {
        private const string ResourceName = "PrismLM.kernels.bytes";
        private const int HashBytes = 32;
        private const int MaxKernels = 4096;

        private readonly byte[] bytes;
        private readonly string name;
        private readonly Dictionary<string, (int Offset, int Length)> kernels;

        private KernelPack(byte[] bytes, string name, string compiler, string sourceHash, Dictionary<string, (int Offset, int Length)> kernels)
        {
            this.bytes = bytes;
            this.name = name;
            this.kernels = kernels;
            CompilerVersion = compiler;
            SourceHash = sourceHash;
            Hash = Hex(bytes.AsSpan(bytes.Length - HashBytes));
        }

        /// <summary>The version line of the glslc that made the pack.</summary>
        public string CompilerVersion { get; }

        /// <summary>SHA-256 of the committed list of source hashes, in hexadecimal.</summary>
        public string SourceHash { get; }

        /// <summary>SHA-256 of the pack, in hexadecimal; part of the pipeline cache's file name.</summary>
        public string Hash { get; }

        public IEnumerable<string> Keys => kernels.Keys;

        /// <summary>The pack inside this assembly.</summary>
        public static KernelPack LoadEmbedded()
        {
            using Stream? stream = typeof(KernelPack).Assembly.GetManifestResourceStream(ResourceName);
            if (stream == null)
            {
                throw Damaged(ResourceName, "is not in the assembly");
            }

            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return Parse(copy.ToArray(), ResourceName);
        }

        /// <exception cref="PrismVulkanException">PG040 for anything that is not a whole, unchanged pack.</exception>
        public static KernelPack Parse(byte[] bytes, string name)
        {
            if (bytes.Length < 8 + HashBytes || !bytes.AsSpan(0, 8).SequenceEqual(Encoding.ASCII.GetBytes("PRISMSPV")))
            {
                throw Damaged(name, "does not start with PRISMSPV");
            }

            using (var sha = SHA256.Create())
            {
                if (!sha.ComputeHash(bytes, 0, bytes.Length - HashBytes).AsSpan().SequenceEqual(bytes.AsSpan(bytes.Length - HashBytes)))
                {
                    throw Damaged(name, "has another SHA-256 than it says");
                }
            }

            int at = 8;
            uint version = ReadUInt32(bytes, ref at, name);
            if (version != 1)
            {
                throw Damaged(name, FormattableString.Invariant($"has version {version}, expected 1"));
            }

            string compiler = ReadString(bytes, ref at, name);
            string sourceHash = Hex(Take(bytes, ref at, HashBytes, name));
            uint count = ReadUInt32(bytes, ref at, name);
            if (count > MaxKernels)
            {
                throw Damaged(name, FormattableString.Invariant($"lists {count} kernels, at most {MaxKernels} are allowed"));
            }

            var kernels = new Dictionary<string, (int Offset, int Length)>(StringComparer.Ordinal);
            for (uint i = 0; i < count; i++)
            {
                string key = ReadString(bytes, ref at, name);
                uint offset = ReadUInt32(bytes, ref at, name);
                uint length = ReadUInt32(bytes, ref at, name);
                if (length < 20 || length % 4 != 0 || (ulong)offset + length > (ulong)(bytes.Length - HashBytes)
                    || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan((int)offset)) != 0x07230203)
                {
                    throw Damaged(name, FormattableString.Invariant($"kernel {Clip(key)} is not SPIR-V at [{offset}, {offset} + {length})"));
                }

                if (!kernels.TryAdd(key, ((int)offset, (int)length)))
                {
                    throw Damaged(name, "lists " + Clip(key) + " twice");
                }
            }

            return new KernelPack(bytes, name, compiler, sourceHash, kernels);
        }

        public bool Contains(string key) => kernels.ContainsKey(key);

        /// <exception cref="PrismVulkanException">PG041 when the pack has no such kernel.</exception>
        public ReadOnlySpan<byte> Spirv(string key)
        {
            if (!kernels.TryGetValue(key, out (int Offset, int Length) kernel))
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.KernelMissing, "Kernel pack " + name + " has no kernel " + key + ".", "Run `dotnet run --project Tools~/KernelPack`.");
            }

            return bytes.AsSpan(kernel.Offset, kernel.Length);
        }

        private static ReadOnlySpan<byte> Take(byte[] bytes, ref int at, int length, string name)
        {
            if (length > bytes.Length - HashBytes - at)
            {
                throw Damaged(name, FormattableString.Invariant($"ends at byte {bytes.Length}, where {length} more bytes are expected at {at}"));
            }

            at += length;
            return bytes.AsSpan(at - length, length);
        }

        private static uint ReadUInt32(byte[] bytes, ref int at, string name) => BinaryPrimitives.ReadUInt32LittleEndian(Take(bytes, ref at, 4, name));

        private static string ReadString(byte[] bytes, ref int at, string name)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(Take(bytes, ref at, 2, name));
            return Encoding.UTF8.GetString(Take(bytes, ref at, length, name));
        }

        private static string Hex(ReadOnlySpan<byte> hash)
        {
            var text = new StringBuilder(2 * hash.Length);
            foreach (byte value in hash)
            {
                text.Append("0123456789abcdef"[value >> 4]).Append("0123456789abcdef"[value & 15]);
            }

            return text.ToString();
        }

        private static string Clip(string text) => text.Length <= 64 ? text : text.Substring(0, 64) + "...";

        private static PrismVulkanException Damaged(string name, string what)
            => new PrismVulkanException(VulkanErrorCode.PackDamaged, "Kernel pack " + name + " " + what + ".", "Reinstall the package.");
    }
}
