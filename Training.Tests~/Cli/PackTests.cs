using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using PrismLM.Cli.Packaging;
using PrismLM.Cli.Packaging.NuGet;
using PrismLM.Cli.Packaging.Unity;
using PrismLM.Training.Tests.Repository;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>The packages that <c>prism pack</c> makes of this repository. Once: it builds the runtime, a project that takes the package, and native code; no culture changes their bytes.</summary>
    [Category("Once")]
    public sealed class PackTests
    {
        private string _folder = "";
        private PackResult _result = null!;
        private PluginSet _plugins = null!;
        private Dictionary<string, byte[]> _unity = null!;

        private string Tarball => Path.Combine(_folder, _result.Files.Single(file => file.Path.EndsWith(".tgz", StringComparison.Ordinal)).Path);

        [OneTimeSetUp]
        public async Task Pack()
        {
            _folder = Path.Combine(Path.GetTempPath(), "prism-pack-" + Guid.NewGuid().ToString("N"));
            _result = await PackRun.RunAsync(RepositoryFiles.Root, _folder, consumer: false, native: false, _ => { }, CancellationToken.None);
            _plugins = PluginSet.Find(new RuntimeBuild(Path.Combine(RepositoryFiles.Root, ".artifacts", "pack")).Assets, UnityPackage.PrecompiledReferences(RepositoryFiles.Root));
            _unity = ReadTarball().ToDictionary(entry => entry.Name, entry => entry.Content, StringComparer.Ordinal);
        }

        [OneTimeTearDown]
        public void Remove() => Directory.Delete(_folder, recursive: true);

        [Test]
        public void NothingElseIsLeftInTheFolder() =>
            Assert.That(Directory.EnumerateFileSystemEntries(_folder).Select(Path.GetFileName), Is.EquivalentTo(_result.Files.Select(file => file.Path)));

        [Test]
        public void TheTarballHasTheLayoutThatUnityExpects()
        {
            Assert.Multiple(() =>
            {
                Assert.That(_unity.Keys, Is.All.StartsWith("package/"));
                foreach (string path in new[] { "package.json", "Runtime/Core/PrismLM.Core.asmdef", "Runtime/Plugins/Silk.NET.Vulkan.dll.meta", "Shaders/Compiled/kernels.bytes", "Documentation~/index.md", "Samples~/Tavern/Personas/smith.json", "Models~/prism-tavern-3m.safetensors", "Credits.txt" })
                {
                    Assert.That(_unity.Keys, Has.Member("package/" + path));
                }

                Assert.That(_unity.Keys.Where(path => path.Contains("/Tests/", StringComparison.Ordinal) || path.Contains("PublicApi~", StringComparison.Ordinal) || path.EndsWith(".csproj", StringComparison.Ordinal) || path.EndsWith(".comp", StringComparison.Ordinal)), Is.Empty, "what only the repository needs");
            });
        }

        [Test]
        public void TheTarballKnowsNoTimeOwnerOrOrderOfTheMachine()
        {
            using var gzip = new GZipStream(File.OpenRead(Tarball), CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            var names = new List<string>();
            while (tar.GetNextEntry() is TarEntry entry)
            {
                names.Add(entry.Name);
                Assert.That((entry.ModificationTime.Year, entry.Uid, entry.Gid, (int)entry.Mode), Is.EqualTo((1980, 0, 0, 420)), entry.Name);
            }

            Assert.That(names, Is.EqualTo(names.Order(StringComparer.Ordinal)));
        }

        [Test]
        public async Task PackingAgainGivesTheSameBytes()
        {
            PackResult again = await PackRun.RunAsync(RepositoryFiles.Root, _folder, consumer: false, native: false, _ => { }, CancellationToken.None);
            Assert.That(again.Files, Is.EqualTo(_result.Files));
        }

        [Test]
        public void OnlyWhatUnityLacksShips()
        {
            Assert.That(_result.Plugins, Has.Member("Silk.NET.Vulkan.dll").And.Member("Silk.NET.Core.dll").And.Member("System.Text.Json.dll"));
            Assert.That(_result.Plugins, Has.None.AnyOf("System.Memory.dll", "System.Buffers.dll", "System.Numerics.Vectors.dll", "System.Threading.Tasks.Extensions.dll", "Microsoft.CSharp.dll"));
        }

        /// <summary>As Unity compiles: C# 9, each assembly definition with what it names and nothing else, .NET Standard 2.1. References do not pass through.</summary>
        [Test]
        public void EveryAssemblyCompilesFromThePackageAlone()
        {
            var compiled = new Dictionary<string, MetadataReference>(StringComparer.Ordinal);
            MetadataReference[] framework = Directory.EnumerateFiles(_plugins.FrameworkFolder, "*.dll").Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToArray();
            foreach (string folder in new[] { "Core", "Vulkan", "Dialogue", "Hosting" })
            {
                string name = "PrismLM." + folder, path = $"package/Runtime/{folder}/";
                AssemblyDefinition definition = AssemblyDefinition.Read(name, _unity[$"{path}{name}.asmdef"]);
                Assert.That(Encoding.UTF8.GetString(_unity[path + "csc.rsp"]).Trim(), Is.EqualTo("-nullable:enable"), "what this test compiles with");
                var language = new CSharpParseOptions(LanguageVersion.CSharp9, preprocessorSymbols: new[] { "UNITY_2022_3_OR_NEWER", "NETSTANDARD2_1", "NETSTANDARD", "NETSTANDARD2_1_OR_GREATER" });
                SyntaxTree[] sources = _unity.Where(file => file.Key.StartsWith(path, StringComparison.Ordinal) && file.Key.EndsWith(".cs", StringComparison.Ordinal)).Select(file => CSharpSyntaxTree.ParseText(Encoding.UTF8.GetString(file.Value), language, file.Key)).ToArray();
                IEnumerable<MetadataReference> references = framework.Concat(definition.References.Select(reference => compiled[reference])).Concat(definition.Precompiled.Select(file => MetadataReference.CreateFromImage(_unity["package/" + PluginMeta.PathOf(file)])));
                var compilation = CSharpCompilation.Create(name, sources, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
                using var image = new MemoryStream();
                Assert.That(compilation.Emit(image).Diagnostics.Where(each => each.Severity == DiagnosticSeverity.Error).Take(5), Is.Empty, name);
                compiled.Add(name, MetadataReference.CreateFromImage(image.ToArray()));
            }
        }

        [Test]
        public void CreditsNameEveryPackageAndText()
        {
            string credits = Encoding.UTF8.GetString(_unity["package/Credits.txt"]);
            string notices = Encoding.UTF8.GetString(_unity["package/Third Party Notices.md"]);
            Assert.Multiple(() =>
            {
                foreach (ThirdPartyPackage package in _plugins.Plugins.Select(plugin => plugin.Package))
                {
                    Assert.That(credits, Does.Contain($"{package.Id} {package.Version}").And.Contain(package.Copyright));
                    Assert.That(notices, Does.Contain($"{package.Id} {package.Version}"));
                }

                Assert.That(credits, Does.Contain("prism-tavern-3m").And.Contain("TinyStories").And.Contain("CDLA-Sharing-1.0").And.Contain("Permission is hereby granted"));
            });
        }

        [Test]
        public async Task AFreshProjectTakesTheNuGetPackageAndAnNpcSpeaks() => Assert.That((await ConsumeAsync(native: false)).Managed, Does.Contain("Bram"));

        [Test]
        public async Task AsNativeCodeItSaysTheSame()
        {
            ConsumerResult result = await ConsumeAsync(native: true);
            Assert.That(result.Native, Is.EqualTo(result.Managed));
        }

        private async Task<ConsumerResult> ConsumeAsync(bool native)
        {
            using var project = new ConsumerProject(_folder, UnityPackage.Identity(RepositoryFiles.Root).Version);
            return await project.RunAsync(Path.Combine(RepositoryFiles.Root, "Models~", "prism-tavern-3m.safetensors"), Path.Combine(RepositoryFiles.Root, "Samples~", "Tavern", "Personas", "smith.json"), native, CancellationToken.None);
        }

        private IEnumerable<(string Name, byte[] Content)> ReadTarball()
        {
            using var gzip = new GZipStream(File.OpenRead(Tarball), CompressionMode.Decompress);
            using var tar = new TarReader(gzip);
            while (tar.GetNextEntry() is TarEntry entry)
            {
                using var content = new MemoryStream();
                entry.DataStream?.CopyTo(content);
                yield return (entry.Name, content.ToArray());
            }
        }
    }
}
