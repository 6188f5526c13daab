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
