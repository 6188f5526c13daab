using System;

namespace PrismLM.Core.Generation
{
    /// <summary>One sequence of a <see cref="LanguageModelEngine"/>.</summary>
    internal sealed class LanguageModelSlot
    {
        private readonly int _index;
        private readonly RecentTokens _recent = new RecentTokens();
        private readonly int[] _last = new int[1];
        private int _generation;
        private SequenceRequest? _request;
        private ILanguageSequence? _sequence;
        private SamplerParameters _parameters;
        private int _fed;
        private int _generated;
        private bool _ended;
        private int _constraintState;
        private uint[] _mask = Array.Empty<uint>();

        public LanguageModelSlot(int index) => _index = index;

        public bool IsUsed => _request != null;

        public bool IsRunning => _request != null && !_ended;

        private SequenceHandle Handle => new SequenceHandle(_index, _generation);

        public bool Owns(SequenceHandle handle) => _request != null && handle == Handle;

        public SequenceHandle Start(SequenceRequest request)
        {
            _request = request;
            _parameters = new SamplerParameters(request.Sampling, request.Npc);
            _recent.Fill(request.ReplySoFar, request.StopTokens);
            _fed = 0;
            _generated = 0;
            _ended = false;
            _constraintState = request.ConstraintState;
            int words = request.Constraint == null ? 0 : TokenMask.Words(request.Constraint.Vocabulary);
            _mask = _mask.Length < words ? new uint[words] : _mask;
            return Handle;
        }

        /// <summary>Gives the started sequence the model's own.</summary>
        public void Begin(ILanguageSequence sequence) => _sequence = sequence;

        /// <summary>Frees the slot, also when the model's sequence throws as it is disposed.</summary>
        public void Stop()
        {
            ILanguageSequence? sequence = _sequence;
            if (_request != null)
            {
                _sequence = null;
                _request = null;
                _generation++;
                sequence?.Dispose();
            }
        }

        /// <summary>Ends the sequence; it makes no further token.</summary>
        public TokenEvent Fail()
        {
            _ended = true;
            return new TokenEvent(Handle, 0, _generated, SequenceEnd.Failed);
        }

        /// <summary>Feeds prompt tokens, or the last token; true when logits of the next token are there.</summary>
        public bool Feed(int chunk, Span<float> logits)
        {
            int[] prompt = _request!.Prompt;
            if (_generated > 0)
            {
                _sequence!.Append(_last, logits);
                return true;
            }

            int count = Math.Min(chunk, prompt.Length - _fed);
            _sequence!.Append(prompt.AsSpan(_fed, count), logits);
            _fed += count;
            return _fed == prompt.Length;
        }

        /// <summary>Chooses the next token.</summary>
        public TokenEvent Take(Sampler sampler, ReadOnlySpan<float> logits, int contextLength)
        {
            SequenceRequest request = _request!;
            uint draw = unchecked(request.DrawCounter + (uint)_generated);
            int token = sampler.Choose(logits, _parameters, draw, _recent.Span, Allowed(request, contextLength), request.Bias);
            if (token < 0)
            {
                return Fail();
            }

            SequenceEnd end = SequenceEnd.None;
            if (Array.IndexOf(request.StopTokens, token) >= 0)
            {
                end = SequenceEnd.StopToken;
            }
            else if (_generated + 1 >= request.MaxTokens || request.Prompt.Length + _generated + 1 >= contextLength)
            {
                end = SequenceEnd.MaxTokens;
            }

            _ended = end != SequenceEnd.None;
            _constraintState = request.Constraint == null ? 0 : request.Constraint.Next(_constraintState, token);
            _recent.Add(token);
            _last[0] = token;
            return new TokenEvent(Handle, token, _generated++, end);
        }

        private ReadOnlySpan<uint> Allowed(SequenceRequest request, int contextLength)
        {
            if (request.Constraint == null)
            {
                return request.AllowedTokens;
            }

            Span<uint> mask = _mask.AsSpan(0, TokenMask.Words(request.Constraint.Vocabulary));
            _constraintState = request.Constraint.Narrow(_constraintState, RequestRules.Limit(request, contextLength) - _generated);
            request.Constraint.CopyMask(_constraintState, mask);
            return mask;
        }
    }
}
