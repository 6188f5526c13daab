using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace PrismLM.Cli.Packaging.Unity
{
    /// <summary>
    /// What goes into the Unity package: the sources, what they need to run, documentation, samples and the model. What only the repository needs stays out: .NET projects, tests (their
    /// data and FsCheck would come along), trainer, tools, examples, and the shaders' sources, whose compiled form ships.
    /// </summary>
    internal static class UnityPackage
    {
        private static readonly string[] Documents = { "package.json", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE.md" };
        private static readonly string[] SourceFolders = { "Runtime", "Editor" };
        private static readonly string[] HiddenFolders = { "Documentation~", "Samples~", "Models~" };
        private const string Kernels = "Shaders/Compiled/kernels.bytes";

        /// <summary>Name and version of package.json.</summary>
        public static (string Name, string Version) Identity(string root)
        {
            using JsonDocument package = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(root, "package.json")));
            return (package.RootElement.GetProperty("name").GetString()!, package.RootElement.GetProperty("version").GetString()!);
        }

        /// <summary>Every file of the package; paths are those of the repository.</summary>
        public static IReadOnlyList<PackEntry> Collect(string root, IEnumerable<Plugin> plugins, string notices, string credits)
        {
            IEnumerable<string> sources = SourceFolders.SelectMany(folder => MetaFiles.Visible(root, folder + "/").Prepend(folder)).Where(path => !IsForDotNetAlone(path));
            IEnumerable<string> visible = Documents.Append(Credits.NoticesFile).Concat(sources).Concat(new[] { "Shaders", "Shaders/Compiled", Kernels });
            var entries = new List<PackEntry>();
            foreach (string path in visible)
            {
                string full = Path.Combine(root, path);
                if (File.Exists(full))
                {
                    entries.Add(new PackEntry(path, path == Credits.NoticesFile ? Encoding.UTF8.GetBytes(notices) : File.ReadAllBytes(full)));
                }

                if (File.Exists(full + ".meta"))
                {
                    entries.Add(new PackEntry(path + ".meta", File.ReadAllBytes(full + ".meta")));
                }
            }

            foreach (string folder in HiddenFolders)
            {
                IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories).Where(path => MetaFiles.IsVisibleName(Path.GetFileName(path)));
                entries.AddRange(files.Select(path => new PackEntry(Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllBytes(path))));
            }

            AddText(entries, Credits.FileName, credits);
            AddText(entries, Credits.FileName + ".meta", MetaFiles.Text(Credits.FileName, isFolder: false));
            AddText(entries, PluginMeta.Folder + ".meta", MetaFiles.Text(PluginMeta.Folder, isFolder: true));
            foreach (Plugin plugin in plugins)
            {
                entries.Add(new PackEntry(PluginMeta.PathOf(plugin.FileName), plugin.Content));
                AddText(entries, PluginMeta.PathOf(plugin.FileName) + ".meta", PluginMeta.Text(plugin.FileName));
            }

            return entries;
        }

        /// <summary>File names that the runtime's assembly definitions ask for.</summary>
        public static IEnumerable<string> PrecompiledReferences(string root) =>
            SourceFolders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.asmdef", SearchOption.AllDirectories))
                .SelectMany(path => AssemblyDefinition.Read(path, File.ReadAllBytes(path)).Precompiled).Distinct(StringComparer.Ordinal);

        private static bool IsForDotNetAlone(string path) => Path.GetExtension(path) is ".csproj" or ".props" or ".targets";

        private static void AddText(List<PackEntry> entries, string path, string text) => entries.Add(new PackEntry(path, Encoding.UTF8.GetBytes(text)));
    }
}
