using System;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace PrismLM.Core.Checkpoints
{
    /// <summary>SHA-256 of bytes that arrive piece by piece: each piece is hashed while the next one is read. The pieces must not change afterwards.</summary>
    internal sealed class HashBeside : IDisposable
    {
        private Task last = Task.CompletedTask;

        /// <summary>For what comes before the first piece.</summary>
        public IncrementalHash Hash { get; } = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Append(byte[] data, int offset, int count)
            => last = last.ContinueWith(
                before =>
                {
                    before.GetAwaiter().GetResult();
                    Hash.AppendData(data, offset, count);
                },
                TaskScheduler.Default);

        public byte[] Finish()
        {
            last.GetAwaiter().GetResult();
            return Hash.GetHashAndReset();
        }

        public void Dispose()
        {
            // Nobody may hash with a disposed object; a failure was reported by Finish or is of no interest any more.
            Task.WhenAny(last).GetAwaiter().GetResult();
            Hash.Dispose();
        }
    }
}
