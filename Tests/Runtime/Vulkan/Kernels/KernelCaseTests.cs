using System;
using System.Collections.Generic;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Tests.Vulkan.Cases;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>Every case of the one list against the reference in double precision, and seeded bugs that the tolerances must find.</summary>
    public class KernelCaseTests : VulkanTest
    {
        private CaseContext context = null!;

        [OneTimeSetUp]
        public void MakeContext() => context = new CaseContext(Device, TestKernels);

        [OneTimeTearDown]
        public void DropContext() => context.Dispose();

        private static IEnumerable<TestCaseData> Cases()
        {
            foreach (KernelCase each in KernelCases.All())
            {
                yield return new TestCaseData(each).SetName("MatchesReference(" + each.Name + ")");
            }
        }

        [TestCaseSource(nameof(Cases))]
        public void MatchesReference(object each) => Assert.That(Run((KernelCase)each), Is.Null);

        /// <summary>A weight that is read from the wrong place.</summary>
        [Test]
        public void AMissingChunkExceedsTheTolerance([Values] WeightFormat format)
            => Assert.That(Run(new MatMulCase(format, 1, 16, 97, columns: 8) { MissingChunks = 1 }), Does.StartWith("largest error"));

        /// <summary>One key too many or too few.</summary>
        [Test]
        public void AWrongKeyExceedsTheTolerance([Values(-1, 1)] int keys)
            => Assert.That(Run(new AttentionCase("wrong keys", 300, 2, 2, 8, true, new[] { 200 }) { WrongKeys = keys }), Does.StartWith("NMSE"));

        [Test]
        public void MatMulHasTheSameBitsInEveryTile([Values] WeightFormat format)
        {
            uint[] narrow = Bits(new MatMulCase(format, 1, 97, 1025, columns: 16));
            foreach (int tile in new[] { 2, 4, 8 })
            {
                Assert.That(Bits(new MatMulCase(format, tile, 97, 1025, columns: 16)), Is.EqualTo(narrow), "tile of {0}", tile);
            }
        }

        [Test]
        public void NamesAreUnique() => Assert.That(System.Linq.Enumerable.Select(KernelCases.All(), each => each.Name), Is.Unique);

        private string? Run(KernelCase each)
        {
            using KernelRun run = each.Create(context);
            run.Execute();
            return run.Check();
        }

        private uint[] Bits(MatMulCase each)
        {
            using var run = (MatMulCase.Run)each.Create(context);
            run.Execute();
            return Array.ConvertAll(run.Result()!, value => (uint)BitConverter.SingleToInt32Bits(value));
        }
    }
}
