using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>Functions of single numbers: exact where they are integers, close where they are not.</summary>
    public class ElementTests : KernelTest
    {
        [Test]
        public void HalvesAreRoundedAsOnTheCpu()
        {
            var values = new List<float> { 0f, -0f, 65504f, 65519f, 65520f, 1e30f, -1e30f, 6.1e-5f, 6.1035156e-5f, 6.0975552e-5f, 5.96e-8f, float.Epsilon, -6.09e-5f };
            for (int i = 0; i <= 0x7BFF; i += 7)
            {
                float half = HalfFloat.ToSingle((ushort)i);
                float next = HalfFloat.ToSingle((ushort)(i + 1));
                values.Add(half);
                values.Add((half + next) / 2);
                values.Add(MathF.BitIncrement((half + next) / 2));
                values.Add(-MathF.BitDecrement((half + next) / 2));
            }

            uint[] found = Run("half", values.Select(v => (Bits(v), Bits(-v))).ToArray());
            for (int i = 0; i < found.Length; i++)
            {
                uint expected = HalfFloat.ToHalf(values[i]) | ((uint)HalfFloat.ToHalf(-values[i]) << 16);
                Assert.That(found[i], Is.EqualTo(expected), "{0:R}", values[i]);
            }
        }

        [Test]
        public void ActivationsMatchReference()
        {
            float[] x = Enumerable.Range(-600, 1201).Select(i => i * 0.05f).Concat(new[] { 0f, -1e-6f, 1e-6f, 200f, -200f }).ToArray();
            Compare("silu", x, v => v / (1 + Math.Exp(-v)));
            Compare("gelu", x, v => One(Gelu.Apply, v));
        }

        [Test]
        public void ShrinkIsTheReluOfASmallStep()
        {
            (uint, uint)[] input = { (Bits(0f), Bits(2f)), (Bits(0f), Bits(0.05f)), (Bits(0.3f), Bits(-1f)), (Bits(0.5f), Bits(-9f)) };
            float[] found = Run("shrink", input).Select(Float).ToArray();
            Assert.That(found, Is.EqualTo(new[] { 0.19f, 0f, 0.19f, 0f }).Within(1e-6f));
        }

        [Test]
        public void IntegersOfSamplingAreThoseOfTheCpu()
        {
            var random = new TestRandom(5);
            (uint X, uint Y)[] input = Enumerable.Range(0, 20_000).Select(_ => ((uint)random.Next(), (uint)random.Next() % SamplingMath.Far)).ToArray();
            (uint, uint)[] distances = input.Select(v => (v.Y, 0u)).Concat(new[] { (0u, 0u), (1u, 0u), (SamplingMath.Far - 1, 0u), (SamplingMath.Far, 0u) }).ToArray();
            Assert.That(Run("weight", distances), Is.EqualTo(distances.Select(v => SamplingMath.Weight(v.Item1))));
            Assert.That(Run("waiting", input), Is.EqualTo(input.Select(v => SamplingMath.WaitingTime(v.X, v.Y))));
            Assert.That(Run("philox", input), Is.EqualTo(input.Select(v => Philox.First(v.X, v.Y, 0x5052534D))));
            Assert.That(Run("key", input), Is.EqualTo(input.Select(v => Key(Float(v.X)))));
        }

        private static uint Key(float logit) => SamplingKey.IsUsable(logit) ? SamplingKey.Of(SamplingKey.Canonical(logit)) : SamplingKey.Excluded;

        private static void Compare(string variant, float[] x, Func<double, double> reference)
        {
            float[] found = Run(variant, x.Select(v => (Bits(v), 0u)).ToArray()).Select(Float).ToArray();
            for (int i = 0; i < x.Length; i++)
            {
                Assert.That(found[i], Is.EqualTo(reference(x[i])).Within(1e-6 * Math.Max(1, Math.Abs(x[i]))), "{0}({1})", variant, x[i]);
            }
        }

        private delegate void InPlace(Span<double> values);

        private static double One(InPlace function, double x)
        {
            var values = new[] { x };
            function(values);
            return values[0];
        }

        private static uint[] Run(string variant, (uint X, uint Y)[] input)
        {
            using ComputePipeline pipeline = Device.CreatePipeline(TestKernels, TestKernelDescriptions.Elements(variant));
            using GpuBuffer<uint> x = Input<uint>(input.SelectMany(v => new[] { v.X, v.Y }).ToArray());
            using GpuBuffer<uint> y = Input<uint>(new uint[input.Length]);
            Dispatch(pipeline, new TestKernelDescriptions.ElementsPush { Count = (uint)input.Length }, (Groups(input.Length, Device.SubgroupSize), 1, 1), x, y);
            return y.Download().Take(input.Length).ToArray();
        }

        private static uint Bits(float value) => (uint)BitConverter.SingleToInt32Bits(value);

        private static float Float(uint bits) => BitConverter.Int32BitsToSingle((int)bits);
    }
}
