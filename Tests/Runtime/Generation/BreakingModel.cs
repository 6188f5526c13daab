using System;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>A model that throws in sequences whose prompt holds token 8, at the place that the test names; "create" breaks every second sequence.</summary>
    internal sealed class BreakingModel : ILanguageModel
    {
        private readonly ILanguageModel _inner;
        private int _created;

        public BreakingModel(ILanguageModel inner) => _inner = inner;

        /// <summary>"create", "prompt", "token" or "dispose"; anything else breaks nothing.</summary>
        public string Where { get; set; } = "";

        public ModelConfig Config => _inner.Config;

        public ILanguageSequence CreateSequence(ReadOnlySpan<float> headDials = default)
        {
            Break("create", _created++ % 2 == 1);
            return new Sequence(this, _inner.CreateSequence(headDials));
        }

        public void Dispose() => _inner.Dispose();

        private void Break(string place, bool now)
        {
            if (now && Where == place)
            {
                throw new InvalidOperationException("It broke in " + place + ".");
            }
        }

        private sealed class Sequence : ILanguageSequence
        {
            private readonly BreakingModel _owner;
            private readonly ILanguageSequence _inner;
            private bool _marked;

            public Sequence(BreakingModel owner, ILanguageSequence inner)
            {
                _owner = owner;
                _inner = inner;
            }

            public int Position => _inner.Position;

            public void Append(ReadOnlySpan<int> tokens, Span<float> logits)
            {
                bool prompt = Position == 0;
                _marked |= prompt && tokens.IndexOf(8) >= 0;
                _owner.Break("prompt", _marked && prompt);
                _owner.Break("token", _marked && !prompt);
                _inner.Append(tokens, logits);
            }

            public void Truncate(int length) => _inner.Truncate(length);

            public void Dispose()
            {
                _inner.Dispose();
                _owner.Break("dispose", _marked);
            }
        }
    }
}
