using System;
using System.IO;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>A file that says one length and holds another, or whose disk fails; it counts how often each byte is read.</summary>
    internal sealed class ShrinkingStream : Stream
    {
        private readonly byte[] _bytes;
        private readonly int _held;

        public ShrinkingStream(byte[] bytes, int held)
        {
            _bytes = bytes;
            _held = held;
            Reads = new int[bytes.Length];
            Claimed = bytes.Length;
        }

        public int[] Reads { get; }

        public long Claimed { get; set; }

        /// <summary>An error instead of an end.</summary>
        public bool Fails { get; set; }

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => Claimed;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int at = (int)Position, read = Math.Max(0, Math.Min(count, _held - at));
            if (read == 0 && Fails)
            {
                throw new IOException("Input/output error: '/secret/path'");
            }

            Array.Copy(_bytes, at, buffer, offset, read);
            for (int i = at; i < at + read; i++)
            {
                Reads[i]++;
            }

            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
