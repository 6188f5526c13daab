namespace PrismLM.Vulkan.Device
{
    /// <summary>Bytes of a buffer, as one binding or one end of a copy.</summary>
    internal readonly struct BufferRange
    {
        public BufferRange(GpuBuffer buffer, ulong offset, ulong bytes)
        {
            Buffer = buffer;
            Offset = offset;
            Bytes = bytes;
        }

        public GpuBuffer Buffer { get; }

        /// <summary>Of the first byte within the buffer.</summary>
        public ulong Offset { get; }

        public ulong Bytes { get; }

        /// <summary>Of the first byte within the memory block.</summary>
        internal ulong BlockOffset => Buffer.Offset + Offset;

        public static implicit operator BufferRange(GpuBuffer buffer) => buffer.WholeRange;
    }
}
