using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace PrismLM.Cli.Packaging.NuGet
{
    /// <summary>What a project that takes the package would trip over, as far as the files show it; the consumer project shows the rest.</summary>
    internal static class NuGetPackageChecks
    {
        private const string Resource = "PrismLM.kernels.bytes";

        public static IEnumerable<PackProblem> Run(IReadOnlyList<PackEntry> package, IReadOnlyList<PackEntry> symbols, byte[] kernels)
        {
            Dictionary<string, byte[]> files = package.ToDictionary(entry => entry.Path, entry => entry.Content, StringComparer.Ordinal);
            Dictionary<string, byte[]> pdbs = symbols.ToDictionary(entry => entry.Path, entry => entry.Content, StringComparer.Ordinal);
            foreach (string missing in Expected().Where(path => !files.ContainsKey(path)))
            {
                yield return new PackProblem(missing, "nothing", "a file of the NuGet package", "see what the build made in .artifacts/pack");
            }

            string[] dependencies = XDocument.Parse(System.Text.Encoding.UTF8.GetString(files[NuGetPackage.Id + ".nuspec"])).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string)element.Attribute("id")!).Distinct().ToArray();
            if (dependencies is not [NuGetPackage.Dependency])
            {
                yield return new PackProblem(NuGetPackage.Id + ".nuspec", "dependencies " + string.Join(", ", dependencies), NuGetPackage.Dependency + " alone", "keep other packages out of Runtime");
            }

            foreach (string path in files.Keys.Where(path => path.EndsWith(".dll", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
            {
                AssemblyFile assembly = AssemblyFile.Read(files[path]);
                foreach (string other in assembly.References.Where(name => !RuntimeBuild.Assemblies.Contains(name) && !name.StartsWith("Silk.NET.", StringComparison.Ordinal) && name != "netstandard" && !name.StartsWith("System.", StringComparison.Ordinal)))
                {
                    yield return new PackProblem(path, "a reference to " + other, "Prism, Silk.NET and the framework", "keep other packages out of Runtime");
                }

                string pdb = path[..^".dll".Length] + ".pdb";
                if (!pdbs.TryGetValue(pdb, out byte[]? found) || AssemblyFile.ReadSymbols(found) != assembly.Symbols)
                {
                    yield return new PackProblem(pdb, "no symbols of this assembly", "the PDB file of the same build", "delete .artifacts/pack and run again");
                }

                if (assembly.Name == "PrismLM.Vulkan" && !(assembly.Resources.TryGetValue(Resource, out byte[]? inside) && inside.AsSpan().SequenceEqual(kernels)))
                {
                    yield return new PackProblem(path, "no resource " + Resource + " with today's kernels", "the bytes of Shaders/Compiled/kernels.bytes", "delete .artifacts/pack and run again");
                }
            }
        }

        private static IEnumerable<string> Expected() =>
            from framework in RuntimeBuild.Frameworks from assembly in RuntimeBuild.Assemblies from extension in new[] { ".dll", ".xml" } select $"lib/{framework}/{assembly}{extension}";
    }
}
