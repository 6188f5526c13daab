using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PrismLM.Cli.Output;

namespace PrismLM.Cli.Packaging.NuGet
{
    /// <summary>
    /// One package, PrismLM, with the four assemblies of the runtime for net10.0 and netstandard2.1 and their documentation; its symbols are a package beside it. Written here and not by
    /// <c>dotnet pack</c>, which makes one package a project, and other bytes each time.
    /// </summary>
    internal static class NuGetPackage
    {
        public const string Id = "PrismLM";
        public const string Dependency = "Silk.NET.Vulkan";

        private static readonly XNamespace Space = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";

        public static IReadOnlyList<PackEntry> Collect(string root, RuntimeBuild build, string version, string credits)
        {
            List<PackEntry> entries = Library(build, ".dll", ".xml");
            entries.Add(Text("README.md", Readme(File.ReadAllText(Path.Combine(root, "README.md")))));
            entries.Add(Text(Credits.FileName, credits));
            entries.Add(new PackEntry("LICENSE.md", File.ReadAllBytes(Path.Combine(root, "LICENSE.md"))));
            return WithOpenPackaging(entries, Manifest(root, version, symbols: false));
        }

        public static IReadOnlyList<PackEntry> CollectSymbols(string root, RuntimeBuild build, string version) => WithOpenPackaging(Library(build, ".pdb"), Manifest(root, version, symbols: true));

        private static List<PackEntry> Library(RuntimeBuild build, params string[] extensions) =>
            (from framework in RuntimeBuild.Frameworks from assembly in RuntimeBuild.Assemblies from extension in extensions
             select new PackEntry($"lib/{framework}/{assembly}{extension}", build.Read(assembly, framework, extension))).ToList();

        private static string Manifest(string root, string version, bool symbols)
        {
            XElement packages = XDocument.Load(Path.Combine(root, "Directory.Packages.props")).Root!;
            string silk = packages.Descendants("PackageVersion").Single(package => (string?)package.Attribute("Include") == Dependency).Attribute("Version")!.Value;
            XElement properties = XDocument.Load(Path.Combine(root, "Directory.Build.props")).Root!;
            XElement Of(string name, object content) => new XElement(Space + name, content);
            var metadata = new XElement(
                Space + "metadata",
                Of("id", Id),
                Of("version", version),
                Of("title", "Prism"),
                Of("authors", properties.Descendants("Authors").Single().Value),
                Of("description", "A small language model that lets NPCs talk inside the game: NPC dialogue, a frame budget in milliseconds, and inference by Vulkan compute shaders. Managed C# and SPIR-V only."),
                Of("tags", "npc dialogue language-model vulkan compute game"));
            if (symbols)
            {
                metadata.Add(new XElement(Space + "packageTypes", new XElement(Space + "packageType", new XAttribute("name", "SymbolsPackage"))));
            }
            else
            {
                metadata.Add(new XElement(Space + "license", new XAttribute("type", "expression"), "MIT"), Of("licenseUrl", "https://licenses.nuget.org/MIT"), Of("readme", "README.md"));
            }

            metadata.Add(new XElement(Space + "dependencies", RuntimeBuild.Frameworks.Select(framework => new XElement(
                Space + "group", new XAttribute("targetFramework", framework), new XElement(Space + "dependency", new XAttribute("id", Dependency), new XAttribute("version", silk), new XAttribute("exclude", "Build,Analyzers"))))));
            return Xml(new XElement(Space + "package", metadata));
        }

        /// <summary>What the registry shows: the example of the repository's README, which is compiled by a test, and what one needs beside the package.</summary>
        private static string Readme(string readme)
        {
            Match example = Regex.Match(readme, "^```csharp\n.*?^```\n", RegexOptions.Multiline | RegexOptions.Singleline);
            if (!example.Success)
            {
                throw new InputException("README.md", "no C# example", "a block ```csharp", "restore it");
            }

            return "# Prism\n\nA small language model that lets NPCs talk, inside the game: trained by its own trainer, exported as one file, and run by Vulkan compute shaders within a budget of milliseconds a frame.\n" +
                "Managed C# and SPIR-V only: no native plugin, no server, no cloud.\n\n" + example.Value +
                "\nBeside the package a game needs a model file (`prism-tavern-3m.safetensors` comes with the repository), a Vulkan driver on the player's machine, and the lines of `Credits.txt` in its credits.\n" +
                "Software Vulkan is refused unless `PrismRuntimeOptions.AllowSoftwareVulkan` is set. Tested on Debian 12 with software Vulkan; not yet run on real GPUs, Windows or macOS.\n";
        }

        /// <summary>The parts that make a ZIP archive an Open Packaging container.</summary>
        private static List<PackEntry> WithOpenPackaging(List<PackEntry> entries, string manifest)
        {
            XNamespace types = "http://schemas.openxmlformats.org/package/2006/content-types";
            XNamespace relations = "http://schemas.openxmlformats.org/package/2006/relationships";
            IEnumerable<string> extensions = entries.Select(entry => Path.GetExtension(entry.Path)[1..]).Append("nuspec").Distinct().Order(StringComparer.Ordinal);
            entries.Add(Text(Id + ".nuspec", manifest));
            entries.Add(Text("[Content_Types].xml", Xml(new XElement(
                types + "Types",
                extensions.Prepend("rels").Select(extension => new XElement(types + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", extension == "rels" ? "application/vnd.openxmlformats-package.relationships+xml" : "application/octet")))))));
            entries.Add(Text("_rels/.rels", Xml(new XElement(
                relations + "Relationships",
                new XElement(relations + "Relationship", new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"), new XAttribute("Target", $"/{Id}.nuspec"), new XAttribute("Id", "R1"))))));
            return entries;
        }

        private static string Xml(XElement root) => "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root.ToString().Replace("\r\n", "\n", StringComparison.Ordinal) + "\n";

        private static PackEntry Text(string path, string text) => new PackEntry(path, Encoding.UTF8.GetBytes(text));
    }
}
