using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Tests.Vulkan.Cases;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>The router kernel: what the cases of the list do not say.</summary>
    public class RouterTests : KernelTest
    {
        private const int Dim = RouterCase.Dim;
        private const int Columns = RouterCase.Columns;

        [Test]
        public void IdleColumnsGoNowhere()
        {
            float[] w = Normal(new TestRandom(1), 4 * Dim);
            (uint Expert, float Weight)[] routes = Run(w, Normal(new TestRandom(2), Columns * Dim), 4, 2, idle: 5);
            Assert.That(routes.Skip(10).Take(2).Select(r => r.Expert), Is.All.EqualTo(uint.MaxValue));
            Assert.That(routes.Take(10).Select(r => r.Expert), Is.All.LessThan(4));
        }

        /// <summary>A router whose logits are no numbers still chooses existing experts.</summary>
        [Test]
        public void NotANumberIsTheSmallest()
        {
            float[] w = Normal(new TestRandom(1), 4 * Dim);
            w.AsSpan(Dim, Dim).Fill(float.NaN);
            (uint Expert, float Weight)[] routes = Run(w, Normal(new TestRandom(2), Columns * Dim), 4, 2);
            Assert.That(routes.Select(r => r.Expert), Is.All.AnyOf(0u, 2u, 3u));
        }

        private static (uint Expert, float Weight)[] Run(float[] w, float[] x, int experts, int topK, int idle = -1)
        {
            using var context = new CaseContext(Device, TestKernels);
            using var run = new RouterCase.Run(context, w, x, experts, topK, idle);
            run.Execute();
            return run.Routes();
        }
    }
}
