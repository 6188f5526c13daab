using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace PrismLM.Cli.Packaging
{
    /// <summary>What is to be done so that every visible path has its .meta file. Paths are relative, with forward slashes.</summary>
    internal sealed record MetaPlan(int Present, IReadOnlyList<string> Missing, IReadOnlyList<string> LeftOver);

    /// <summary>
    /// Unity ignores a file of an installed package that has no .meta file, and finds assets by the GUID inside it. A hash of the path gives
    /// every machine the same GUID without a list to keep. A path that moves gets a new GUID, as Unity itself would do for a new asset.
    /// </summary>
    internal static class MetaFiles
    {
        public static MetaPlan Plan(string root)
        {
            var visible = new HashSet<string>(Visible(root, ""), StringComparer.Ordinal);
            var missing = new List<string>();
            int present = 0;
            foreach (string path in visible.OrderBy(path => path, StringComparer.Ordinal))
            {
                if (File.Exists(Path.Combine(root, path + ".meta")))
                {
                    present++;
                }
                else
                {
                    missing.Add(path + ".meta");
                }
            }

            List<string> leftOver = Metas(root, "").Where(meta => !visible.Contains(meta[..^".meta".Length])).OrderBy(path => path, StringComparer.Ordinal).ToList();
            return new MetaPlan(present, missing, leftOver);
        }

        public static void Apply(string root, MetaPlan plan)
        {
            foreach (string meta in plan.Missing)
            {
                string path = meta[..^".meta".Length];
                File.WriteAllText(Path.Combine(root, meta), Text(path, Directory.Exists(Path.Combine(root, path))));
            }

            foreach (string meta in plan.LeftOver)
            {
                File.Delete(Path.Combine(root, meta));
            }
        }

        /// <summary>32 hexadecimal digits, a function of the path alone.</summary>
        public static string Guid(string path)
        {
            byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes("com.prismlm.prism/" + path));
            return Convert.ToHexStringLower(hash, 0, 16);
        }

        /// <summary>Unity's rules: a name that starts with a dot or ends with a tilde is hidden, and so is all below it.</summary>
        public static bool IsVisibleName(string name) =>
            !name.StartsWith('.') && !name.EndsWith('~') && !string.Equals(name, "cvs", StringComparison.OrdinalIgnoreCase) && !name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase);

        internal static IEnumerable<string> Visible(string root, string folder)
        {
            foreach (FileSystemInfo entry in Entries(root, folder).Where(entry => !entry.Name.EndsWith(".meta", StringComparison.Ordinal)))
            {
                string path = folder + entry.Name;
                if (entry is FileInfo)
                {
                    yield return path;
                    continue;
                }

                // Git keeps no empty folder, so an empty one has no .meta either.
                List<string> below = Visible(root, path + "/").ToList();
                if (below.Count > 0)
                {
                    yield return path;
                    foreach (string child in below)
                    {
                        yield return child;
                    }
                }
            }
        }

        private static IEnumerable<string> Metas(string root, string folder)
        {
            foreach (FileSystemInfo entry in Entries(root, folder))
            {
                if (entry is DirectoryInfo)
                {
                    foreach (string child in Metas(root, folder + entry.Name + "/"))
                    {
                        yield return child;
                    }
                }
                else if (entry.Name.EndsWith(".meta", StringComparison.Ordinal))
                {
                    yield return folder + entry.Name;
                }
            }
        }

        private static IEnumerable<FileSystemInfo> Entries(string root, string folder) =>
            new DirectoryInfo(Path.Combine(root, folder)).EnumerateFileSystemInfos().Where(entry => IsVisibleName(entry.Name)).OrderBy(entry => entry.Name, StringComparer.Ordinal);

        /// <summary>The content of the .meta file of a path.</summary>
        public static string Text(string path, bool isFolder)
        {
            string importer = isFolder ? "folderAsset: yes\nDefaultImporter:\n  externalObjects: {}\n" : Importer(path);
            return $"fileFormatVersion: 2\nguid: {Guid(path)}\n{importer}  userData: \n  assetBundleName: \n  assetBundleVariant: \n";
        }

        private static string Importer(string path)
        {
            switch (Path.GetExtension(path).ToLowerInvariant())
            {
                case ".cs":
                    return "MonoImporter:\n  externalObjects: {}\n  serializedVersion: 2\n  defaultReferences: []\n  executionOrder: 0\n  icon: {instanceID: 0}\n";
                case ".asmdef":
                    return "AssemblyDefinitionImporter:\n  externalObjects: {}\n";
                case ".json" when path == "package.json":
                    return "PackageManifestImporter:\n  externalObjects: {}\n";
                case ".md" or ".txt" or ".json" or ".bytes" or ".xml" or ".csv":
                    return "TextScriptImporter:\n  externalObjects: {}\n";
                case ".asset":
                    return "NativeFormatImporter:\n  externalObjects: {}\n  mainObjectFileID: 11400000\n";
                default:
                    return "DefaultImporter:\n  externalObjects: {}\n";
            }
        }
    }
}
