using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using PrismLM.Tests.Vulkan.Cases;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>Every kernel of the product and of the tests agrees with its SPIR-V, and the catalogue lists all there are.</summary>
    public class KernelCatalogTests
    {
        private static IEnumerable<string> Keys => KernelCatalog.All.Select(kernel => kernel.Key);

        private static IEnumerable<string> TexelKeys => KernelCatalog.All.Where(kernel => kernel.HasTexelVariant).Select(kernel => kernel.TexelKey);

        [TestCaseSource(nameof(Keys))]
        public void MatchesItsShader(string key)
        {
            KernelDescription kernel = KernelCatalog.All.Single(k => k.Key == key);
            Assert.That(KernelReflection.Differences(kernel, KernelPack.LoadEmbedded().Spirv(key)), Is.Empty);
        }

        [TestCaseSource(nameof(TexelKeys))]
        public void TexelVariantMatchesItsShader(string key)
        {
            KernelDescription kernel = KernelCatalog.All.Single(k => k.HasTexelVariant && k.TexelKey == key);
            Assert.That(KernelReflection.Differences(kernel, KernelPack.LoadEmbedded().Spirv(key), texels: true), Is.Empty);
        }

        /// <summary>The comparison tells the two variants apart.</summary>
        [Test]
        public void AVariantIsNotTheOther()
        {
            Assert.That(KernelReflection.Differences(DownKernel.Description, KernelPack.LoadEmbedded().Spirv("down.texel")), Is.Not.Empty);
            Assert.That(KernelReflection.Differences(DownKernel.Description, KernelPack.LoadEmbedded().Spirv("down"), texels: true), Is.Not.Empty);
        }

        [Test]
        public void ListsEveryKernelOfThePack() => Assert.That(Keys.Concat(TexelKeys), Is.EquivalentTo(KernelPack.LoadEmbedded().Keys));

        [Test]
        public void EveryKernelIsDocumented()
        {
            string text = File.ReadAllText(Documentation());
            Assert.That(Keys.Where(key => !text.Contains("`" + key + "`", StringComparison.Ordinal)), Is.Empty);
        }

        private static string Documentation([CallerFilePath] string here = "")
            => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "Documentation~", "kernels.md"));

        /// <summary>What multiplies a tile of columns has a place for matrix units, and nothing else does.</summary>
        [Test]
        public void KernelsWithTilesHaveAPlaceForMatrixUnits()
        {
            IEnumerable<string> tiled = KernelCatalog.All.Where(kernel => kernel.SpecializationIds.Contains(Specialization.TileColumns)).Select(kernel => kernel.Key);
            Assert.That(KernelCatalog.All.Where(kernel => kernel.HasMatrixPlace).Select(kernel => kernel.Key), Is.EquivalentTo(tiled.Where(key => key != "router")));
        }

        /// <summary>A device that could falls back to the kernels that were measured, and says why.</summary>
        [TestCase(false, true, "no cooperative matrices")]
        [TestCase(true, false, "never measured on device 10de:0042")]
        [TestCase(true, true, "the kernel pack has no qkv.matrix")]
        public void MatrixUnitsAreNotUsedUnmeasured(bool offered, bool measured, string reason)
        {
            MatrixMeasurement[] known = { new MatrixMeasurement(0x10de, measured ? 0x42u : 0x43u, "twice as fast") };
            MatrixUnits units = MatrixUnits.Choose(offered, 0x10de, 0x42, KernelPack.LoadEmbedded(), known);
            Assert.That(units.AreUsed, Is.False);
            Assert.That(units.Reason, Does.Contain(reason));
        }

        [Test]
        public void TheReportSaysWhyMatrixUnitsAreNotUsed()
        {
            Assert.That(MatrixUnits.Measured, Is.Empty);
            Assert.That(VulkanTest.Device.Report.MatrixUnits, Does.StartWith("not used: "));
            Assert.That(VulkanTest.Device.Report.ToString(), Does.EndWith("matrix units " + VulkanTest.Device.Report.MatrixUnits));
        }

        [Test]
        public void TestKernelsMatchTheirShaders()
        {
            var all = new List<KernelDescription>
            {
                TestKernelDescriptions.MatMul, TestKernelDescriptions.RmsNorm, TestKernelDescriptions.Rope, TestKernelDescriptions.Softmax, TestKernelDescriptions.FmaRate,
            };
            all.AddRange(new[] { "half", "silu", "gelu", "shrink", "weight", "waiting", "philox", "key" }.Select(TestKernelDescriptions.Elements));
            Assert.That(all.SelectMany(kernel => KernelReflection.Differences(kernel, VulkanTest.TestKernels.Spirv(kernel.Key))), Is.Empty);
            KernelDescription matMul = TestKernelDescriptions.MatMul;
            Assert.That(KernelReflection.Differences(matMul, VulkanTest.TestKernels.Spirv(matMul.TexelKey), texels: true), Is.Empty);
        }
    }
}
