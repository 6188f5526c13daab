using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace PrismLM.Tools.KernelPacking
{
    /// <summary>One folder of kernels, its includes and its committed pack.</summary>
    internal sealed class ShaderFolder
    {
        private ShaderFolder(string root, string folder, string packFile)
        {
            Root = root;
            Folder = folder;
            PackFile = packFile;
        }

        public string Root { get; }

        /// <summary>Relative to the root, with forward slashes.</summary>
        public string Folder { get; }

        public string PackFile { get; }

        /// <summary>The list of source hashes beside the pack; the build compares it with the files.</summary>
        public string SourceListFile => Path.ChangeExtension(PackFile, ".sources");

        public static IReadOnlyList<ShaderFolder> All(string root) => new[]
        {
            new ShaderFolder(root, "Shaders", "Shaders/Compiled/kernels.bytes"),
            new ShaderFolder(root, "Tests/Shaders", "Tests/Shaders/Compiled/kernels.bytes"),
        };

        public string FullPath(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

        /// <summary>The kernels, in ordinal order, relative to the root.</summary>
        public IReadOnlyList<string> Kernels() => Files(Folder, "*.comp");

        /// <summary>
        /// One line a file, <c>HASH path</c>, in ordinal order: every kernel of the folder and every include that it may use. The bytes are the same on every
        /// platform, because .gitattributes stores LF.
        /// </summary>
        public string SourceList()
        {
            var files = new List<string>(Kernels());
            files.AddRange(Files("Shaders/Include", "*.glsl"));
            if (Folder != "Shaders")
            {
                files.AddRange(Files(Folder, "*.glsl"));
            }

            files.Sort(StringComparer.Ordinal);
            var text = new StringBuilder();
            using (SHA256 sha = SHA256.Create())
            {
                foreach (string file in files)
                {
                    text.Append(Convert.ToHexString(sha.ComputeHash(File.ReadAllBytes(FullPath(file))))).Append(' ').Append(file).Append('\n');
                }
            }

            return text.ToString();
        }

        private List<string> Files(string folder, string pattern)
        {
            var files = new List<string>();
            string full = FullPath(folder);
            if (Directory.Exists(full))
            {
                foreach (string file in Directory.GetFiles(full, pattern, SearchOption.TopDirectoryOnly))
                {
                    files.Add(folder + "/" + Path.GetFileName(file));
                }
            }

            files.Sort(StringComparer.Ordinal);
            return files;
        }
    }
}
