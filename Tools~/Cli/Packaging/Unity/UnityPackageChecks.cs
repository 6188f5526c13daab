using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PrismLM.Cli.Packaging.Unity
{
    /// <summary>What Unity would trip over, found without Unity. Looks at the files of the package alone.</summary>
    internal static class UnityPackageChecks
    {
        // ustar has 100 bytes for a name with its folder's part beside it; readers that know the name alone exist.
        private const int LongestPath = 100 - 8;

        public static IEnumerable<PackProblem> Run(IReadOnlyList<PackEntry> entries, IReadOnlySet<string> frameworkAssemblies, IReadOnlySet<string> frameworkTypes)
        {
            Dictionary<string, PackEntry> files = entries.GroupBy(entry => entry.Path, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
            IEnumerable<PackProblem> doubled = entries.GroupBy(entry => entry.Path, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1)
                .Select(group => new PackProblem(group.Key, FormattableString.Invariant($"{group.Count()} files"), "one, on every file system", "rename one"));
            return doubled.Concat(Paths(files)).Concat(Manifest(files)).Concat(Metas(files)).Concat(Guids(files)).Concat(Definitions(files)).Concat(Assemblies(files, frameworkAssemblies, frameworkTypes)).Concat(Kernels(files));
        }

        private static IEnumerable<PackProblem> Paths(Dictionary<string, PackEntry> files) => files.Keys
            .Where(path => Encoding.UTF8.GetByteCount(path) > LongestPath || path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Contains(".."))
            .Select(path => new PackProblem(path, "a path of this form", FormattableString.Invariant($"a relative path of at most {LongestPath} bytes with forward slashes"), "shorten it"));

        private static IEnumerable<PackProblem> Manifest(Dictionary<string, PackEntry> files)
        {
            const string Name = "package.json";
            if (!files.TryGetValue(Name, out PackEntry? entry))
            {
                yield return new PackProblem(Name, "nothing", "the description of the package", "restore it");
                yield break;
            }

            using JsonDocument manifest = JsonDocument.Parse(entry.Content);
            foreach ((string member, string pattern) in new[] { ("name", @"^[a-z0-9]+(\.[a-z0-9-]+){2,}$"), ("version", @"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$"), ("unity", @"^\d{4}\.\d+$"), ("displayName", "."), ("description", ".") })
            {
                string value = manifest.RootElement.TryGetProperty(member, out JsonElement found) ? found.GetString() ?? "" : "";
                if (!Regex.IsMatch(value, pattern))
                {
                    yield return new PackProblem(Name + ": " + member, $"\"{value}\"", "a value that matches " + pattern, "Unity's manual, \"Package manifest\", tells what is allowed");
                }
            }

            foreach (JsonElement sample in manifest.RootElement.TryGetProperty("samples", out JsonElement samples) ? samples.EnumerateArray() : default)
            {
                string path = sample.GetProperty("path").GetString()!;
                if (!files.Keys.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal)))
                {
                    yield return new PackProblem(Name + ": samples", path, "a folder of the package", "correct the path");
                }
            }
        }

        private static IEnumerable<PackProblem> Metas(Dictionary<string, PackEntry> files)
        {
            var visible = new SortedSet<string>(StringComparer.Ordinal);
            foreach (string path in files.Keys.Where(path => !path.EndsWith(".meta", StringComparison.Ordinal)))
            {
                string[] parts = path.Split('/');
                int shown = parts.TakeWhile(MetaFiles.IsVisibleName).Count();
                for (int length = 1; length <= shown; length++)
                {
                    visible.Add(string.Join('/', parts, 0, length));
                }
            }

            return visible.Where(path => !files.ContainsKey(path + ".meta")).Select(path => new PackProblem(path, "no .meta file", "one beside everything Unity sees", "./prism meta"))
                .Concat(files.Keys.Where(path => path.EndsWith(".meta", StringComparison.Ordinal) && !visible.Contains(path[..^".meta".Length])).Select(path => new PackProblem(path, "a .meta file without its file", "both or none", "./prism meta")));
        }

        private static IEnumerable<PackProblem> Guids(Dictionary<string, PackEntry> files)
        {
            var seen = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (PackEntry meta in files.Values.Where(entry => entry.Path.EndsWith(".meta", StringComparison.Ordinal)).OrderBy(entry => entry.Path, StringComparer.Ordinal))
            {
                Match guid = Regex.Match(Encoding.UTF8.GetString(meta.Content), "^guid: ([0-9a-f]{32})\r?$", RegexOptions.Multiline);
                if (!guid.Success)
                {
                    yield return new PackProblem(meta.Path, "no GUID", "a line \"guid: \" with 32 hexadecimal digits", "./prism meta");
                }
                else if (!seen.TryAdd(guid.Groups[1].Value, meta.Path))
                {
                    yield return new PackProblem(meta.Path, $"GUID {guid.Groups[1].Value} of {seen[guid.Groups[1].Value]}", "a GUID of its own", "delete it and run ./prism meta");
                }
            }

            foreach (PackEntry asset in files.Values.Where(entry => entry.Path.EndsWith(".asset", StringComparison.Ordinal)))
            {
                foreach (Match reference in Regex.Matches(Encoding.UTF8.GetString(asset.Content), @"\bguid: ([0-9a-f]{32})").Where(match => !seen.ContainsKey(match.Groups[1].Value) && !match.Groups[1].Value.StartsWith("0000000000000000", StringComparison.Ordinal)))
                {
                    yield return new PackProblem(asset.Path, "a reference to GUID " + reference.Groups[1].Value, "a file of the package with this GUID", "see which file moved");
                }
            }
        }

        private static IEnumerable<PackProblem> Definitions(Dictionary<string, PackEntry> files)
        {
            AssemblyDefinition[] all = files.Values.Where(entry => entry.Path.EndsWith(".asmdef", StringComparison.Ordinal)).Select(entry => AssemblyDefinition.Read(entry.Path, entry.Content)).ToArray();
            foreach (AssemblyDefinition each in all)
            {
                foreach (string missing in each.References.Where(name => !name.StartsWith("Unity", StringComparison.Ordinal) && !all.Any(other => other.Name == name)))
                {
                    yield return new PackProblem(each.Name + ".asmdef", "a reference to " + missing, "an assembly of the package or of Unity", "correct references");
                }

                foreach (string missing in each.Precompiled.Where(name => !files.ContainsKey(PluginMeta.PathOf(name))))
                {
                    yield return new PackProblem(each.Name + ".asmdef", "a reference to " + missing, "an assembly in " + PluginMeta.Folder, "correct precompiledReferences");
                }

                if (each.Precompiled.Count > 0 && !each.OverridesReferences)
                {
                    yield return new PackProblem(each.Name + ".asmdef", "precompiledReferences that Unity ignores", "overrideReferences: true", "set it");
                }
            }
        }

        private static IEnumerable<PackProblem> Assemblies(Dictionary<string, PackEntry> files, IReadOnlySet<string> frameworkAssemblies, IReadOnlySet<string> frameworkTypes)
        {
            AssemblyFile[] shipped = files.Values.Where(entry => entry.Path.EndsWith(".dll", StringComparison.Ordinal)).Select(entry => AssemblyFile.Read(entry.Content)).ToArray();
            foreach (AssemblyFile each in shipped)
            {
                foreach (string own in each.References.Where(name => !frameworkAssemblies.Contains(name) && !shipped.Any(other => other.Name == name)))
                {
                    yield return new PackProblem(each.Name + ".dll", "a reference to " + own, ".NET Standard 2.1 or the package to have it", "add it to " + PluginMeta.Folder);
                }

                foreach ((string assembly, string type) in each.Uses.Where(use => !(frameworkAssemblies.Contains(use.Assembly) ? frameworkTypes.Contains(use.Type) : shipped.Any(other => other.Name == use.Assembly && other.Types.Contains(use.Type)))))
                {
                    yield return new PackProblem(each.Name + ".dll", $"the type {type} of {assembly}", ".NET Standard 2.1 or the package to define it", "ship versions that fit each other");
                }

                if (frameworkAssemblies.Contains(each.Name))
                {
                    yield return new PackProblem(each.Name + ".dll", "an assembly that Unity has", "what .NET Standard 2.1 lacks and nothing else", "leave it out");
                }
            }
        }

        /// <summary>The pack's own mark and hash; what it holds is the runtime's business (KernelPack).</summary>
        private static IEnumerable<PackProblem> Kernels(Dictionary<string, PackEntry> files)
        {
            const string Path = "Shaders/Compiled/kernels.bytes";
            ReadOnlySpan<byte> pack = files.TryGetValue(Path, out PackEntry? entry) ? entry.Content : [];
            bool whole = pack.StartsWith("PRISMSPV"u8) && pack.Length > SHA256.HashSizeInBytes && SHA256.HashData(pack[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(pack[^SHA256.HashSizeInBytes..]);
            return whole ? [] : [new PackProblem(Path, FormattableString.Invariant($"{pack.Length} bytes that are no whole kernel pack"), "the compiled shaders", "./prism shaders")];
        }
    }
}
