using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    public sealed class TextGeneratorTests
    {
        private ScriptedTokenizer _tokens = null!;
        private ScriptedEngine _engine = null!;
        private TextGenerator _generator = null!;

        [SetUp]
        public void SetUp()
        {
            _tokens = new ScriptedTokenizer();
            for (char letter = 'a'; letter <= 'z'; letter++)
            {
                _tokens.Add(letter.ToString());
            }

            int end = _tokens.Add(Array.Empty<byte>());
            _engine = new ScriptedEngine(2, _tokens.VocabularySize);
            _engine.Script(0, 1, 2, 3, end);
            _engine.Script(4, 5);
            _generator = new TextGenerator(_engine, _tokens);
        }

        [TearDown]
        public void TearDown() => _generator.Dispose();

        [Test]
        public void GenerateGivesTextResultAndStatistics()
        {
            var pieces = new List<string>();
            GenerationResult result = _generator.Generate(new GenerationRequest(new[] { 0, 7, 8 }), pieces.Add);
            Assert.That(pieces, Is.EqualTo(new[] { "a", "b", "c", "d" }));
            Assert.That(result.Text, Is.EqualTo("abcd"));
            Assert.That(result.Statistics.PromptTokens, Is.EqualTo(3));
            Assert.That(result.Statistics.GeneratedTokens, Is.EqualTo(5));
            Assert.That(result.Statistics.TimeToFirstToken, Is.GreaterThan(TimeSpan.Zero));
            Assert.That(result.Statistics.Total, Is.GreaterThanOrEqualTo(result.Statistics.TimeToFirstToken));
        }

        [Test]
        public void StreamYieldsPiecesAndLeavingEarlyCancels()
        {
            GenerationResult? result = null;
            Assert.That(string.Concat(_generator.Stream(new GenerationRequest(new[] { 0 }), r => result = r)), Is.EqualTo("abcd"));
            Assert.That(result!.Reason, Is.EqualTo(FinishReason.Finished));
            Assert.That(_generator.Stream(new GenerationRequest(new[] { 1 })).Take(3), Is.EqualTo(new[] { "e", "f", "e" }));
            Assert.That(_engine.Released, Is.EqualTo(2), "the abandoned reply has given its slot back");
        }

        [Test]
        public void CancellationEndsTheReplyWithItsTextSoFar()
        {
            using (var source = new CancellationTokenSource())
            {
                int seen = 0;
                GenerationResult result = _generator.Generate(
                    new GenerationRequest(new[] { 1 }),
                    _ =>
                    {
                        if (++seen == 4)
                        {
                            source.Cancel();
                        }
                    },
                    source.Token);
                Assert.That(result.Reason, Is.EqualTo(FinishReason.Cancelled));
                Assert.That(result.Text, Is.EqualTo("efef"));
            }
        }

        [Test]
        public void GenerateAllKeepsTheOrder()
        {
            int last = 0;
            GenerationRequest[] requests = Enumerable.Range(0, 7).Select(i => new GenerationRequest(new[] { i % 2 }) { MaxTokens = 3 + i }).ToArray();
            IReadOnlyList<GenerationResult> results = _generator.GenerateAll(requests, ended => last = ended);
            Assert.That(results.Select(r => r.Text), Is.EqualTo(new[] { "abc", "efef", "abcd", "efefef", "abcd", "efefefef", "abcd" }));
            Assert.That(last, Is.EqualTo(7));
        }

        [Test]
        public void AnEngineThatMakesNoTokenIsGivenUp()
        {
            _engine.Stalls = true;
            _generator.StallLimit = TimeSpan.FromMilliseconds(1);
            Assert.That(() => _generator.Generate(new GenerationRequest(new[] { 0 })), Throws.InstanceOf<TimeoutException>());
        }
    }
}
