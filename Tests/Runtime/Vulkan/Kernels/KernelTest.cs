using System;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Kernels
{
    /// <summary>Helpers of kernel tests: buffers from arrays, one dispatch, and the accuracy measures of the product.</summary>
    public abstract class KernelTest : VulkanTest
    {
        /// <summary>Sits before and behind outputs; a kernel that writes outside its range changes it.</summary>
        protected const float Guard = 12345.75f;

        protected const int GuardWords = 8;

        internal static GpuBuffer<T> Input<T>(ReadOnlySpan<T> values, string name = "input")
            where T : unmanaged
        {
            GpuBuffer<T> buffer = Device.CreateBuffer<T>(ArenaKind.Activations, Math.Max(4, values.Length), BufferAccess.ReadWrite, name);
            buffer.Upload(values);
            return buffer;
        }

        internal static GpuBuffer<float> Guarded(int count) => Input<float>(Enumerable.Repeat(Guard, count + (2 * GuardWords)).ToArray(), "guarded");

        /// <summary>The numbers between the guards, which must be untouched.</summary>
        internal static float[] Read(GpuBuffer<float> guarded)
        {
            float[] all = guarded.Download();
            Assert.That(all.Take(GuardWords).Concat(all.Skip(all.Length - GuardWords)), Is.All.EqualTo(Guard), "guard words");
            return all.Skip(GuardWords).Take(all.Length - (2 * GuardWords)).ToArray();
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

        /// <summary>Normalised mean squared error.</summary>
        protected static double Nmse(ReadOnlySpan<double> expected, ReadOnlySpan<float> found)
        {
            double error = 0, power = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.That(float.IsNaN(found[i]), Is.False, "NaN at {0}", i);
                error += (found[i] - expected[i]) * (found[i] - expected[i]);
                power += expected[i] * expected[i];
            }

            return power == 0 ? error : error / power;
        }

        protected static float[] Normal(TestRandom random, int count, double scale = 1)
        {
            var values = new float[count];
            for (int i = 0; i < count; i++)
            {
                values[i] = (float)(scale * random.Normal());
            }

            return values;
        }

        protected static uint[] Words(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, uint>(values).ToArray();
    }
}
