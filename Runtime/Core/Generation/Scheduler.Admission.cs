using System;

namespace PrismLM.Core.Generation
{
    /// <content>Who waits, who gets a slot, and whose time is over.</content>
    public sealed partial class Scheduler
    {
        private static void CheckTiming(GenerationRequest request)
        {
            if (float.IsNaN(request.Priority) || float.IsInfinity(request.Priority))
            {
                throw new ArgumentException(FormattableString.Invariant($"The priority is {request.Priority}; allowed: a finite number."), nameof(request));
            }

            if (!(request.DeadlineMilliseconds >= 0))
            {
                throw new ArgumentException(
                    FormattableString.Invariant($"The deadline is {request.DeadlineMilliseconds} ms; allowed: more than 0, or 0 for none."), nameof(request));
            }
        }

        private void EndCancelledAndExpired(double elapsed)
        {
            foreach (GenerationReply? reply in _flying)
            {
                if (reply != null && reply.ShouldEnd(elapsed, out FinishReason reason))
                {
                    End(reply, reason);
                }
            }

            // Callbacks come when the queue is in order again, since they may submit.
            _ending.Clear();
            for (int i = 0; i < _waiting.Count; i++)
            {
                if (_waiting[i].ShouldEnd(elapsed, out _))
                {
                    _ending.Add(_waiting[i]);
                    _waiting.RemoveAt(i--);
                }
            }

            foreach (GenerationReply reply in _ending)
            {
                Complete(reply, reply.IsCancelRequested ? FinishReason.Cancelled : FinishReason.Expired, null);
            }
        }

        private void Admit()
        {
            while (_waiting.Count > 0)
            {
                int next = _waiting.FindNext();
                GenerationReply reply = _waiting[next];
                SequenceHandle handle;
                try
                {
                    if (!_engine.TryAdmit(reply.Sequence, out handle))
                    {
                        return;
                    }
                }
                catch (Exception refused) when (refused is ArgumentException || refused is NotSupportedException)
                {
                    // This engine cannot serve this request; the others are not to suffer for it.
                    _waiting.RemoveAt(next);
                    Complete(reply, FinishReason.Failed, refused.Message);
                    continue;
                }

                _waiting.Admit(next);
                reply.Handle = handle;
                _flying[handle.Slot] = reply;
                InFlightCount++;
            }
        }
    }
}
