using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Vulkan.Device;
using PrismLM.Vulkan.Kernels;

namespace PrismLM.Tests.Vulkan.Cases
{
    /// <summary>What all cases share: the device, and each pipeline once.</summary>
    internal sealed class CaseContext : IDisposable
    {
        private readonly Dictionary<string, IDisposable> kept = new Dictionary<string, IDisposable>(StringComparer.Ordinal);

        public CaseContext(VulkanDevice device, KernelPack testKernels)
        {
            Device = device;
            TestKernels = testKernels;
        }

        public VulkanDevice Device { get; }

        /// <summary>The kernels of Tests/Shaders.</summary>
        public KernelPack TestKernels { get; }

        /// <summary>A pipeline of a test kernel.</summary>
        public ComputePipeline Pipeline(KernelDescription kernel, params SpecializationConstant[] constants)
            => Keep(kernel.Key + string.Concat(constants.Select(c => FormattableString.Invariant($" {c.Id}={c.Value}"))), () => Device.CreatePipeline(TestKernels, kernel, constants));

        /// <summary>Makes something the first time and gives the same one later.</summary>
        public T Keep<T>(string key, Func<T> create)
            where T : IDisposable
        {
            if (!kept.TryGetValue(key, out IDisposable? found))
            {
                found = create();
                kept.Add(key, found);
            }

            return (T)found;
        }

        public GpuBuffer<T> Input<T>(ReadOnlySpan<T> values, string name = "input")
            where T : unmanaged
        {
            GpuBuffer<T> buffer = Device.CreateBuffer<T>(ArenaKind.Activations, Math.Max(4, values.Length), BufferAccess.ReadWrite, name);
            buffer.Upload(values);
            return buffer;
        }

        public GpuBuffer<float> Guarded(int count) => Input<float>(Enumerable.Repeat(Accuracy.Guard, count + (2 * Accuracy.GuardWords)).ToArray(), "guarded");

        public void Dispose()
        {
            foreach (IDisposable each in kept.Values)
            {
                each.Dispose();
            }

            kept.Clear();
        }
    }
}
