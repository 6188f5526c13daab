using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using NUnit.Framework;
using PrismLM.Cli.Output;
using PrismLM.Cli.Packaging;
using PrismLM.Cli.Packaging.NuGet;
using PrismLM.Cli.Packaging.Unity;

namespace PrismLM.Training.Tests.Cli
{
    /// <summary>What <c>prism pack</c> refuses, on a package of a few files.</summary>
    public sealed class PackRefusalTests
    {
        private static readonly HashSet<string> Framework = new(StringComparer.Ordinal) { "netstandard" };

        [Test]
        public void AWholePackageHasNoProblem() => Assert.That(Problems(Good()), Is.Empty);

        [Test]
        public void AFileWithoutMetaIsNamed() => AssertProblem(Good().Where(entry => entry.Path != "Runtime/A.asmdef.meta"), "Runtime/A.asmdef", "no .meta file");

        [Test]
        public void AFolderWithoutMetaIsNamed() => AssertProblem(Good().Where(entry => entry.Path != "Runtime.meta"), "Runtime", "no .meta file");

        [Test]
        public void AMetaWithoutFileIsNamed() => AssertProblem(Good().Append(Meta("Runtime/Gone.cs", isFolder: false)), "Runtime/Gone.cs.meta", "without its file");

        [Test]
        public void AHiddenFolderNeedsNoMeta() => Assert.That(Problems(Good().Append(Text("Samples~/B/readme.md", "")).Append(Text("Documentation~/index.md", ""))), Is.Empty);

        [Test]
        public void ADuplicateGuidIsNamedWithBothFiles() =>
            AssertProblem(Good().Where(entry => entry.Path != "Runtime.meta").Append(Text("Runtime.meta", "guid: " + MetaFiles.Guid("package.json") + "\n")), "package.json.meta", "of Runtime.meta", "Runtime.meta", "of package.json.meta");

        [Test]
        public void AnUnknownAssemblyIsNamed() => AssertProblem(WithDefinition("\"references\": [\"PrismLM.Nothing\"]"), "A.asmdef", "PrismLM.Nothing");

        [Test]
        public void AMissingPluginIsNamed() => AssertProblem(WithDefinition("\"overrideReferences\": true, \"precompiledReferences\": [\"Silk.NET.Core.dll\"]"), "A.asmdef", "Silk.NET.Core.dll");

        [Test]
        public void AnAssemblyWhoseReferencesAreMissingIsNamed()
        {
            byte[] nunit = File.ReadAllBytes(typeof(TestAttribute).Assembly.Location);
            AssertProblem(Good().Append(new PackEntry("Runtime/N.dll", nunit)).Append(Meta("Runtime/N.dll", isFolder: false)), "nunit.framework.dll", "a reference to");
        }

        [Test]
        public void AnAssetThatPointsNowhereIsNamed() =>
            AssertProblem(Good().Append(Text("Runtime/K.asset", "pack: {fileID: 1, guid: " + new string('a', 32) + "}")).Append(Meta("Runtime/K.asset", isFolder: false)), "Runtime/K.asset", "a reference to GUID");

        [Test]
        public void ADamagedKernelPackIsNamed() => AssertProblem(Good().Where(entry => entry.Path != "Shaders/Compiled/kernels.bytes").Append(Text("Shaders/Compiled/kernels.bytes", "PRISMSPV and no more than this, which is not its hash")), "Shaders/Compiled/kernels.bytes", "no whole kernel pack");

        [Test]
        public void ASampleThatIsNotThereIsNamed() => AssertProblem(Good().Where(entry => entry.Path != "package.json").Append(Manifest("1.0.0", "Samples~/Gone")), "package.json: samples", "Samples~/Gone");

        [Test]
        public void ABadVersionIsNamed() => AssertProblem(Good().Where(entry => entry.Path != "package.json").Append(Manifest("one", null)), "package.json: version", "one");

        [Test]
        public void AStaleKernelPackIsRefusedAndNothingIsLeft()
        {
            string root = Path.Combine(Path.GetTempPath(), "prism-stale-" + Guid.NewGuid().ToString("N")), output = Path.Combine(root, "out");
            Directory.CreateDirectory(Path.Combine(root, "Shaders", "Include"));
            Directory.CreateDirectory(Path.Combine(root, "Shaders", "Compiled"));
            try
            {
                File.WriteAllText(Path.Combine(root, "Shaders", "a.comp"), "void main() {}");
                string line = Convert.ToHexString(SHA256.HashData("void main() {}"u8)) + " Shaders/a.comp";
                File.WriteAllText(Path.Combine(root, "Shaders", "Compiled", "kernels.sources"), line + "\n");
                Assert.That(() => KernelFreshness.Check(root), Throws.Nothing);
                File.AppendAllText(Path.Combine(root, "Shaders", "a.comp"), "\n");
                Assert.That(() => PackRun.RunAsync(root, output, false, false, _ => { }, CancellationToken.None).GetAwaiter().GetResult(), Throws.TypeOf<InputException>().With.Message.Contain("Shaders/a.comp").And.Message.Contain("./prism shaders"));
                Assert.That(Directory.EnumerateFileSystemEntries(output), Is.Empty);
            }
            finally
            {
                Directory.Delete(root, recursive: true);
            }
        }

        [Test]
        public void WarningsAboutOtherPeoplesCodeAreCountedAndOursAreNamed()
        {
            const string Log = "ILC : Trim analysis warning IL2026: Silk.NET.Core.Loader.DefaultPathResolver.Y(): text [/tmp/a.csproj]\n" +
                "/_/Runtime/Core/A.cs(3): Trim analysis warning IL2070: PrismLM.Core.A.B(Type): text [/tmp/a.csproj]\nILC : AOT analysis warning IL3050: Silk.NET.Core.Native.Z(): text [/tmp/a.csproj]\n";
            (IReadOnlyList<string> own, int foreign) = ConsumerProject.SortWarnings(Log);
            Assert.That(own.Single(), Does.Contain("PrismLM.Core.A.B"));
            Assert.That(foreign, Is.EqualTo(2));
        }

        private static void AssertProblem(IEnumerable<PackEntry> entries, string where, string found, string orWhere = "-", string orFound = "-")
        {
            PackProblem[] problems = Problems(entries).ToArray();
            Assert.That(problems.Any(problem => (problem.Where == where && problem.Found.Contains(found, StringComparison.Ordinal)) || (problem.Where == orWhere && problem.Found.Contains(orFound, StringComparison.Ordinal))), Is.True, string.Join('\n', problems.Select(problem => problem.ToString())));
            Assert.That(() => PackRun.Refuse(problems), Throws.TypeOf<InputException>());
        }

        private static IEnumerable<PackProblem> Problems(IEnumerable<PackEntry> entries) => UnityPackageChecks.Run(entries.ToArray(), Framework, new HashSet<string>());

        private static IEnumerable<PackEntry> WithDefinition(string members) => Good().Where(entry => entry.Path != "Runtime/A.asmdef").Append(Text("Runtime/A.asmdef", "{\"name\": \"A\", " + members + "}"));

        private static IEnumerable<PackEntry> Good()
        {
            byte[] kernels = "PRISMSPV"u8.ToArray();
            yield return Manifest("1.0.0", null);
            yield return Text("Runtime/A.asmdef", "{\"name\": \"A\"}");
            yield return new PackEntry("Shaders/Compiled/kernels.bytes", kernels.Concat(SHA256.HashData(kernels)).ToArray());
            foreach ((string path, bool isFolder) in new[] { ("package.json", false), ("Runtime", true), ("Runtime/A.asmdef", false), ("Shaders", true), ("Shaders/Compiled", true), ("Shaders/Compiled/kernels.bytes", false) })
            {
                yield return Meta(path, isFolder);
            }
        }

        private static PackEntry Manifest(string version, string? sample) => Text(
            "package.json",
            "{\"name\": \"com.a.b\", \"version\": \"" + version + "\", \"unity\": \"2022.3\", \"displayName\": \"A\", \"description\": \"B\", \"samples\": [" + (sample is null ? "" : "{\"path\": \"" + sample + "\"}") + "]}");

        private static PackEntry Meta(string path, bool isFolder) => Text(path + ".meta", MetaFiles.Text(path, isFolder));

        private static PackEntry Text(string path, string text) => new PackEntry(path, Encoding.UTF8.GetBytes(text));
    }
}
