using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;

namespace PrismLM.Tools.KernelPacking
{
    /// <summary>Writes the pack that <c>KernelPack.cs</c> of the runtime reads; the format is documented there. The same sources and compiler give the same bytes.</summary>
    internal sealed class PackBuilder
    {
        private readonly ShaderFolder folder;
        private readonly string sourceList;
        private readonly string compiler;
        private readonly SortedDictionary<string, byte[]> kernels = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);

        private PackBuilder(ShaderFolder folder)
        {
            this.folder = folder;
            sourceList = folder.SourceList();
            compiler = ShaderCompiler.Version();
        }

        public int KernelCount => kernels.Count;

        public static PackBuilder Compile(ShaderFolder folder)
        {
            var builder = new PackBuilder(folder);
            var sources = new List<KernelSource>();
            foreach (string file in folder.Kernels())
            {
                sources.AddRange(KernelSource.Read(folder, file));
            }

            var compiled = new byte[sources.Count][];
            try
            {
                Parallel.For(0, sources.Count, i => compiled[i] = ShaderCompiler.Compile(folder, sources[i]));
            }
            catch (AggregateException errors) when (errors.InnerException is ShaderException)
            {
                throw errors.InnerException;
            }

            for (int i = 0; i < sources.Count; i++)
            {
                if (!builder.kernels.TryAdd(sources[i].Key, compiled[i]))
                {
                    throw new ShaderException(sources[i].File + ": the kernel " + sources[i].Key + " exists twice.");
                }
            }

            return builder;
        }

        public byte[] ToBytes()
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream, Encoding.UTF8);
            writer.Write(Encoding.ASCII.GetBytes("PRISMSPV"));
            writer.Write(1u);
            WriteString(writer, compiler);
            using SHA256 sha = SHA256.Create();
            writer.Write(sha.ComputeHash(Encoding.UTF8.GetBytes(sourceList)));
            writer.Write((uint)kernels.Count);
            long offset = stream.Position;
            foreach (string key in kernels.Keys)
            {
                offset += 2 + Encoding.UTF8.GetByteCount(key) + 8;
            }

            long data = (offset + 3) / 4 * 4;
            foreach (KeyValuePair<string, byte[]> kernel in kernels)
            {
                WriteString(writer, kernel.Key);
                writer.Write((uint)data);
                writer.Write((uint)kernel.Value.Length);
                data += kernel.Value.Length;
            }

            while (stream.Position % 4 != 0)
            {
                writer.Write((byte)0);
            }

            foreach (byte[] spirv in kernels.Values)
            {
                writer.Write(spirv);
            }

            writer.Flush();
            writer.Write(sha.ComputeHash(stream.ToArray()));
            writer.Flush();
            return stream.ToArray();
        }

        public void Save()
        {
            Write(folder.FullPath(folder.PackFile), ToBytes());
            Write(folder.FullPath(folder.SourceListFile), Encoding.UTF8.GetBytes(sourceList));
        }

        private static void Write(string path, byte[] bytes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            string temporary = path + ".tmp";
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }

        private static void WriteString(BinaryWriter writer, string text)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            writer.Write((ushort)bytes.Length);
            writer.Write(bytes);
        }
    }
}
