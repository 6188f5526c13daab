using System;

namespace PrismLM.Vulkan.Device
{
    /// <summary>A range of device memory, without its element type.</summary>
    internal abstract class GpuBuffer : DeviceObject
    {
        protected GpuBuffer(MemoryArenas arenas, MemoryBlock block, ulong offset, ulong bytes, BufferAccess access, string name)
            : base(arenas.Device, name)
        {
            Arenas = arenas;
            Block = block;
            Offset = offset;
            Bytes = bytes;
            Access = access;
        }

        public BufferAccess Access { get; }

        public ulong Bytes { get; }

        /// <summary>The host can read and write it in place.</summary>
        public bool IsMapped => Block.Mapped != IntPtr.Zero;

        internal MemoryArenas Arenas { get; }

        internal MemoryBlock Block { get; }

        /// <summary>Of the first byte in <see cref="Block"/>.</summary>
        internal ulong Offset { get; }

        /// <summary>All of the buffer as a binding.</summary>
        public BufferRange WholeRange => new BufferRange(this, 0, Bytes);

        internal override void Destroy() => Arenas.Release(Block, Offset, Bytes);
    }

    /// <summary>A buffer of unmanaged elements.</summary>
    internal sealed unsafe class GpuBuffer<T> : GpuBuffer
        where T : unmanaged
    {
        internal GpuBuffer(MemoryArenas arenas, MemoryBlock block, ulong offset, long count, BufferAccess access, string name)
            : base(arenas, block, offset, (ulong)count * (ulong)sizeof(T), access, name)
        {
            Count = count;
        }

        /// <summary>Elements.</summary>
        public long Count { get; }

        /// <summary>
        /// The elements in place, for mapped arenas. What the host writes is seen by submissions made afterwards; what kernels write is seen when the
        /// submission has ended.
        /// </summary>
        public Span<T> Mapped
        {
            get
            {
                ThrowIfDisposed();
                if (!IsMapped)
                {
                    throw new InvalidOperationException("Buffer " + Name + " is in memory that the host cannot see; use Upload and Download.");
                }

                return new Span<T>((byte*)Block.Mapped + Offset, checked((int)Count));
            }
        }

        /// <summary>A part as a binding.</summary>
        /// <param name="start">First element; its byte offset must be a multiple of <see cref="VulkanDevice.BufferAlignment"/>.</param>
        /// <param name="count">Elements.</param>
        public BufferRange Range(long start, long count)
        {
            if (start < 0 || count <= 0 || start > Count - count)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(count), FormattableString.Invariant($"Range [{start}, {start} + {count}) of buffer {Name} with {Count} elements."));
            }

            ulong offset = (ulong)start * (ulong)sizeof(T);
            if (offset % (ulong)Device.BufferAlignment != 0)
            {
                throw new PrismVulkanException(
                    VulkanErrorCode.LimitExceeded,
                    FormattableString.Invariant($"Range of buffer {Name} starts at byte {offset}; allowed: multiples of {Device.BufferAlignment} (minStorageBufferOffsetAlignment)."),
                    "Pad the elements before it, or bind the whole buffer and pass the offset as a push constant.");
            }

            return new BufferRange(this, offset, (ulong)count * (ulong)sizeof(T));
        }

        /// <summary>Writes elements; returns when they are there. No submission may be using the buffer.</summary>
        public void Upload(ReadOnlySpan<T> source, long start = 0)
        {
            CheckTransfer(source.Length, start);
            ReadOnlySpan<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(source);
            ulong offset = (ulong)start * (ulong)sizeof(T);
            if (IsMapped)
            {
                bytes.CopyTo(new Span<byte>((byte*)Block.Mapped + Offset + offset, bytes.Length));
            }
            else
            {
                Device.Transfers.Upload(this, offset, bytes);
            }
        }

        /// <summary>Reads elements; waits for the submissions so far where the memory is not mapped.</summary>
        public void Download(Span<T> destination, long start = 0)
        {
            CheckTransfer(destination.Length, start);
            Span<byte> bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(destination);
            ulong offset = (ulong)start * (ulong)sizeof(T);
            if (IsMapped)
            {
                new ReadOnlySpan<byte>((byte*)Block.Mapped + Offset + offset, bytes.Length).CopyTo(bytes);
            }
            else
            {
                Device.Transfers.Download(this, offset, bytes);
            }
        }

        public T[] Download()
        {
            var result = new T[checked((int)Count)];
            Download(result);
            return result;
        }

        private void CheckTransfer(int length, long start)
        {
            ThrowIfDisposed();
            Device.ThrowIfUnusable();
            if (start < 0 || start > Count - length)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(start), FormattableString.Invariant($"Elements [{start}, {start} + {length}) of buffer {Name} with {Count}."));
            }
        }
    }
}
