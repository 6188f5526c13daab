using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    public class BufferTests : VulkanTest
    {
        [Test]
        public void RoundTripsThroughMappedMemoryAndThroughStaging([Values] bool staging)
        {
            VulkanDeviceOptions options = Options();
            options.Restrictions = staging ? DeviceRestrictions.NoHostVisibleDeviceMemory : DeviceRestrictions.None;
            using VulkanDevice device = VulkanDevice.Create(options);
            foreach (int count in new[] { 1, 3, 97, 1025, (4 << 20) + 5 })
            {
                using GpuBuffer<byte> buffer = device.CreateBuffer<byte>(ArenaKind.Weights, (count + 3) / 4 * 4, BufferAccess.ReadOnly, "bytes");
                Assert.That(buffer.IsMapped, Is.EqualTo(!staging));
                byte[] data = Enumerable.Range(0, count).Select(i => (byte)((i * 7) + (i >> 8))).ToArray();
                buffer.Upload(data);
                var back = new byte[count];
                buffer.Download(back);
                Assert.That(back.AsSpan().SequenceEqual(data), Is.True, "{0} bytes", count);
                buffer.Upload(new byte[] { 200 }, count / 2);
                var one = new byte[1];
                buffer.Download(one, count / 2);
                Assert.That(one[0], Is.EqualTo(200));
            }

            Assert.That(device.CreateBuffer<byte>(ArenaKind.SequenceState, 4, BufferAccess.ReadWrite, "state").IsMapped, Is.True);
        }

        [Test]
        public void BuffersAreAlignedAndSeparate()
        {
            var buffers = new List<GpuBuffer<uint>>();
            for (int i = 0; i < 20; i++)
            {
                GpuBuffer<uint> buffer = Device.CreateBuffer<uint>(ArenaKind.Readback, 1 + (i * 3), BufferAccess.ReadWrite, "small");
                Assert.That(buffer.Offset % (ulong)Device.BufferAlignment, Is.Zero);
                buffer.Mapped.Fill((uint)i);
                buffers.Add(buffer);
            }

            for (int i = 0; i < buffers.Count; i++)
            {
                uint[] expected = Enumerable.Repeat((uint)i, 1 + (i * 3)).ToArray();
                Assert.That(buffers[i].Download(), Is.EqualTo(expected));
                buffers[i].Dispose();
            }
        }

        [Test]
        public void RefusesRangesThatCannotBeBound()
        {
            using GpuBuffer<float> buffer = Device.CreateBuffer<float>(ArenaKind.Activations, 64, BufferAccess.ReadWrite, "buffer");
            Assert.That(() => buffer.Range(1, 4), Throws.TypeOf<PrismVulkanException>().With.Property("Code").EqualTo("PG022"));
            Assert.That(() => buffer.Range(0, 65), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => buffer.Range(-16, 4), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => buffer.Range(0, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => buffer.Upload(new float[65]), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => buffer.Download(new float[2], 63), Throws.TypeOf<ArgumentOutOfRangeException>());
            long tooMany = (Device.MaxBindingBytes / 4) + 1;
            Assert.That(
                () => Device.CreateBuffer<float>(ArenaKind.Weights, tooMany, BufferAccess.ReadOnly, "large"),
                Throws.TypeOf<PrismVulkanException>().With.Message.Contains("maxStorageBufferRange"));
            Assert.That(() => Device.CreateBuffer<float>(ArenaKind.Weights, 0, BufferAccess.ReadOnly, "empty"), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void CopiesAndFillsRanges()
        {
            using GpuBuffer<uint> source = Device.CreateBuffer<uint>(ArenaKind.Activations, 32, BufferAccess.ReadWrite, "source");
            using GpuBuffer<uint> destination = Device.CreateBuffer<uint>(ArenaKind.Readback, 32, BufferAccess.ReadWrite, "destination");
            source.Upload(Enumerable.Range(0, 32).Select(i => (uint)i).ToArray());
            using CommandRecorder recorder = Device.Record("copy");
            recorder.Fill(destination, 9);
            recorder.Barrier();
            recorder.Copy(source.Range(16, 8), destination.Range(4, 8));
            using RecordedCommands commands = recorder.End();
            Device.Submit(commands).WaitOrThrow(5000);
            uint[] expected = Enumerable.Repeat(9u, 4).Concat(Enumerable.Range(16, 8).Select(i => (uint)i)).Concat(Enumerable.Repeat(9u, 20)).ToArray();
            Assert.That(destination.Download(), Is.EqualTo(expected));
        }
    }
}
