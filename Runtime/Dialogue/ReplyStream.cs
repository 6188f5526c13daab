using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace PrismLM.Dialogue
{
    /// <summary>Words of a reply between the thread that ticks and a loop that reads, on whatever thread.</summary>
    internal sealed class ReplyStream
    {
        private readonly NpcReply _reply;
        private readonly Queue<string> _pieces = new Queue<string>();
        private TaskCompletionSource<bool>? _waiting;
        private bool _ended;

        public ReplyStream(NpcReply reply) => _reply = reply;

        public void Add(ReadOnlySpan<char> words)
        {
            lock (_pieces)
            {
                _pieces.Enqueue(words.ToString());
                Wake();
            }
        }

        public void End()
        {
            lock (_pieces)
            {
                _ended = true;
                Wake();
            }
        }

        public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            using CancellationTokenRegistration registration = cancellation.Register(_reply.Cancel);
            try
            {
                while (true)
                {
                    Task? more = null;
                    string? piece = null;
                    lock (_pieces)
                    {
                        if (_pieces.Count > 0)
                        {
                            piece = _pieces.Dequeue();
                        }
                        else if (_ended)
                        {
                            break;
                        }
                        else
                        {
                            // The reader goes on elsewhere: the thread that ticks is not the reader's.
                            _waiting = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                            more = _waiting.Task;
                        }
                    }

                    if (piece != null)
                    {
                        yield return piece;
                    }
                    else
                    {
                        await more!.ConfigureAwait(false);
                    }
                }
            }
            finally
            {
                bool ended;
                lock (_pieces)
                {
                    ended = _ended;
                }

                if (!ended)
                {
                    _reply.Cancel();
                }
            }
        }

        private void Wake()
        {
            _waiting?.TrySetResult(true);
            _waiting = null;
        }
    }
}
