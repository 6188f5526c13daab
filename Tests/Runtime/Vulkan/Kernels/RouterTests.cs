using System;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Engine;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>The router kernel: the reference's choice, ties to the lower expert, expert order.</summary>
    public class RouterTests : KernelTest
    {
        private const int Dim = 40;
        private const int Columns = 32;

        [Test]
        public void ChoosesTheReferencesExperts([Values(2, 4, 8, 9, 33, 64)] int experts, [Values(1, 2, 8)] int topK)
        {
            if (topK > experts)
            {
                topK = experts;
            }

            var random = new TestRandom((ulong)experts);
            float[] w = Normal(random, experts * Dim);

            // The last expert repeats the first: a tie in every column.
            w.AsSpan(0, Dim).CopyTo(w.AsSpan((experts - 1) * Dim));
            float[] x = Normal(random, Columns * Dim, 2);
            (uint Expert, float Weight)[] routes = Run(w, x, experts, topK);
            for (int c = 0; c < Columns; c++)
            {
                double[] normed = x.Skip(c * Dim).Take(Dim).Select(v => (double)v).ToArray();
                RmsNorm.Apply(normed, Enumerable.Repeat(1f, Dim).ToArray(), 1e-5, normed);
                var logits = new double[experts];
                MatVec.Multiply(w, normed, logits);
                var chosen = new int[topK];
                var weights = new double[topK];
                Router.Choose(logits, chosen, weights);
                Assert.That(routes.Skip(c * topK).Take(topK).Select(r => (int)r.Expert), Is.EqualTo(chosen), "column {0}", c);
                Assert.That(routes.Skip(c * topK).Take(topK).Select(r => (double)r.Weight), Is.EqualTo(weights).Within(2e-6), "column {0}", c);
            }
        }

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
            (MatrixLocation location, uint[] words) = MatrixInMemory.Write((float[])w.Clone(), experts, Dim, WeightFormat.Float32);
            int stride = WeightPlan.Padded(Dim);
            using var kernel = new RouterKernel(Device, KernelPack.LoadEmbedded(), WeightFormat.Float32);
            using GpuBuffer<uint> weights = Input<uint>(words);
            float[] columns = Enumerable.Range(0, Columns * stride).Select(i => i % stride < Dim ? x[(i / stride * Dim) + (i % stride)] : 0f).ToArray();
            float[] squares = Enumerable.Range(0, Columns * stride / 8).Select(i => columns.Skip(8 * i).Take(8).Sum(v => v * v)).ToArray();
            using GpuBuffer<float> stream = Input<float>(columns.Concat(squares).ToArray());
            using GpuBuffer<uint> state = Input<uint>(Enumerable.Range(0, StateLayout.Slots).Select(i => i % 4 == 3 && i / 4 != idle ? 1u : 0u).ToArray());
            using GpuBuffer<uint> routes = Input<uint>(new uint[2 * Columns * topK]);
            var push = new RouterKernel.Push
            {
                Router = location,
                Norm = new NormSource { XStride = (uint)stride / 4, Squares = (uint)columns.Length / 4, Dim = Dim, Epsilon = 1e-5f },
                TopK = (uint)topK,
            };
            using BindingSet set = Device.CreateBindings("router", weights, stream, state, routes);
            using CommandRecorder recorder = Device.Record("router");
            kernel.Record(recorder, set, push, Columns);
            using RecordedCommands commands = recorder.End();
            Device.Submit(commands).WaitOrThrow(60_000);
            return MemoryMarshal.Cast<uint, (uint, float)>(routes.Download()).ToArray();
        }
    }
}
