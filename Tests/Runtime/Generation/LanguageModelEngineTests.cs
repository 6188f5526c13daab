using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Reference;

namespace PrismLM.Tests.Generation
{
    /// <summary>The reference model under the engine seam.</summary>
    public sealed class LanguageModelEngineTests
    {
        private static readonly PrismCheckpoint Checkpoint = TestModels.Random(TestModels.Small, 3);

        private static readonly SamplingOptions Lively = new SamplingOptions { Temperature = 1f, TopK = 0, TopP = 1f, RepetitionPenalty = 1.3f, Seed = 5 };

        [Test]
        public void TokensAreTheSamplersChoicesFromTheModelsLogits()
        {
            int[] prompt = { 1, 2, 3 };
            var request = new SequenceRequest(prompt, Lively) { MaxTokens = 12, DrawCounter = 40, Npc = 2 };
            int[] actual;
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
            {
                actual = Run(engine, request, double.PositiveInfinity);
            }

            var expected = new List<int>();
            using (var model = new ReferenceModel(Checkpoint))
            using (ILanguageSequence sequence = model.CreateSequence())
            {
                var logits = new float[40];
                var sampler = new Sampler(40);
                sequence.Append(prompt, logits);
                for (uint i = 0; i < 12; i++)
                {
                    int[] recent = prompt.Concat(expected).ToArray();
                    expected.Add(sampler.Choose(logits, new SamplerParameters(Lively, 2), 40 + i, recent));
                    sequence.Append(new[] { expected[expected.Count - 1] }, logits);
                }
            }

            Assert.That(actual, Is.EqualTo(expected));
        }

        [Test]
        public void ReplyDoesNotDependOnNeighboursSlicesOrArrival()
        {
            SequenceRequest Request(int i) => new SequenceRequest(new[] { i, 7, i + 1, 2, 3 }, Lively with { Seed = (uint)i }) { MaxTokens = 8 + i };
            List<int[]> alone = Enumerable.Range(0, 5).Select(i =>
            {
                using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
                {
                    return Run(engine, Request(i), double.PositiveInfinity);
                }
            }).ToList();

            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 3))
            {
                var texts = new Dictionary<SequenceHandle, List<int>>();
                var owner = new Dictionary<SequenceHandle, int>();
                var waiting = new Queue<int>(new[] { 4, 2, 0, 3, 1 });
                int done = 0;
                for (int round = 0; done < 5; round++)
                {
                    Assert.That(round, Is.LessThan(1000));
                    while (waiting.Count > 0 && engine.TryAdmit(Request(waiting.Peek()), out SequenceHandle handle))
                    {
                        owner[handle] = waiting.Dequeue();
                        texts[handle] = new List<int>();
                    }

                    engine.Advance(0);
                    var events = new TokenEvent[4];
                    int count = engine.Drain(events);
                    for (int i = 0; i < count; i++)
                    {
                        texts[events[i].Sequence].Add(events[i].Token);
                        if (events[i].End != SequenceEnd.None)
                        {
                            engine.Release(events[i].Sequence);
                            done++;
                        }
                    }
                }

                foreach (KeyValuePair<SequenceHandle, int> pair in owner)
                {
                    Assert.That(texts[pair.Key], Is.EqualTo(alone[pair.Value]));
                }
            }
        }

        [Test]
        public void DrawCounterContinuesAReply()
        {
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
            {
                int[] whole = Run(engine, new SequenceRequest(new[] { 5 }, Lively) { MaxTokens = 10 }, 1);
                int[] rest = Run(
                    engine, new SequenceRequest(new[] { 5 }.Concat(whole.Take(4)).ToArray(), Lively) { MaxTokens = 6, DrawCounter = 4, ReplyStart = 1 }, 1);
                Assert.That(rest, Is.EqualTo(whole.Skip(4)));
            }
        }

        [Test]
        public void TheContextEndsAReply()
        {
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
            {
                int[] reply = Run(engine, new SequenceRequest(new int[30], SamplingOptions.Greedy) { MaxTokens = 100 }, 1);
                Assert.That(reply, Has.Length.EqualTo(2));
                Assert.That(() => engine.TryAdmit(new SequenceRequest(new int[32], SamplingOptions.Greedy), out _), Throws.ArgumentException.With.Message.Contains("31"));
            }
        }

        [Test]
        public void ThePromptIsNotPenalised()
        {
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
            {
                SamplingOptions options = SamplingOptions.Greedy with { RepetitionPenalty = 10f };
                int[] prompt = Enumerable.Range(0, 28).ToArray();
                for (int i = 0; i < 12; i++)
                {
                    prompt[0] = i;
                    int expected = Run(engine, new SequenceRequest(prompt, SamplingOptions.Greedy) { MaxTokens = 1 }, 1)[0];
                    Assert.That(Run(engine, new SequenceRequest(prompt, options) { MaxTokens = 1 }, 1)[0], Is.EqualTo(expected), "28 of 40 tokens are in the prompt");
                }

                Assert.That(() => engine.TryAdmit(new SequenceRequest(prompt, options) { ReplyStart = 29 }, out _), Throws.ArgumentException.With.Message.Contains("ReplyStart"));
            }
        }

        [Test]
        public void StopTokenEndsAReplyAndIsNeverPenalised()
        {
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
            {
                int first = Run(engine, new SequenceRequest(new[] { 9 }, SamplingOptions.Greedy) { MaxTokens = 1 }, 1)[0];
                var request = new SequenceRequest(new[] { first, first, 9 }, SamplingOptions.Greedy with { RepetitionPenalty = 10f })
                {
                    ReplyStart = 0,
                    StopTokens = new[] { first },
                    AllowedTokens = TokenMask.Only(40, new[] { first }),
                };
                Assert.That(engine.TryAdmit(request, out SequenceHandle handle), Is.True);
                engine.Advance(double.PositiveInfinity);
                var events = new TokenEvent[2];
                Assert.That(engine.Drain(events), Is.EqualTo(1));
                Assert.That(events[0].End, Is.EqualTo(SequenceEnd.StopToken));
                Assert.That(events[0].Token, Is.EqualTo(first));
                engine.Release(handle);
            }
        }

        [Test]
        public void ReleasedHandlesAreDead()
        {
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
            {
                var request = new SequenceRequest(new[] { 1 }, SamplingOptions.Greedy) { MaxTokens = 3 };
                Assert.That(engine.TryAdmit(request, out SequenceHandle first), Is.True);
                Assert.That(engine.TryAdmit(request, out _), Is.False, "the only slot is taken");
                engine.Advance(double.PositiveInfinity);
                engine.Release(first);
                Assert.That(engine.Drain(new TokenEvent[4]), Is.Zero, "undrained tokens are dropped");
                Assert.That(() => engine.Release(first), Throws.ArgumentException);
                Assert.That(engine.TryAdmit(request, out SequenceHandle second), Is.True);
                Assert.That(second, Is.Not.EqualTo(first));
            }
        }

        [Test]
        public void AMaskThatAllowsNothingIsAFailure()
        {
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
            {
                engine.TryAdmit(new SequenceRequest(new[] { 1 }, Lively) { AllowedTokens = new uint[2] }, out _);
                engine.Advance(1);
                var events = new TokenEvent[1];
                engine.Drain(events);
                Assert.That(events[0].End, Is.EqualTo(SequenceEnd.Failed));
            }
        }

        [TestCase("create")]
        [TestCase("prompt")]
        [TestCase("token")]
        [TestCase("dispose")]
        public void AnExceptionOfTheModelEndsItsSequenceAlone(string where)
        {
            SequenceRequest Request(int last) => new SequenceRequest(new[] { 4, last }, SamplingOptions.Greedy) { MaxTokens = 6 };
            int[] good;
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1))
            {
                good = Run(engine, Request(9), 1);
            }

            var tokenizer = new ScriptedTokenizer();
            for (int i = 0; i < Checkpoint.Config.Vocabulary; i++)
            {
                tokenizer.Add("x");
            }

            var breaking = new BreakingModel(new ReferenceModel(Checkpoint));
            using (var scheduler = new Scheduler(new LanguageModelEngine(breaking, 2), tokenizer, ownsEngine: true))
            {
                GenerationReply healthy = scheduler.Submit(Generation(9));
                GenerationReply broken = scheduler.Submit(Generation(8));
                breaking.Where = where;
                while (scheduler.Tick(double.PositiveInfinity))
                {
                    Assert.That(scheduler.LastTickTokens, Is.LessThan(100));
                }

                Assert.That(healthy.Result!.Reason, Is.EqualTo(FinishReason.MaxLength));
                Assert.That(healthy.Result.Tokens, Is.EqualTo(good));
                Assert.That(broken.Result!.Reason, Is.EqualTo(where == "dispose" ? FinishReason.MaxLength : FinishReason.Failed));
                if (where != "dispose")
                {
                    Assert.That(broken.Result.Error, Does.Contain("InvalidOperationException").And.Contain("It broke in " + where));
                }

                // The slot of the broken one serves the next.
                breaking.Where = "";
                GenerationReply next = scheduler.Submit(Generation(9));
                GenerationReply second = scheduler.Submit(Generation(8));
                while (scheduler.Tick(double.PositiveInfinity))
                {
                }

                Assert.That(next.Result!.Reason, Is.EqualTo(FinishReason.MaxLength));
                Assert.That(second.Result!.Reason, Is.EqualTo(FinishReason.MaxLength));
            }
        }

        [Test]
        public void AShorterContextIsKept()
        {
            using (var engine = new LanguageModelEngine(new ReferenceModel(Checkpoint), 1, contextLength: 8))
            {
                Assert.That(engine.ContextLength, Is.EqualTo(8));
                Assert.That(Run(engine, new SequenceRequest(new[] { 1, 2, 3, 4, 5 }, SamplingOptions.Greedy) { MaxTokens = 30 }, 1), Has.Length.EqualTo(3));
                Assert.That(() => engine.TryAdmit(new SequenceRequest(new int[8], SamplingOptions.Greedy), out _), Throws.ArgumentException.With.Message.Contains("7"));
            }

            Assert.That(() => new LanguageModelEngine(new ReferenceModel(Checkpoint), 1, contextLength: 33), Throws.TypeOf<System.ArgumentOutOfRangeException>().With.Message.Contains("32"));
        }

        private static GenerationRequest Generation(int last) => new GenerationRequest(new[] { 4, last }) { MaxTokens = 6, Sampling = SamplingOptions.Greedy };

        private static int[] Run(LanguageModelEngine engine, SequenceRequest request, double budget)
        {
            Assert.That(engine.TryAdmit(request, out SequenceHandle handle), Is.True);
            for (int round = 0; engine.Advance(budget); round++)
            {
                Assert.That(round, Is.LessThan(1000));
            }

            var events = new TokenEvent[256];
            int count = engine.Drain(events);
            engine.Release(handle);
            return events.Take(count).Select(e => e.Token).ToArray();
        }
    }
}
