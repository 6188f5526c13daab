using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;

namespace PrismLM.Training.Tests.Repository
{
    /// <summary>Who may know whom, stated once and checked three times: project files, Unity's assembly definitions, and the using lines of the sources.</summary>
    public sealed class ArchitectureTests
    {
        // folder -> what it may reference directly, and the namespace its sources stand in. The tests compile the kernel packer (PrismLM.Tools) into themselves.
        private static readonly (string Folder, string Namespace, string[] May)[] Walls =
        {
            ("Runtime/Core", "PrismLM.Core", Array.Empty<string>()),
            ("Runtime/Vulkan", "PrismLM.Vulkan", new[] { "PrismLM.Core" }),
            ("Runtime/Dialogue", "PrismLM.Dialogue", new[] { "PrismLM.Core" }),
            ("Runtime/Hosting", "PrismLM.Hosting", new[] { "PrismLM.Core", "PrismLM.Vulkan", "PrismLM.Dialogue" }),
            ("Runtime/Unity", "PrismLM.Unity", new[] { "PrismLM.Core", "PrismLM.Dialogue", "PrismLM.Hosting" }),
            ("Editor", "PrismLM.Editor", new[] { "PrismLM.Core", "PrismLM.Dialogue", "PrismLM.Hosting", "PrismLM.Unity" }),
            ("Training~", "PrismLM.Training", new[] { "PrismLM.Core" }),
            ("Tools~/Cli", "PrismLM.Cli", new[] { "PrismLM.Core", "PrismLM.Vulkan", "PrismLM.Dialogue", "PrismLM.Hosting", "PrismLM.Training", "PrismLM.Benchmarks", "PrismLM.Tests" }),
            // What it measures with is compiled into it from the tests.
            ("Benchmarks~/Measuring", "PrismLM.Benchmarks", new[] { "PrismLM.Core", "PrismLM.Vulkan", "PrismLM.Tests" }),
            ("Benchmarks~/DeviceBench", "PrismLM.DeviceBench", new[] { "PrismLM.Core", "PrismLM.Vulkan", "PrismLM.Benchmarks", "PrismLM.Tests", "PrismLM.Cli" }),
            ("Examples~/Tavern", "PrismLM.Tavern", new[] { "PrismLM.Core", "PrismLM.Vulkan", "PrismLM.Dialogue", "PrismLM.Hosting" }),
            ("Integrations~/Godot", "PrismLM.Godot", new[] { "PrismLM.Core", "PrismLM.Vulkan", "PrismLM.Dialogue", "PrismLM.Hosting" }),
            ("Examples.Tests~", "PrismLM.Examples.Tests", new[] { "PrismLM.Tavern" }),
            ("Tests", "PrismLM.Tests", new[] { "PrismLM.Core", "PrismLM.Vulkan", "PrismLM.Dialogue", "PrismLM.Hosting", "PrismLM.Tools", "PrismLM.Unity", "PrismLM.Editor", "UnityStubs" }),
            ("Training.Tests~", "PrismLM.Training.Tests", new[] { "PrismLM.Core", "PrismLM.Vulkan", "PrismLM.Dialogue", "PrismLM.Hosting", "PrismLM.Training", "PrismLM.Cli", "PrismLM.Benchmarks", "PrismLM.Unity", "UnityStubs" }),
        };

        private static IEnumerable<TestCaseData> EachWall() => Walls.Select(wall => new TestCaseData(wall.Folder, wall.Namespace, wall.May).SetArgDisplayNames(wall.Folder));

        [TestCaseSource(nameof(EachWall))]
        public void ProjectReferencesStayInsideTheWalls(string folder, string name, string[] may)
        {
            foreach (string project in RepositoryFiles.All.Where(path => IsIn(path, folder) && path.EndsWith(".csproj", StringComparison.Ordinal)))
            {
                IEnumerable<string> references = XDocument.Parse(RepositoryFiles.Read(project)).Descendants("ProjectReference")
                    .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
                Assert.That(references, Is.SubsetOf(may), project);
            }
        }

        [TestCaseSource(nameof(EachWall))]
        public void UnityAssembliesSayTheSameAsTheProjects(string folder, string name, string[] may)
        {
            string path = $"{folder}/{name}.asmdef";
            if (folder.Contains('~', StringComparison.Ordinal))
            {
                Assert.That(RepositoryFiles.All, Does.Not.Contain(path), "Unity does not see this folder");
                return;
            }

            using JsonDocument definition = JsonDocument.Parse(RepositoryFiles.Read(path));
            JsonElement root = definition.RootElement;
            string[] references = root.GetProperty("references").EnumerateArray().Select(value => value.GetString()!).Where(value => value.StartsWith("PrismLM", StringComparison.Ordinal)).ToArray();
            // What the tests of Tests/Unity~ use stands where Unity does not look.
            may = may.Where(value => value != "PrismLM.Tools" && (folder != "Tests" || value is not ("PrismLM.Unity" or "PrismLM.Editor" or "UnityStubs"))).ToArray();
            bool withEngine = folder is "Runtime/Unity" or "Editor" or "Tests";
            Assert.That(references, Is.EquivalentTo(may), path);
            Assert.That(root.GetProperty("name").GetString(), Is.EqualTo(name));
            Assert.That(root.GetProperty("noEngineReferences").GetBoolean(), Is.EqualTo(!withEngine), "only Unity, Editor and Tests know the engine");
            Assert.That(root.GetProperty("allowUnsafeCode").GetBoolean(), Is.True);
        }

        [TestCaseSource(nameof(EachWall))]
        public void SourcesImportOnlyWhatTheWallAllows(string folder, string name, string[] may)
        {
            var wrong = new List<string>();
            foreach (string path in SourcesOf(folder))
            {
                foreach (Match match in Regex.Matches(RepositoryFiles.Read(path), @"^\s*using (?:static |\w+ = )?(PrismLM\.[\w.]+)\s*;", RegexOptions.Multiline))
                {
                    string imported = match.Groups[1].Value;
                    if (!may.Append(name).Any(allowed => imported == allowed || imported.StartsWith(allowed + ".", StringComparison.Ordinal)))
                    {
                        wrong.Add($"{path} imports {imported}");
                    }
                }
            }

            Assert.That(wrong, Is.Empty);
        }

        [Test]
        public void TheGameKnowsNoTrainerAndTheTrainerNoGame()
        {
            string[] runtime = RepositoryFiles.Sources.Where(path => IsIn(path, "Runtime") && !path.EndsWith("AssemblyInfo.cs", StringComparison.Ordinal) && Regex.IsMatch(RepositoryFiles.Read(path), @"\b(TorchSharp|PrismLM\.Training|PrismLM\.Cli)\b")).ToArray();
            string[] trainer = RepositoryFiles.Sources.Where(path => IsIn(path, "Training~") && Regex.IsMatch(RepositoryFiles.Read(path), @"\b(Silk\.NET|PrismLM\.Vulkan|PrismLM\.Dialogue|PrismLM\.Hosting)\b")).ToArray();
            string[] engines = RepositoryFiles.Sources.Where(path => IsIn(path, "Runtime") && !IsIn(path, "Runtime/Unity") && Regex.IsMatch(RepositoryFiles.Read(path), @"^\s*using Unity", RegexOptions.Multiline)).ToArray();
            Assert.Multiple(() =>
            {
                Assert.That(runtime, Is.Empty);
                Assert.That(trainer, Is.Empty);
                Assert.That(engines, Is.Empty);
            });
        }

        [TestCaseSource(nameof(EachWall))]
        public void NamespacesFollowFolders(string folder, string name, string[] may)
        {
            var wrong = new List<string>();
            foreach (string path in SourcesOf(folder).Where(path => !path.Contains("/Shims/", StringComparison.Ordinal)))
            {
                string below = Path.GetDirectoryName(path[(folder.Length + 1)..])!.Replace('\\', '/').Replace('/', '.');
                string expected = below.Length == 0 ? name : name + "." + below;
                Match found = Regex.Match(RepositoryFiles.Read(path), @"^namespace ([\w.]+)", RegexOptions.Multiline);
                // Tests of the runtime may leave "Runtime" out: PrismLM.Tests.Core for Tests/Runtime/Core.
                bool matches = !found.Success || found.Groups[1].Value == expected || found.Groups[1].Value == expected.Replace(".Runtime", "", StringComparison.Ordinal);
                if (!matches && folder != "Tests")
                {
                    wrong.Add($"{path}: namespace {found.Groups[1].Value}, expected {expected}");
                }
                else if (!matches && !found.Groups[1].Value.StartsWith("PrismLM.Tests", StringComparison.Ordinal))
                {
                    wrong.Add($"{path}: namespace {found.Groups[1].Value}, expected one below PrismLM.Tests");
                }
            }

            Assert.That(wrong, Is.Empty);
        }

        private static IEnumerable<string> SourcesOf(string folder) => RepositoryFiles.Sources.Where(path => IsIn(path, folder) && !path.Contains("/Mono~/", StringComparison.Ordinal));

        private static bool IsIn(string path, string folder) => path.StartsWith(folder + "/", StringComparison.Ordinal);
    }
}
