using System;
using System.Linq;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>Helpers of kernel tests: buffers from arrays and one dispatch.</summary>
    public abstract class KernelTest : VulkanTest
    {
        internal static GpuBuffer<T> Input<T>(ReadOnlySpan<T> values, string name = "input")
            where T : unmanaged
        {
            GpuBuffer<T> buffer = Device.CreateBuffer<T>(ArenaKind.Activations, Math.Max(4, values.Length), BufferAccess.ReadWrite, name);
            buffer.Upload(values);
            return buffer;
        }

        internal static void Dispatch<TPush>(ComputePipeline pipeline, in TPush push, (int X, int Y, int Z) groups, params GpuBuffer[] buffers)
            where TPush : unmanaged
        {
            using BindingSet set = Device.CreateBindings("test", buffers.Select(b => b.WholeRange).ToArray());
            using CommandRecorder recorder = Device.Record("test");
            recorder.Dispatch(pipeline, set, push, groups.X, groups.Y, groups.Z);
            using RecordedCommands commands = recorder.End();
            Device.Submit(commands).WaitOrThrow(60_000);
        }

        protected static int Groups(int count, int size) => (count + size - 1) / size;

        protected static float[] Normal(TestRandom random, int count, double scale = 1) => Cases.Accuracy.Normal(random, count, scale);
    }
}
