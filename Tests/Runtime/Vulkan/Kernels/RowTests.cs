using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Reference;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>RMSNorm, rotation and softmax, each by the include file that the fused kernels use.</summary>
    public class RowTests : KernelTest
    {
        [Test]
        public void RmsNormMatchesReference([Values(1, 7, 8, 9, 97, 1025)] int dim, [Values(1f, 1e-4f, 1e4f)] float scale)
        {
            var random = new TestRandom((ulong)dim);
            float[] x = Normal(random, dim, scale), g = Normal(random, dim);
            var expected = new double[dim];
            RmsNorm.Apply(x.Select(v => (double)v).ToArray(), g, 1e-5, expected);
            int padded = (dim + 7) / 8 * 8;
            using ComputePipeline pipeline = Device.CreatePipeline(TestKernels, TestKernelDescriptions.RmsNorm);
            using GpuBuffer<float> a = Input<float>(x.Concat(new float[padded - dim]).ToArray());
            using GpuBuffer<float> b = Input<float>(g.Concat(new float[padded - dim]).ToArray());
            using GpuBuffer<float> y = Input<float>(new float[padded]);
            Dispatch(pipeline, new TestKernelDescriptions.RmsNormPush { Dim = (uint)dim, Epsilon = 1e-5f }, (1, 1, 1), a, b, y);
            Assert.That(Nmse(expected, y.Download()), Is.LessThanOrEqualTo(1e-11));
        }

        [Test]
        public void RopeMatchesReference([Values(8, 32, 64, 128)] int headDim, [Values(0, 1, 511, 4095)] int position)
        {
            var random = new TestRandom((ulong)(headDim + position));
            float[] frequencies = Enumerable.Range(0, headDim).Select(i => (float)Math.Pow(31415.9265, -2.0 * (i % (headDim / 2)) / headDim) * (i < headDim / 2 ? 1 : 1.1f)).ToArray();
            var table = new RopeTable(frequencies, 2, position + 1);
            float[] x = Normal(random, headDim);
            double[] expected = x.Select(v => (double)v).ToArray();
            Rope.Rotate(expected, table.Cos(position, 1), table.Sin(position, 1));
            float[] turns = table.AllCos.ToArray().Zip(table.AllSin.ToArray(), (c, s) => new[] { c, s }).SelectMany(v => v).ToArray();
            using ComputePipeline pipeline = Device.CreatePipeline(
                TestKernels,
                TestKernelDescriptions.Rope,
                new SpecializationConstant(Specialization.HeadDim, (uint)headDim));
            using GpuBuffer<float> weights = Input<float>(turns);
            using GpuBuffer<float> input = Input<float>(x);
            using GpuBuffer<float> y = Input<float>(new float[headDim]);
            Dispatch(pipeline, new TestKernelDescriptions.RopePush { Groups = 2, Position = (uint)position, Group = 1 }, (1, 1, 1), weights, input, y);
            float[] found = y.Download();
            for (int i = 0; i < headDim; i++)
            {
                double size = Math.Sqrt((x[i & ~1] * (double)x[i & ~1]) + (x[i | 1] * (double)x[i | 1]));
                Assert.That(found[i], Is.EqualTo(expected[i]).Within(4 * Math.Pow(2, -24) * size), "element {0}", i);
            }
        }

        [Test]
        public void SoftmaxMatchesReferenceAndMaskedKeysWeighNothing([Values(1, 7, 8, 9, 97, 1025)] int count, [Values(1, 3)] int spread)
        {
            var random = new TestRandom((ulong)count);
            float[] x = Normal(random, count, spread * 10);
            int seen = Math.Max(1, count - (count / 3));
            x.AsSpan(seen).Fill(float.NaN);
            double[] expected = x.Take(seen).Select(v => (double)v).ToArray();
            Softmax.Apply(expected);
            using ComputePipeline pipeline = Device.CreatePipeline(TestKernels, TestKernelDescriptions.Softmax);
            using GpuBuffer<float> input = Input<float>(x);
            using GpuBuffer<float> y = Input<float>(Enumerable.Repeat(7f, count).ToArray());
            Dispatch(pipeline, new TestKernelDescriptions.SoftmaxPush { Count = (uint)count, Seen = (uint)seen }, (1, 1, 1), input, y);
            float[] found = y.Download().Take(count).ToArray();
            Assert.That(found.Take(seen).Select(v => (double)v), Is.EqualTo(expected).Within(2e-6));
            Assert.That(found.Skip(seen), Is.All.EqualTo(0f));
            Assert.That(found.Sum(v => (double)v), Is.EqualTo(1).Within(2e-6));
        }
    }
}
