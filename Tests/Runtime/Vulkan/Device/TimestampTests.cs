using NUnit.Framework;
using PrismLM.Vulkan.Device;

namespace PrismLM.Tests.Vulkan.Device
{
    public class TimestampTests : VulkanTest
    {
        [Test]
        public void TellHowLongCommandsTook()
        {
            Assert.That(Device.HasTimestamps, Is.True);
            using TimestampPool timestamps = Device.CreateTimestamps(4, "timestamps");
            using GpuBuffer<uint> buffer = Device.CreateBuffer<uint>(ArenaKind.Activations, 1 << 18, BufferAccess.ReadWrite, "buffer");
            using CommandRecorder recorder = Device.Record("timed");
            recorder.ResetTimestamps(timestamps, 1, 2);
            recorder.WriteTimestamp(timestamps, 1);
            recorder.Fill(buffer, 3);
            recorder.WriteTimestamp(timestamps, 2);
            using RecordedCommands commands = recorder.End();
            Device.Submit(commands).WaitOrThrow(5000);
            var ticks = new ulong[2];
            Assert.That(timestamps.TryRead(1, ticks), Is.True);
            Assert.That(timestamps.Nanoseconds(ticks[0], ticks[1]), Is.GreaterThan(0).And.LessThan(5e9));
            Assert.That(timestamps.Nanoseconds(5, 4), Is.GreaterThan(1e6), "a counter that wrapped");
        }
    }
}
