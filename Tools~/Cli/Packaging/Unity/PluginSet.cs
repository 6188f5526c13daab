using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Packaging.Unity
{
    /// <summary>An assembly of other people that ships inside the Unity package.</summary>
    internal sealed record Plugin(string FileName, byte[] Content, AssemblyFile Assembly, ThirdPartyPackage Package);

    /// <summary>
    /// The assemblies that Unity needs beside itself: what the assembly definitions name, and everything that those refer to, as long as .NET Standard 2.1 does not have it.
    /// The list is found by reading the assemblies: a NuGet package may depend on more than its assembly uses (Silk.NET.Core names Microsoft.CSharp and never touches it).
    /// What .NET Standard 2.1 has, Unity has as well, as facades (System.Memory, System.Buffers, System.Numerics.Vectors, System.Threading.Tasks.Extensions):
    /// a second copy would define Span and Memory twice.
    /// </summary>
    internal sealed class PluginSet
    {
        private PluginSet(IReadOnlyList<Plugin> plugins, string frameworkFolder, IReadOnlySet<string> frameworkAssemblies, IReadOnlySet<string> frameworkTypes)
        {
            Plugins = plugins;
            FrameworkFolder = frameworkFolder;
            FrameworkAssemblies = frameworkAssemblies;
            FrameworkTypes = frameworkTypes;
        }

        public IReadOnlyList<Plugin> Plugins { get; }

        /// <summary>Where the reference assemblies of .NET Standard 2.1 are.</summary>
        public string FrameworkFolder { get; }

        /// <summary>Names of the assemblies of .NET Standard 2.1.</summary>
        public IReadOnlySet<string> FrameworkAssemblies { get; }

        /// <summary>Full names of the types of .NET Standard 2.1.</summary>
        public IReadOnlySet<string> FrameworkTypes { get; }

        /// <param name="assetsFile">NuGet's project.assets.json of the project that refers to the packages.</param>
        /// <param name="roots">File names of the assemblies to begin with.</param>
        public static PluginSet Find(string assetsFile, IEnumerable<string> roots)
        {
            using JsonDocument assets = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
            JsonElement root = assets.RootElement;
            string[] folders = root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name).ToArray();
            Dictionary<string, (string File, string Folder)> known = Candidates(root, folders);
            string framework = FindFramework(folders, assetsFile);
            HashSet<string> frameworkAssemblies = Directory.EnumerateFiles(framework, "*.dll").Select(path => Path.GetFileNameWithoutExtension(path)).ToHashSet(StringComparer.Ordinal);
            AssemblyFile netstandard = AssemblyFile.Read(File.ReadAllBytes(Path.Combine(framework, "netstandard.dll")));

            var plugins = new Dictionary<string, Plugin>(StringComparer.Ordinal);
            var waiting = new Queue<(string Name, string NeededBy)>(roots.Distinct(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), "the assembly definitions")));
            while (waiting.TryDequeue(out (string Name, string NeededBy) next))
            {
                if (frameworkAssemblies.Contains(next.Name) || plugins.ContainsKey(next.Name))
                {
                    continue;
                }

                if (!known.TryGetValue(next.Name, out (string File, string Folder) found))
                {
                    throw new InputException(next.NeededBy, "a reference to " + next.Name, ".NET Standard 2.1 or a restored package to have it", "add the package to Directory.Packages.props and to Runtime/Vulkan");
                }

                byte[] content = File.ReadAllBytes(found.File);
                AssemblyFile assembly = AssemblyFile.Read(content);
                plugins.Add(next.Name, new Plugin(Path.GetFileName(found.File), content, assembly, ThirdPartyPackage.Read(found.Folder)));
                foreach (string reference in assembly.References)
                {
                    waiting.Enqueue((reference, next.Name));
                }
            }

            return new PluginSet(plugins.Values.OrderBy(plugin => plugin.FileName, StringComparer.Ordinal).ToArray(), framework, frameworkAssemblies, netstandard.Types);
        }

        private static Dictionary<string, (string File, string Folder)> Candidates(JsonElement root, string[] folders)
        {
            var known = new Dictionary<string, (string File, string Folder)>(StringComparer.Ordinal);
            JsonElement target = root.GetProperty("targets").EnumerateObject().First(each => each.Name is "netstandard2.1" or ".NETStandard,Version=v2.1").Value;
            foreach (JsonProperty library in target.EnumerateObject().Where(library => library.Value.GetProperty("type").GetString() == "package"))
            {
                string path = root.GetProperty("libraries").GetProperty(library.Name).GetProperty("path").GetString()!;
                string folder = folders.Select(each => Path.Combine(each, path)).First(Directory.Exists);
                if (library.Value.TryGetProperty("runtime", out JsonElement files))
                {
                    foreach (string file in files.EnumerateObject().Select(file => file.Name).Where(name => name.EndsWith(".dll", StringComparison.Ordinal)))
                    {
                        known[Path.GetFileNameWithoutExtension(file)] = (Path.Combine(folder, file), folder);
                    }
                }
            }

            return known;
        }

        /// <summary>The reference assemblies that the compiler itself used: part of the SDK, or a package that it downloads.</summary>
        private static string FindFramework(string[] folders, string assetsFile)
        {
            IEnumerable<string> packs = folders.Append(Path.Combine(Path.GetDirectoryName(Environment.ProcessPath) ?? "", "packs"));
            return packs.SelectMany(folder => new[] { Path.Combine(folder, "netstandard.library.ref"), Path.Combine(folder, "NETStandard.Library.Ref") }).Where(Directory.Exists)
                .Select(folder => Path.Combine(folder, "2.1.0", "ref", "netstandard2.1")).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "netstandard.dll")))
                ?? throw new InputException(assetsFile, "no NETStandard.Library.Ref 2.1.0 beside the packages", "the reference assemblies of .NET Standard 2.1", "dotnet restore Runtime/Hosting");
        }
    }
}
