using System;
using System.Collections.Generic;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;
using PrismLM.Core.Tokenization;

namespace PrismLM.Tests.Generation
{
    /// <summary>Class A of the bad-input catalogue: what a game may hand in. Refused at once with the value and what is allowed, or served; the others never suffer.</summary>
    public sealed class ApiCasesTests
    {
        private const int Context = 32;
        private static readonly PrismCheckpoint Checkpoint = TestModels.Random(TestModels.Small, 3);

        public static IEnumerable<TestCaseData> Bad()
        {
            yield return Row("empty prompt", "The prompt is empty", _ => new GenerationRequest(Array.Empty<int>()));
            yield return Row("prompt of the whole context", "32 tokens; allowed: at most 31", _ => new GenerationRequest(new int[Context]));
            yield return Row("negative id", "id -1 at index 1; allowed: 0 to 39", _ => new GenerationRequest(new[] { 1, -1 }));
            yield return Row("id of the vocabulary's size", "id 40 at index 0", _ => new GenerationRequest(new[] { 40 }));
            foreach (int tokens in new[] { 0, -1, int.MinValue })
            {
                yield return Row("MaxTokens " + tokens, "MaxTokens is " + tokens, request => Change(request, r => r.MaxTokens = tokens));
            }

            foreach (float value in new[] { float.NaN, -0.1f, 10.1f, float.PositiveInfinity, float.NegativeInfinity })
            {
                yield return Row("temperature", "Temperature", request => Change(request, r => r.Sampling = new SamplingOptions { Temperature = value }));
            }

            foreach (float value in new[] { float.NaN, 0f, -1f, 1.0001f, float.PositiveInfinity })
            {
                yield return Row("top-p", "TopP", request => Change(request, r => r.Sampling = new SamplingOptions { TopP = value }));
            }

            foreach (float value in new[] { float.NaN, -0.1f, 1.1f })
            {
                yield return Row("min-p", "MinP", request => Change(request, r => r.Sampling = new SamplingOptions { MinP = value }));
            }

            yield return Row("top-k", "TopK is -1", request => Change(request, r => r.Sampling = new SamplingOptions { TopK = -1 }));
            yield return Row("penalty", "RepetitionPenalty", request => Change(request, r => r.Sampling = new SamplingOptions { RepetitionPenalty = float.NaN }));
            yield return Row("bias", "Bias 0", request => Change(request, r => r.Bias = new[] { new TokenBias(1, float.NaN) }));
            yield return Row("bias twice", "biased twice", request => Change(request, r => r.Bias = new[] { new TokenBias(1, 1f), new TokenBias(1, 2f) }));
            yield return Row("stop token", "id 77", request => Change(request, r => r.StopTokens = new[] { 77 }));
            yield return Row("mask", "words; allowed", request => Change(request, r => r.AllowedTokens = new uint[3]));
#if NET5_0_OR_GREATER
            // Never touched, so it costs address space alone.
            yield return Row("prompt of 1 GiB", "268435456 tokens", _ => new GenerationRequest(new int[1 << 28]));
#endif
        }

        [TestCaseSource(nameof(Bad))]
        public void IsRefusedAtOnceAndTheOthersGoOn(string fact, Func<GenerationRequest, GenerationRequest> spoil)
        {
            using (Scheduler scheduler = Start())
            {
                GenerationReply good = scheduler.Submit(Good());
                scheduler.Tick(1);
                Assert.That(() => scheduler.Submit(spoil(Good())), Throws.InstanceOf<ArgumentException>().With.Message.Contains(fact));
                Run(scheduler);
                Assert.That(good.Result!.Reason, Is.EqualTo(FinishReason.MaxLength));
                Assert.That(good.TokenCount, Is.EqualTo(4));
            }
        }

        [Test]
        public void NoPromptAndNoRequestAreRefused()
        {
            using (Scheduler scheduler = Start())
            {
                Assert.That(() => new GenerationRequest(null!), Throws.ArgumentNullException);
                Assert.That(() => scheduler.Submit(null!), Throws.ArgumentNullException);
            }
        }

        [Test]
        public void MoreTokensThanTheContextHoldsEndWithTheContext()
        {
            using (Scheduler scheduler = Start())
            {
                GenerationReply reply = scheduler.Submit(Change(Good(), r => r.MaxTokens = int.MaxValue));
                Run(scheduler);
                Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.MaxLength));
                Assert.That(reply.TokenCount, Is.EqualTo(Context - 2));
            }
        }

        [TestCase(0u)]
        [TestCase(1u)]
        [TestCase(uint.MaxValue)]
        public void ExtremesOfSeedCounterAndNpcReproduce(uint extreme)
        {
            int[] Tokens()
            {
                using (Scheduler scheduler = Start())
                {
                    GenerationReply reply = scheduler.Submit(Change(Good(), r =>
                    {
                        r.Sampling = new SamplingOptions { Temperature = 1f, TopK = 0, TopP = 1f, Seed = extreme };
                        r.Npc = extreme;
                        r.DrawCounter = extreme;
                    }));
                    Run(scheduler);
                    Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.MaxLength));
                    Assert.That(reply.Result.DrawCounter, Is.EqualTo(unchecked(extreme + 4)));
                    return reply.Tokens.ToArray();
                }
            }

            Assert.That(Tokens(), Is.EqualTo(Tokens()));
        }

        [Test]
        public void OptionsAtTheirLimitsAreServed()
        {
            using (Scheduler scheduler = Start())
            {
                var options = new[]
                {
                    new SamplingOptions { Temperature = 0f, TopP = 1f, MinP = 1f },
                    new SamplingOptions { Temperature = 10f, TopK = int.MaxValue, TopP = float.Epsilon },
                    new SamplingOptions { Temperature = float.Epsilon, RepetitionPenalty = 10f, RepetitionWindow = 0 },
                };
                var replies = new List<GenerationReply>();
                foreach (SamplingOptions option in options)
                {
                    replies.Add(scheduler.Submit(Change(Good(), r => r.Sampling = option)));
                }

                Run(scheduler);
                foreach (GenerationReply reply in replies)
                {
                    Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.MaxLength), reply.Result.Error);
                }
            }
        }

        [Test]
        public void HalvesOfSurrogatePairsInTextBecomeReplacementCharacters([Values("\uD800", "a\uDC00b", "\uDC00\uD800", "\uD83D")] string text)
        {
            ITextTokenizer tokenizer = Stories260K.Tokenizer();
            string decoded = tokenizer.Decode(tokenizer.Encode(text));
            Assert.That(decoded, Is.EqualTo(text.Replace('\uD800', '\uFFFD').Replace('\uDC00', '\uFFFD').Replace('\uD83D', '\uFFFD')));
        }

        [Test]
        public void EveryCallAfterDisposalSaysSo()
        {
            Scheduler scheduler = Start();
            GenerationReply reply = scheduler.Submit(Good());
            bool completed = false;
            reply.Completed += _ => completed = true;
            scheduler.Dispose();
            Assert.That(() => scheduler.Submit(Good()), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => scheduler.Tick(1), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => reply.Cancel(), Throws.Nothing);
            Assert.That(completed, Is.False, "after disposal nothing is raised");
            scheduler.Dispose();

            var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1);
            engine.Dispose();
            Assert.That(() => engine.Advance(1), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => engine.Drain(new TokenEvent[1]), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => engine.TryAdmit(new SequenceRequest(new[] { 1 }, SamplingOptions.Greedy), out _), Throws.InstanceOf<ObjectDisposedException>());
        }

        private static TestCaseData Row(string name, string fact, Func<GenerationRequest, GenerationRequest> spoil) =>
            new TestCaseData(fact, spoil).SetName("{m}(" + name + " " + fact.Replace('.', ' ') + ")");

        private static GenerationRequest Good() => new GenerationRequest(new[] { 4, 9 }) { MaxTokens = 4, Sampling = SamplingOptions.Greedy, StopTokens = Array.Empty<int>() };

        private static GenerationRequest Change(GenerationRequest request, Action<GenerationRequest> change)
        {
            change(request);
            return request;
        }

        private static Scheduler Start()
        {
            var tokenizer = new ScriptedTokenizer();
            for (int i = 0; i < Checkpoint.Config.Vocabulary; i++)
            {
                tokenizer.Add("x");
            }

            return new Scheduler(new LanguageModelEngine(new ReferenceModel(Checkpoint), 2), tokenizer, ownsEngine: true);
        }

        private static void Run(Scheduler scheduler)
        {
            for (int tick = 0; scheduler.Tick(double.PositiveInfinity); tick++)
            {
                Assert.That(tick, Is.LessThan(1000));
            }
        }
    }
}
