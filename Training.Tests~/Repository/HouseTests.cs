using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PrismLM.Cli.Packaging;

namespace PrismLM.Training.Tests.Repository
{
    public sealed class HouseTests
    {
        private const int LongestFile = 400;

        [Test]
        public void NoFileWrittenByHandIsLong()
        {
            IEnumerable<string> written = RepositoryFiles.All.Where(path => Path.GetExtension(path) is ".cs" or ".comp" or ".glsl" or ".targets" or ".props");
            Assert.That(written.Where(path => RepositoryFiles.Lines(path).Length > LongestFile), Is.Empty);
        }

        [Test]
        public void FilesOfTheRuntimeAreSmall()
        {
            int[] lengths = RepositoryFiles.Sources.Where(path => path.StartsWith("Runtime/", StringComparison.Ordinal)).Select(path => RepositoryFiles.Lines(path).Length).Order().ToArray();
            Assert.That(lengths[lengths.Length / 2], Is.LessThanOrEqualTo(100), "median number of lines");
        }

        [Test]
        public void NothingPointsOutsideTheRepository()
        {
            // Put together from pieces, or this file would find itself.
            var outside = new Regex("(^|[\\s\"'(=])(/" + "work/|\\.\\./shared/|/root/)", RegexOptions.Multiline);
            IEnumerable<string> texts = RepositoryFiles.All.Where(path => Path.GetExtension(path) is ".cs" or ".md" or ".csproj" or ".props" or ".targets" or ".json" or ".comp" or ".glsl" or ".sh" or ".asmdef" or ".sln" or ""
                && !path.EndsWith("HouseTests.cs", StringComparison.Ordinal));
            Assert.That(texts.Where(path => outside.IsMatch(RepositoryFiles.Read(path))), Is.Empty);
        }

        [Test]
        public void EverythingUnitySeesHasItsMetaFile()
        {
            MetaPlan plan = MetaFiles.Plan(RepositoryFiles.Root);
            Assert.Multiple(() =>
            {
                Assert.That(plan.Missing, Is.Empty, "run ./prism meta");
                Assert.That(plan.LeftOver, Is.Empty, "run ./prism meta");
            });
        }

        [Test]
        public void GuidsAreStableAndUnique()
        {
            string[] metas = RepositoryFiles.All.Where(path => path.EndsWith(".meta", StringComparison.Ordinal)).ToArray();
            Dictionary<string, string> guids = metas.ToDictionary(path => path, path => Regex.Match(RepositoryFiles.Read(path), "^guid: ([0-9a-f]{32})$", RegexOptions.Multiline).Groups[1].Value);
            Assert.Multiple(() =>
            {
                Assert.That(guids.Values, Is.Unique);
                Assert.That(guids.Where(pair => pair.Value != MetaFiles.Guid(pair.Key[..^".meta".Length])).Select(pair => pair.Key), Is.Empty, "the GUID is a hash of the path");
            });
        }

        [Test]
        public void TheAssetThatBringsTheKernelsIntoABuildPointsToThem()
        {
            string asset = RepositoryFiles.Read("Runtime/Unity/Resources/PrismLMKernels.asset");
            Assert.Multiple(() =>
            {
                Assert.That(asset, Does.Contain($"m_Script: {{fileID: 11500000, guid: {MetaFiles.Guid("Runtime/Unity/PrismKernels.cs")}, type: 3}}"));
                Assert.That(asset, Does.Contain($"pack: {{fileID: 4900000, guid: {MetaFiles.Guid("Shaders/Compiled/kernels.bytes")}, type: 3}}"), "a TextAsset");
                Assert.That(RepositoryFiles.Read("Runtime/Unity/Resources/PrismLMKernels.asset.meta"), Does.Contain("mainObjectFileID: 11400000"));
            });
        }

        [TestCase(".hidden", false)]
        [TestCase("Samples~", false)]
        [TestCase("notes.tmp", false)]
        [TestCase("Runtime", true)]
        [TestCase("prism", true)]
        public void VisibilityIsUnitys(string name, bool visible) => Assert.That(MetaFiles.IsVisibleName(name), Is.EqualTo(visible));

        [Test]
        public void SamplesOfThePackageExistAndAreNotIgnoredByGit()
        {
            Assert.That(RepositoryFiles.All.Any(path => path.StartsWith("Samples~/Tavern/", StringComparison.Ordinal)), Is.True);
            Assert.That(RepositoryFiles.Lines(".gitignore").Any(line => line.Contains('~', StringComparison.Ordinal)), Is.False, "it would hide the folders whose names end with a tilde");
        }

        [Test]
        public void EveryProjectIsInTheSolution()
        {
            string solution = RepositoryFiles.Read("Prism.sln").Replace('\\', '/');
            Assert.That(RepositoryFiles.All.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && !solution.Contains($"\"{path}\"", StringComparison.Ordinal)), Is.Empty);
        }
    }
}
