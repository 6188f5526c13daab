using System;
using System.Threading;
using PrismLM.Core.Generation;

namespace PrismLM.Dialogue
{
    /// <summary>How a reply ends: by itself, by someone, or with a fallback line.</summary>
    public sealed partial class NpcReply
    {
        /// <summary>Until the reply has ended: a token that lives as long as the game is not to collect replies.</summary>
        internal void CancelWith(CancellationToken cancellation)
        {
            if (cancellation.CanBeCanceled)
            {
                _cancellation = cancellation.Register(Cancel);
            }
        }

        /// <summary>It never reaches the model; the next tick says so.</summary>
        internal void Refuse(string code, string error)
        {
            _ending = FinishReason.Failed;
            _code = code;
            _error = error;
        }

        /// <summary>No event follows. Someone who asks sees it as cancelled.</summary>
        internal void EndSilently()
        {
            if (_result == null)
            {
                Cancel();
                _result = new ReplyResult(FinishReason.Cancelled, _text.Span.Slice(0, _raised).ToString(), null, null, null, false, _generation?.Result);
                EndStreams();
                _cancellation.Dispose();
            }
        }

        private void End(FinishReason reason)
        {
            _ending = reason;
            _text.Truncate(Math.Min(_raised, reason == FinishReason.Interrupted ? _shown : int.MaxValue));
            _raised = _text.Length;
            _generation?.Cancel();
        }

        private void Fail(string code, string error)
        {
            End(FinishReason.Failed);
            _code = code;
            _error = error;
        }

        private void RaiseFallback()
        {
            bool fails = _ending == FinishReason.Filtered || _ending == FinishReason.Expired || (_ending == FinishReason.Failed && _code != ReplyCodes.HandlerThrew);
            string? line = fails && !_usedFallback ? Npc.NextFallback() : null;

            // After a whole sentence nothing is missing that the player could notice.
            if (line == null || (_raised > 0 && (_sentence >= _raised || SentenceMarks.IsMark(_text.Span[_raised - 1]))))
            {
                return;
            }

            _usedFallback = true;
            _text.Truncate(_raised);
            int begin = _raised == 0 ? 0 : _raised + 2;
            _text.Replace(_raised, _raised, (_raised == 0 ? line : "\u2026 " + line).AsSpan(), _allowMarkup);
            Say(Math.Min(begin, _text.Length));
        }

        private void Say(int begin)
        {
            RaiseUpTo(_text.Length, always: true);
            if (!_cancelRequested && !Npc.IsDisposed && begin < _raised)
            {
                Call(ref _sentenceCompleted, begin, _raised);
            }
        }

        private void Complete(FinishReason reason)
        {
            string? action = reason == FinishReason.Finished ? Npc.Allowed(_action) : null;
            Npc.Commit(this, reason == FinishReason.Cancelled ? ShownText : Text.TrimEnd(), action);
            _result = new ReplyResult(reason, _text.Span.Slice(0, _raised).ToString(), action, _code, _error, _usedFallback, _generation?.Result);
            Npc.Leave(this);
            EndStreams();
            _cancellation.Dispose();
            foreach (Action<NpcReply> handler in _completed.All)
            {
                if (!Npc.IsDisposed && !_stage.IsClosing)
                {
                    Run(() => handler(this));
                }
            }

            for (int i = 0; _continuations != null && i < _continuations.Count && !Npc.IsDisposed && !_stage.IsClosing; i++)
            {
                Run(_continuations[i]);
            }

            _continuations = null;
        }

        private void Run(Action action)
        {
            try
            {
                action();
            }
            catch (Exception thrown)
            {
                _stage.Report(thrown);
            }
        }

        private void EndStreams()
        {
            if (_streams != null)
            {
                foreach (ReplyStream stream in _streams)
                {
                    stream.End();
                }

                _streams = null;
            }
        }
    }
}
