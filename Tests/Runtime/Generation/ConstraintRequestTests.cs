using System;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Reference;
using PrismLM.Core.Tokenization;
using PrismLM.Tests.Tokenization;

namespace PrismLM.Tests.Generation
{
    /// <summary>Constraints on their way from a request to a result.</summary>
    public sealed class ConstraintRequestTests
    {
        private static readonly BpeTokenizer Tokenizer = TinyTokenizer.Create(DialogueFormat.SpecialTokenNames.ToArray());
        private static readonly SpecialTokens Special = DialogueFormat.FindSpecialTokens(Tokenizer);
        private static readonly TokenConstraint Speech = TokenConstraint.SpeechWithAction(Tokenizer, Special.End, Special.Action, new[] { "sit" });
        private static readonly TokenConstraint Choice = TokenConstraint.Choice(Tokenizer, Special.End, new[] { "hello", "no, never" });

        private Scheduler _scheduler = null!;

        [SetUp]
        public void Start()
        {
            ModelConfig config = TestModels.Small with { Vocabulary = Tokenizer.VocabularySize, Special = Special };
            _scheduler = new Scheduler(new LanguageModelEngine(new ReferenceModel(TestModels.Random(config, 5)), 4), Tokenizer);
        }

        [TearDown]
        public void Dispose() => _scheduler.Dispose();

        /// <summary>The end is forced at the limit; that is told apart from an end that the model chose.</summary>
        [Test]
        public void SpeechThatTheLimitCutSaysSo()
        {
            var endless = new[] { new TokenBias(Special.End, -1000f), new TokenBias(Special.Action, -1000f) };
            GenerationResult cut = Run(new GenerationRequest(new[] { 1 }) { Constraint = Speech, MaxTokens = 6, Bias = endless });
            Assert.That(cut.Reason, Is.EqualTo(FinishReason.MaxLength));
            Assert.That(cut.Tokens, Has.Count.EqualTo(6));
            Assert.That(cut.Tokens[5], Is.EqualTo(Special.End));

            var eager = new[] { new TokenBias(Special.End, 1000f) };
            Assert.That(Run(new GenerationRequest(new[] { 1 }) { Constraint = Speech, MaxTokens = 6, Bias = eager }).Reason, Is.EqualTo(FinishReason.Finished));
        }

        [Test]
        public void AnActionAtTheLimitIsWhole()
        {
            var acting = new[] { new TokenBias(Special.Action, 1000f) };
            GenerationResult result = Run(new GenerationRequest(new[] { 1 }) { Constraint = Speech, MaxTokens = Speech.RequiredTokens, Bias = acting });
            Assert.That(result.Reason, Is.EqualTo(FinishReason.Finished));
            Assert.That(Speech.IndexOf(result.Tokens.ToArray()), Is.EqualTo(0));
        }

        [Test]
        public void RefusesAtSubmitWhatCannotBeKept()
        {
            Refuses(new GenerationRequest(new[] { 1 }) { Constraint = Choice, MaxTokens = Choice.RequiredTokens - 1 }, "needs");
            Refuses(new GenerationRequest(new int[32 - Choice.RequiredTokens + 1]) { Constraint = Choice }, "needs");
            Refuses(new GenerationRequest(new[] { 1 }) { Constraint = Choice, StopTokens = new[] { Special.Eos } }, "stop tokens");
            Refuses(new GenerationRequest(new[] { 1 }) { Constraint = Choice, StopSequences = new[] { "l" } }, "stop sequences");
            Refuses(new GenerationRequest(new[] { 1 }) { Constraint = Choice, AllowedTokens = new uint[TokenMask.Words(Tokenizer.VocabularySize)] }, "banned characters");
            Refuses(new GenerationRequest(new[] { 1 }) { Constraint = Choice, ConstraintState = Choice.StateCount }, "state");
            Refuses(new GenerationRequest(new[] { 1 }) { Constraint = Choice, ConstraintState = Choice.StateAfter(Tokenizer.Encode("hello").Append(Special.End).ToArray()) }, "ended");
            BpeTokenizer other = TinyTokenizer.Create("<|end|>");
            Refuses(new GenerationRequest(new[] { 1 }) { Constraint = TokenConstraint.Speech(other, other.VocabularySize - 1) }, "tokenizer");
            Assert.That(Run(new GenerationRequest(new int[32 - Choice.RequiredTokens]) { Constraint = Choice }).Reason, Is.EqualTo(FinishReason.Finished), "it just fits");
        }

        private void Refuses(GenerationRequest request, string because)
            => Assert.That(() => _scheduler.Submit(request), Throws.ArgumentException.With.Message.Contains(because));

        private GenerationResult Run(GenerationRequest request)
        {
            GenerationReply reply = _scheduler.Submit(request);
            for (int i = 0; i < 200 && !reply.IsCompleted; i++)
            {
                _scheduler.Tick(double.PositiveInfinity);
            }

            return reply.Result ?? throw new InvalidOperationException("The reply did not end.");
        }
    }
}
