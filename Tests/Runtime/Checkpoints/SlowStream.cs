using System;
using System.IO;

namespace PrismLM.Tests.Checkpoints
{
    /// <summary>A stream without length or seeking that gives a few bytes at a time, as a network does.</summary>
    internal sealed class SlowStream : Stream
    {
        private readonly byte[] _bytes;
        private readonly int _most;
        private int _at;

        public SlowStream(byte[] bytes, int most)
        {
            _bytes = bytes;
            _most = most;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = Math.Min(Math.Min(count, _most), _bytes.Length - _at);
            Array.Copy(_bytes, _at, buffer, offset, read);
            _at += read;
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
