using System;
using System.IO;

namespace PrismLM.Training.Data
{
    /// <summary>Lines of a file as bytes with their places; a line longer than the buffer comes in parts.</summary>
    internal sealed class ByteLines : IDisposable
    {
        private readonly FileStream _file;
        private readonly byte[] _buffer = new byte[1 << 16];
        private int _from;
        private int _end;
        private long _bufferStart;

        public ByteLines(string path) => _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);

        /// <summary>Place of the next byte to be read.</summary>
        public long Position => _bufferStart + _from;

        /// <param name="line">Without its line feed; valid until the next call.</param>
        /// <param name="start">Its place in the file.</param>
        /// <param name="terminated">False at the end of the file and for a part of a long line.</param>
        public bool Next(out ReadOnlySpan<byte> line, out long start, out bool terminated)
        {
            var feed = _buffer.AsSpan(_from, _end - _from).IndexOf((byte)'\n');
            if (feed < 0)
            {
                Refill();
                feed = _buffer.AsSpan(_from, _end - _from).IndexOf((byte)'\n');
            }

            terminated = feed >= 0;
            var length = terminated ? feed : _end - _from;
            start = Position;
            line = _buffer.AsSpan(_from, length);
            _from += terminated ? length + 1 : length;
            return terminated || length > 0;
        }

        public void Dispose() => _file.Dispose();

        private void Refill()
        {
            _bufferStart += _from;
            Array.Copy(_buffer, _from, _buffer, 0, _end - _from);
            _end -= _from;
            _from = 0;
            while (_end < _buffer.Length)
            {
                var read = _file.Read(_buffer, _end, _buffer.Length - _end);
                if (read == 0)
                {
                    break;
                }

                _end += read;
            }
        }
    }
}
