using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>Every kernel of the product and of the tests agrees with its SPIR-V, and the catalogue lists all there are.</summary>
    public class KernelCatalogTests
    {
        private static IEnumerable<string> Keys => KernelCatalog.All.Select(kernel => kernel.Key);

        [TestCaseSource(nameof(Keys))]
        public void MatchesItsShader(string key)
        {
            KernelDescription kernel = KernelCatalog.All.Single(k => k.Key == key);
            Assert.That(KernelReflection.Differences(kernel, KernelPack.LoadEmbedded().Spirv(key)), Is.Empty);
        }

        [Test]
        public void ListsEveryKernelOfThePack() => Assert.That(Keys, Is.EquivalentTo(KernelPack.LoadEmbedded().Keys));

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
        }
    }
}
