using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Tests.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan
{
    /// <summary>The one test of shaders against C#; it needs no device.</summary>
    public class KernelReflectionTests
    {
        [Test]
        public void CanariesMatchTheirShaders()
        {
            KernelPack pack = KernelPack.LoadEmbedded();
            Assert.That(KernelReflection.Differences(CanaryKernels.Subgroup, pack.Spirv(CanaryKernels.Subgroup.Key)), Is.Empty);
            Assert.That(KernelReflection.Differences(CanaryKernels.Loop, pack.Spirv(CanaryKernels.Loop.Key)), Is.Empty);
        }

        [Test]
        public void TestKernelMatchesItsShader()
        {
            Assert.That(KernelReflection.Differences(SmokeKernel.Description, VulkanTest.TestKernels.Spirv("smoke")), Is.Empty);
            Assert.That(KernelReflection.Differences(SmokeKernel.Double, VulkanTest.TestKernels.Spirv("smoke.double")), Is.Empty);
        }

        [TestCaseSource(nameof(WrongDescriptions))]
        public void FindsAWrongDescription(string what, object wrong)
        {
            IReadOnlyList<string> differences = KernelReflection.Differences((KernelDescription)wrong, VulkanTest.TestKernels.Spirv("smoke"));
            Assert.That(differences, Has.Count.EqualTo(1));
            Assert.That(differences[0], Does.Contain(what));
        }

        private static IEnumerable<TestCaseData> WrongDescriptions()
        {
            KernelDescription good = SmokeKernel.Description;
            KernelBinding[] bindings = good.Bindings.ToArray();
            uint[] ids = good.SpecializationIds.ToArray();
            yield return Case("push constants", KernelDescription.Create<SwappedPush>("smoke", string.Empty, bindings, ids));
            yield return Case("push constants", KernelDescription.Create<LongPush>("smoke", string.Empty, bindings, ids));
            yield return Case("push constants", KernelDescription.CreateWithoutPush("smoke", string.Empty, bindings, ids));
            yield return Case("specialization ids", KernelDescription.Create<SmokeKernel.Push>("smoke", string.Empty, bindings));
            yield return Case("binding numbers", KernelDescription.Create<SmokeKernel.Push>("smoke", string.Empty, bindings.Take(1).ToArray(), ids));
            yield return Case("access of x", KernelDescription.Create<SmokeKernel.Push>(
                "smoke", string.Empty, new[] { new KernelBinding("x", KernelAccess.ReadWrite), bindings[1] }, ids));
            yield return Case("access of y", KernelDescription.Create<SmokeKernel.Push>(
                "smoke", string.Empty, new[] { bindings[0], new KernelBinding("y", KernelAccess.Write) }, ids));
        }

        private static TestCaseData Case(string what, KernelDescription wrong) => new TestCaseData(what, wrong);

#pragma warning disable CS0649 // Only the layout of these structs is looked at.
        private struct SwappedPush
        {
            public uint Count;
            public float A;
        }

        private struct LongPush
        {
            public float A;
            public uint Count;
            public uint More;
        }
#pragma warning restore CS0649
    }
}
