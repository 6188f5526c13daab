using PrismLM.Dialogue.Tracing;

namespace PrismLM.Dialogue
{
    /// <summary>What it was made from.</summary>
    public sealed partial class NpcReply
    {
        private TraceStart? _trace;

        /// <summary>All that decided its tokens, as far as they have come; null unless <see cref="Npc.Tracing"/> was on when it began. Makes a new one at each call: for the moment somebody asks.</summary>
        public ReplyTrace? Trace
        {
            get
            {
                _stage.Owner.Check();
                return _trace == null ? null : new ReplyTrace(_trace.Origin, _trace.Prompt, _trace.Dropped, _trace.Rules, new TraceOutcome
                {
                    Tokens = AllTokens(), Restored = _begun.Length, Reason = _result?.Reason, Text = Text, Action = Action, Code = _result?.Code,
                });
            }
        }

        internal void StartTrace(TraceStart start) => _trace = start;
    }
}
