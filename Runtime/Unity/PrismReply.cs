using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using PrismLM.Core.Generation;
using PrismLM.Dialogue;
using UnityEngine;

namespace PrismLM.Unity
{
    /// <summary>
    /// A reply of a <see cref="PrismNpc"/>, perhaps one that waits for the model. <c>ReplyResult result = await npc.Ask(line)</c> resumes on the main thread and
    /// never throws; in a coroutine, <c>yield return npc.Ask(line)</c>. When the runtime goes, it ends as Cancelled, and no await resumes.
    /// </summary>
    public sealed class PrismReply : CustomYieldInstruction
    {
        private readonly PrismNpc _owner;
        private List<Action>? _continuations;
        private bool _cancelled;

        internal PrismReply(PrismNpc owner, string line, bool isCue)
        {
            _owner = owner;
            Line = line ?? throw new ArgumentNullException(nameof(line));
            IsCue = isCue;
        }

        /// <summary>What was asked, or the cue.</summary>
        public string Line { get; }

        public bool IsCue { get; }

        /// <summary>The reply itself, for spans and for <see cref="TextReveal"/>; null until the model is there.</summary>
        public NpcReply? Reply { get; private set; }

        /// <summary>Words so far.</summary>
        public string Text => Result?.Text ?? Reply?.Text ?? string.Empty;

        /// <summary>Null until it has ended.</summary>
        public ReplyResult? Result { get; private set; }

        public bool IsCompleted => Result != null;

        public override bool keepWaiting => Result == null;

        /// <summary>No text comes any more; it ends as Cancelled in one of the next frames.</summary>
        public void Cancel()
        {
            _cancelled = true;
            Reply?.Cancel();
            _owner.Withdraw(this);
        }

        public Awaiter GetAwaiter() => new Awaiter(this);

        internal void Attach(NpcReply reply)
        {
            Reply = reply;
            reply.TextAdded += (_, added) => _owner.TellText(this, added);
            reply.SentenceCompleted += (_, sentence) => _owner.TellSentence(sentence);
            reply.Completed += done => _owner.TellEnd(this, done.Result!);
            if (_cancelled)
            {
                reply.Cancel();
            }
        }

        /// <summary>The events have been raised; those who wait go on.</summary>
        internal void Complete(ReplyResult result)
        {
            if (Result != null)
            {
                return;
            }

            Result = result;
            List<Action>? continuations = _continuations;
            _continuations = null;
            for (int i = 0; continuations != null && i < continuations.Count; i++)
            {
                try
                {
                    continuations[i]();
                }
                catch (Exception thrown)
                {
                    Debug.LogException(thrown, _owner);
                }
            }
        }

        /// <summary>The runtime goes: who looks sees that it is over, nobody is called.</summary>
        internal void EndSilently() => Result ??= Unsaid(FinishReason.Cancelled, Text, null);

        internal static ReplyResult Unsaid(FinishReason reason, string text, PrismFailure? failure)
            => new ReplyResult(reason, text, null, failure?.Code, failure?.Message, failure != null && text.Length > 0, null);

        /// <summary>What <c>await</c> uses.</summary>
        public readonly struct Awaiter : INotifyCompletion
        {
            private readonly PrismReply _reply;

            internal Awaiter(PrismReply reply) => _reply = reply;

            public bool IsCompleted => _reply.IsCompleted;

            /// <exception cref="InvalidOperationException">The reply has not ended: only <c>await</c> may call this.</exception>
            public ReplyResult GetResult() => _reply.Result ?? throw new InvalidOperationException("The reply has not ended; await it.");

            public void OnCompleted(Action continuation) => (_reply._continuations ??= new List<Action>()).Add(continuation);
        }
    }
}
