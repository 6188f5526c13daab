using System;

namespace PrismLM.Vulkan.Device
{
    /// <summary>Uploads and downloads through mapped staging memory, for arenas that the host cannot see. Synchronous, with finite waits.</summary>
    internal sealed class Transfers
    {
        private const int ChunkBytes = 4 << 20;
        private const int TimeoutMilliseconds = 10_000;

        private readonly VulkanDevice device;
        private readonly object gate = new object();
        private GpuBuffer<byte>? staging;
        private GpuBuffer<byte>? readback;

        public Transfers(VulkanDevice device)
        {
            this.device = device;
        }

        public void Upload(GpuBuffer destination, ulong offset, ReadOnlySpan<byte> source)
        {
            lock (gate)
            {
                staging ??= device.Memory.Allocate<byte>(ArenaKind.Staging, ChunkBytes, BufferAccess.ReadWrite, "staging");
                for (int done = 0; done < source.Length;)
                {
                    int length = Math.Min(ChunkBytes, source.Length - done);
                    source.Slice(done, length).CopyTo(staging.Mapped);
                    Copy(staging.Range(0, length), new BufferRange(destination, offset + (ulong)done, (ulong)length));
                    done += length;
                }
            }
        }

        public void Download(GpuBuffer source, ulong offset, Span<byte> destination)
        {
            lock (gate)
            {
                readback ??= device.Memory.Allocate<byte>(ArenaKind.Readback, ChunkBytes, BufferAccess.ReadWrite, "readback");
                for (int done = 0; done < destination.Length;)
                {
                    int length = Math.Min(ChunkBytes, destination.Length - done);
                    Copy(new BufferRange(source, offset + (ulong)done, (ulong)length), readback.Range(0, length));
                    readback.Mapped.Slice(0, length).CopyTo(destination.Slice(done));
                    done += length;
                }
            }
        }

        private void Copy(BufferRange source, BufferRange destination)
        {
            using CommandRecorder recorder = device.Record("transfer");
            recorder.Copy(source, destination);
            using RecordedCommands commands = recorder.End();
            device.Submit(commands).WaitOrThrow(TimeoutMilliseconds);
        }
    }
}
