using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Tests.Vulkan.Cases;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>A function of two numbers that the cases of the list do not have.</summary>
    public class ElementTests : KernelTest
    {
        [Test]
        public void ShrinkIsTheReluOfASmallStep()
        {
            (uint, uint)[] input = { (Bits(0f), Bits(2f)), (Bits(0f), Bits(0.05f)), (Bits(0.3f), Bits(-1f)), (Bits(0.5f), Bits(-9f)) };
            float[] found = Run("shrink", input).Select(Float).ToArray();
            Assert.That(found, Is.EqualTo(new[] { 0.19f, 0f, 0.19f, 0f }).Within(1e-6f));
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
