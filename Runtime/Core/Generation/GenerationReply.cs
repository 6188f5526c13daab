using System;
using System.Diagnostics;
using PrismLM.Core.Tokenization;

namespace PrismLM.Core.Generation
{
    /// <summary>Called with text that was added to a reply; the span is valid during the call only.</summary>
    public delegate void ReplyTextHandler(GenerationReply reply, ReadOnlySpan<char> added);

    /// <summary>
    /// One reply on its way. Events are raised inside <see cref="Scheduler.Tick(double, double)"/>, on its thread; <see cref="Cancel"/> may come from any thread,
    /// everything else is for the thread that ticks.
    /// </summary>
    public sealed class GenerationReply
    {
        private readonly Utf8StreamDecoder _decoder = new Utf8StreamDecoder();
        private readonly StopSequences _stops;
        private readonly int[] _tokens;
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private TimeSpan _firstToken;
        private char[] _decoded = new char[Utf8StreamDecoder.MaxCharCount(256)];
        private char[] _text;
        private int _textLength;
        private bool _dropsSpace;
        private bool _timed;
        private volatile bool _cancelRequested;

        /// <param name="request">What was asked for.</param>
        /// <param name="sequence">What the engine is asked for.</param>
        /// <param name="contextLength">The engine's.</param>
        /// <param name="dropsSpace">The first character, if it is a space, belongs to the tokenizer and not to the text.</param>
        internal GenerationReply(GenerationRequest request, SequenceRequest sequence, int contextLength, bool dropsSpace)
        {
            _dropsSpace = dropsSpace;
            Request = request;
            Sequence = sequence;
            _stops = new StopSequences(request.StopSequences);
            _tokens = new int[Math.Min(request.MaxTokens, contextLength - request.Prompt.Length)];

            // Room for any ordinary reply at once: the game's thread allocates nothing per token.
            _text = new char[Math.Min(8 * _tokens.Length, 4096)];
        }

        /// <summary>Raised when characters can be shown: whole, and no part of a stop sequence.</summary>
        public event ReplyTextHandler? TextAdded;

        /// <summary>Raised once, when the reply has ended for whatever reason.</summary>
        public event Action<GenerationResult>? Completed;

        public GenerationRequest Request { get; }

        /// <summary>Text so far.</summary>
        public ReadOnlySpan<char> Text => _text.AsSpan(0, _textLength);

        /// <summary>Number of <see cref="Tokens"/>.</summary>
        public int TokenCount { get; private set; }

        /// <summary>Tokens so far, those without text among them.</summary>
        public ReadOnlySpan<int> Tokens => _tokens.AsSpan(0, TokenCount);

        public bool IsCompleted => Result != null;

        /// <summary>Null until the reply has ended.</summary>
        public GenerationResult? Result { get; private set; }

        /// <summary>The constraint closed the reply because the limit was near, not the model because it had said all.</summary>
        internal bool IsCutShort => Request.Constraint != null && Request.Constraint.IsCutShort(Tokens, Request.ConstraintState, _tokens.Length);

        internal SequenceRequest Sequence { get; }

        internal SequenceHandle Handle { get; set; }

        internal bool IsCancelRequested => _cancelRequested;

        /// <summary>Host time since the first tick that saw it.</summary>
        internal double AgeMilliseconds { get; private set; }

        /// <summary>Younger replies that got a slot before it.</summary>
        internal int PassedOver { get; set; }

        /// <summary>Ends the reply at the next tick: no text is raised any more, and Completed comes with <see cref="FinishReason.Cancelled"/>.</summary>
        public void Cancel() => _cancelRequested = true;

        /// <summary>Lets time pass; true when the reply is to end because of it, or because someone cancelled.</summary>
        internal bool ShouldEnd(double elapsedMilliseconds, out FinishReason reason)
        {
            // The time before the first tick is not this reply's own.
            AgeMilliseconds += _timed ? elapsedMilliseconds : 0;
            _timed = true;
            bool late = Request.DeadlineMilliseconds > 0 && AgeMilliseconds >= Request.DeadlineMilliseconds;
            reason = _cancelRequested ? FinishReason.Cancelled : FinishReason.Expired;
            return _cancelRequested || late;
        }

        /// <summary>Takes a token in and raises its text.</summary>
        /// <returns>False when the text ran into a stop sequence.</returns>
        internal bool Accept(int token, ITextTokenizer tokenizer)
        {
            if (TokenCount == 0)
            {
                _firstToken = _clock.Elapsed;
            }

            _tokens[TokenCount++] = token;
            ReadOnlySpan<byte> bytes = tokenizer.TokenBytes(token);
            int room = Utf8StreamDecoder.MaxCharCount(bytes.Length);
            if (_decoded.Length < room)
            {
                _decoded = new char[room];
            }

            ReadOnlySpan<char> text = _decoded.AsSpan(0, _decoder.Decode(bytes, _decoded));
            if (_dropsSpace && text.Length > 0)
            {
                _dropsSpace = false;
                text = text.Slice(text[0] == ' ' ? 1 : 0);
            }

            Reserve(_stops.MaxOutput(text.Length));
            Raise(_stops.Append(text, _text.AsSpan(_textLength)));
            return _stops.Found is null;
        }

        /// <summary>Takes in the token that ends the reply; it has no text.</summary>
        internal void AcceptStopToken(int token)
        {
            if (TokenCount == 0)
            {
                _firstToken = _clock.Elapsed;
            }

            _tokens[TokenCount++] = token;
        }

        /// <summary>Nothing can follow: raises what was held back for a stop sequence. An unfinished character is dropped, not shown as a half.</summary>
        internal void FlushText()
        {
            Reserve(_stops.MaxOutput(0));
            Raise(_stops.Flush(_text.AsSpan(_textLength)));
        }

        /// <summary>Goes on within a character, or a stop sequence, that the reply so far has begun. Its text was raised before.</summary>
        internal void TakeUp(ReadOnlySpan<int> replySoFar, ITextTokenizer tokenizer)
        {
            foreach (int token in replySoFar)
            {
                ReadOnlySpan<byte> bytes = tokenizer.TokenBytes(token);
                var text = new char[Utf8StreamDecoder.MaxCharCount(bytes.Length)];
                int count = _decoder.Decode(bytes, text);
                Reserve(_stops.MaxOutput(count));
                _stops.Append(text.AsSpan(0, count), _text);
                _dropsSpace &= count == 0;
            }
        }

        internal void Complete(FinishReason reason, string? error = null)
        {
            if (Result != null)
            {
                return;
            }

            var statistics = new GenerationStatistics(Request.Prompt.Length, TokenCount, _firstToken, _clock.Elapsed);
            uint draws = unchecked(Request.DrawCounter + (uint)TokenCount);
            string? stop = reason == FinishReason.StopSequence ? _stops.Found : null;
            Result = new GenerationResult(reason, Text.ToString(), _tokens.AsSpan(0, TokenCount).ToArray(), draws, statistics, stop, error);
            Completed?.Invoke(Result);
        }

        private void Raise(int count)
        {
            if (count > 0)
            {
                _textLength += count;
                TextAdded?.Invoke(this, _text.AsSpan(_textLength - count, count));
            }
        }

        private void Reserve(int more)
        {
            if (_text.Length - _textLength < more)
            {
                Array.Resize(ref _text, Math.Max(_textLength + more, 2 * _text.Length));
            }
        }
    }
}
