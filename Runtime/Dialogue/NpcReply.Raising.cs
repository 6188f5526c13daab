using System;
using System.Collections.Generic;
using System.Threading;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;

namespace PrismLM.Dialogue
{
    /// <summary>The inside: takes text in during the scheduler's round, and raises it afterwards.</summary>
    public sealed partial class NpcReply
    {
        private readonly NpcStage _stage;
        private readonly string _model;
        private readonly DialogueFormat _format;
        private readonly ReplyText _text;
        private readonly SentenceSplitter _splitter = new SentenceSplitter();
        private readonly IReplyFilter? _filter;
        private readonly bool _allowMarkup;
        private GenerationReply? _generation;
        private CancellationTokenRegistration _cancellation;
        private List<Action>? _continuations;
        private List<ReplyStream>? _streams;
        private FinishReason? _ending;
        private string? _code;
        private string? _error;
        private string? _action;
        private bool _usedFallback;
        private bool _acts;
        private int _scannedTokens;
        private int _raised;
        private int _sentence;
        private int _shown = int.MaxValue;
        private volatile bool _cancelRequested;
        private volatile ReplyResult? _result;

        internal NpcReply(Npc npc, NpcStage stage, DialogueFormat format, DialogueTurn turn, int droppedTurns, int maxTokens)
        {
            Npc = npc;
            Turn = turn;
            DroppedTurns = droppedTurns;
            _stage = stage;
            _model = stage.ModelHash;
            _format = format;
            _filter = npc.Filter;
            _allowMarkup = npc.AllowMarkup;
            _text = new ReplyText(Math.Min(8 * maxTokens, 4096), _allowMarkup);
        }

        /// <summary>What it answers.</summary>
        internal DialogueTurn Turn { get; }

        /// <summary>What the history has of it; null until committed, and for a reply of no words.</summary>
        internal DialogueTurn? Said { get; set; }

        internal bool IsCommitted { get; set; }

        /// <summary>A thought: the history does not have it.</summary>
        internal bool IsSilent { get; set; }

        internal GenerationReply? Generation => _generation;

        /// <summary>The words that the player has seen, without half a surrogate pair.</summary>
        internal string ShownText => Text.Substring(0, ReplyText.Whole(Text.AsSpan(), ShownCharacters)).TrimEnd();

        /// <summary>Somebody ended it.</summary>
        private bool IsStopped => _ending == FinishReason.Cancelled || _ending == FinishReason.Interrupted;

        private bool MaySpeak =>
            !_cancelRequested && !Npc.IsDisposed && !_stage.IsClosing
            && (_ending == null || IsWhole || (_ending == FinishReason.Failed && _code != ReplyCodes.HandlerThrew && _code != ReplyCodes.FilterThrew) || _ending == FinishReason.Expired);

        /// <summary>The model has said all that it will, and nothing is missing in the middle.</summary>
        private bool IsWhole => _ending == FinishReason.Finished || _ending == FinishReason.MaxLength || _ending == FinishReason.StopSequence;

        internal void Begin(GenerationReply generation)
        {
            generation.TextAdded += OnText;
            generation.Completed += OnCompleted;
            Volatile.Write(ref _generation, generation);
            if (_cancelRequested)
            {
                generation.Cancel();
            }
        }

        /// <summary>Raises what is new.</summary>
        /// <param name="held">Only the ending of a reply that has ended by cancel or interruption.</param>
        internal void Raise(bool held)
        {
            if (!held && MaySpeak)
            {
                RaiseWords();
            }

            NoticeCancel();
            if (!held && !IsStopped && !Npc.IsDisposed && !_stage.IsClosing)
            {
                RaiseFallback();
                NoticeCancel();
            }

            if (Npc.IsDisposed || _stage.IsClosing)
            {
                EndSilently();
            }
            else if (_ending != null && (!held || IsStopped))
            {
                Complete(_ending.Value);
            }
        }

        private void NoticeCancel()
        {
            if (_cancelRequested && _ending != FinishReason.Interrupted)
            {
                End(FinishReason.Cancelled);
            }
        }

        private void OnText(GenerationReply generation, ReadOnlySpan<char> added)
        {
            if (_ending != null || _cancelRequested)
            {
                return;
            }

            // From the action token on, the text is the action's name.
            _acts = _acts || generation.Tokens.Slice(_scannedTokens).IndexOf(_format.Special.Action) >= 0;
            _scannedTokens = generation.TokenCount;
            if (!_acts)
            {
                _text.Append(added);
            }
        }

        private void OnCompleted(GenerationResult result)
        {
            if (_ending != null)
            {
                return;
            }

            _text.Complete();
            _ending = result.Reason;
            _error = result.Error;
            _code = result.Reason == FinishReason.Failed ? (_generation!.TokenCount == 0 && _stage.Scheduler.Engine.FailureReason == null ? ReplyCodes.Refused : ReplyCodes.EngineFailed) : null;
            _action = result.Reason == FinishReason.Finished ? _format.ParseReply(AllTokens()).Action : null;
        }

        private void RaiseWords()
        {
            while (MaySpeak)
            {
                int end = _splitter.Next(_text.Span, _sentence, IsWhole);
                if (end < 0 || (_filter != null && !Passes(_filter, ref end)))
                {
                    break;
                }

                RaiseUpTo(end);
                if (MaySpeak && end > _sentence)
                {
                    Call(ref _sentenceCompleted, _sentence, end);
                }

                _sentence = end;
                while (_sentence < _text.Length && _text.Span[_sentence] == ' ')
                {
                    _sentence++;
                }
            }

            if (_filter == null && MaySpeak)
            {
                RaiseUpTo(_text.Length);
            }
        }

        /// <summary>False when the reply ends here.</summary>
        private bool Passes(IReplyFilter filter, ref int end)
        {
            FilterVerdict verdict;
            try
            {
                verdict = filter.Check(Npc, _text.Span.Slice(_sentence, end - _sentence));
            }
            catch (Exception thrown)
            {
                _stage.Report(thrown);
                Fail(ReplyCodes.FilterThrew, "The filter threw " + thrown.GetType().Name + ".");
                return false;
            }

            if (verdict.Stops && MaySpeak)
            {
                End(FinishReason.Filtered);
            }

            if (!MaySpeak)
            {
                return false;
            }

            if (verdict.Replacement != null)
            {
                int length = _text.Replace(_sentence, end, verdict.Replacement.AsSpan(), _allowMarkup);
                end = length > 0 ? _sentence + length : LeaveOut();
                _splitter.Reset();
            }

            return true;
        }

        /// <summary>A sentence was taken out: one of the spaces around it goes as well.</summary>
        private int LeaveOut()
        {
            int space = _sentence > _raised ? _sentence - 1 : _sentence;
            if (space < _text.Length)
            {
                _text.Replace(space, space + 1, default, _allowMarkup);
            }

            return _sentence = space;
        }

        private void RaiseUpTo(int end, bool always = false)
        {
            if (end > _raised && (always || MaySpeak))
            {
                int from = _raised;
                _raised = end;
                if (_streams != null)
                {
                    foreach (ReplyStream stream in _streams)
                    {
                        stream.Add(_text.Span.Slice(from, end - from));
                    }
                }

                Call(ref _textAdded, from, end);
            }
        }

        private void Call(ref Handlers<NpcTextHandler> handlers, int from, int end)
        {
            string? threw = null;
            ReadOnlySpan<char> words = _text.Span.Slice(from, end - from);
            foreach (NpcTextHandler handler in handlers.All)
            {
                try
                {
                    handler(Npc, words);
                }
                catch (Exception thrown)
                {
                    _stage.Report(thrown);
                    threw ??= thrown.GetType().Name;
                }

                if (_cancelRequested || Npc.IsDisposed || _stage.IsClosing || _ending == FinishReason.Interrupted)
                {
                    return;
                }
            }

            if (threw != null)
            {
                Fail(ReplyCodes.HandlerThrew, "A handler of this reply threw " + threw + ".");
            }
        }
    }
}
