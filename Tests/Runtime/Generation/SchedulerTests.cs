using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    public sealed class SchedulerTests
    {
        private ScriptedTokenizer _tokens = null!;
        private ScriptedEngine _engine = null!;
        private Scheduler _scheduler = null!;
        private int _end;

        [SetUp]
        public void SetUp()
        {
            // Ids 0 to 25 are the letters; the rest of 50 make every script's number a valid prompt token.
            _tokens = new ScriptedTokenizer();
            for (int i = 0; i < 50; i++)
            {
                _tokens.Add(((char)('a' + i)).ToString());
            }
        }

        [TearDown]
        public void TearDown() => _scheduler?.Dispose();

        [Test]
        public void AReplyStreamsItsTextAndEndsAtTheStopToken()
        {
            Start(2);
            GenerationReply reply = Submit(Letters("hello"), _end);
            var pieces = new List<string>();
            reply.TextAdded += (_, added) => pieces.Add(added.ToString());
            Assert.That(pieces, Is.Empty, "nothing is raised before the first tick");
            Run();
            Assert.That(pieces, Is.EqualTo(new[] { "h", "e", "l", "l", "o" }));
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Finished));
            Assert.That(reply.Result.Text, Is.EqualTo("hello"));
            Assert.That(reply.Result.Tokens, Has.Count.EqualTo(6));
            Assert.That(_engine.Released, Is.EqualTo(1));
        }

        [Test]
        public void AStopSequenceOverSeveralTokensIsNeverShown()
        {
            int newLinePl = _tokens.Add("\nPl");
            int ay = _tokens.Add("ay");
            int er = _tokens.Add("er: x");
            Start(1);
            GenerationReply reply = Submit(Letters("ok").Concat(new[] { newLinePl, ay, er, 0, 1 }).ToArray(), _end, r => r.StopSequences = new[] { "\nPlayer:" });
            string shown = string.Empty;
            reply.TextAdded += (_, added) => shown += added.ToString();
            Run();
            Assert.That(shown, Is.EqualTo("ok"));
            Assert.That(reply.Result!.Text, Is.EqualTo("ok"));
            Assert.That(reply.Result.Reason, Is.EqualTo(FinishReason.StopSequence));
            Assert.That(reply.Result.StopSequence, Is.EqualTo("\nPlayer:"));
            Assert.That(reply.Result.Tokens, Has.Count.EqualTo(5), "tokens after the one that completed the sequence do not count");
            Assert.That(reply.Result.DrawCounter, Is.EqualTo(5));
        }

        [Test]
        public void AWaitingReplyStartsWhenTheOnlySlotComesBackLate()
        {
            Start(1);
            _engine.FreesLate = true;
            GenerationReply first = Submit(Letters("abcdef"), _end);
            GenerationReply second = Submit(Letters("gh"), _end);
            _scheduler.Tick(double.PositiveInfinity);
            first.Cancel();
            for (int i = 0; i < 10 && second.Result == null; i++)
            {
                _scheduler.Tick(double.PositiveInfinity);
            }

            Assert.That(first.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
            Assert.That(second.Result?.Text, Is.EqualTo("gh"));
        }

        [Test]
        public void NothingIsShownAfterACallbackCancels()
        {
            Start(1);
            GenerationReply reply = Submit(Letters("abc"), _end, r =>
            {
                r.StopSequences = new[] { "bcd" };
                r.MaxTokens = 2;
            });
            string shown = string.Empty;
            reply.TextAdded += (sender, added) =>
            {
                shown += added.ToString();
                sender.Cancel();
            };
            Run();
            Assert.That(shown, Is.EqualTo("a"), "the b that is held back for the stop sequence stays back");
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
        }

        [Test]
        public void ABudgetIsANumberFromZeroUp([Values(-1.0, double.NaN)] double budget)
        {
            Start(1);
            Assert.That(() => _scheduler.Tick(budget), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("0 or more"));
        }

        [Test]
        public void NoBudgetDoesNothing()
        {
            Start(1);
            GenerationReply reply = Submit(Letters("ab"), _end);
            for (int i = 0; i < 5; i++)
            {
                Assert.That(_scheduler.Tick(0), Is.True);
            }

            Assert.That(reply.Result, Is.Null);
            Run();
            Assert.That(reply.Result!.Text, Is.EqualTo("ab"));
        }

        [Test]
        public void TokensMadeAfterAStopSequenceAreDropped()
        {
            Start(1);
            _engine.TokensPerStep = 7;
            GenerationReply reply = Submit(Letters("abcdefghijklmnop"), _end, r =>
            {
                r.StopSequences = new[] { "cd" };
                r.DrawCounter = 100;
            });
            Run();
            Assert.That(reply.Result!.Text, Is.EqualTo("ab"));
            Assert.That(reply.Result.DrawCounter, Is.EqualTo(104));
        }

        [Test]
        public void TextHeldForAStopSequenceIsShownWhenTheReplyEndsWithoutIt()
        {
            Start(1);
            GenerationReply reply = Submit(Letters("abc"), _end, r => r.StopSequences = new[] { "bcd" });
            Run();
            Assert.That(reply.Result!.Text, Is.EqualTo("abc"));
            reply = Submit(Letters("abcabc"), _end, r =>
            {
                r.StopSequences = new[] { "bcd" };
                r.MaxTokens = 2;
            });
            Run();
            Assert.That(reply.Result!.Text, Is.EqualTo("ab"));
            Assert.That(reply.Result.Reason, Is.EqualTo(FinishReason.MaxLength));
        }

        [Test]
        public void NoEventEverHoldsHalfACharacter()
        {
            // Three bytes of an euro sign and four of an emoji, one token each.
            int[] split = new byte[] { 0xE2, 0x82, 0xAC, 0xF0, 0x9F, 0x99, 0x82 }.Select(b => _tokens.Add(new[] { b })).ToArray();
            Start(1);
            GenerationReply reply = Submit(split, _end);
            var pieces = new List<string>();
            reply.TextAdded += (_, added) => pieces.Add(added.ToString());
            Run();
            Assert.That(pieces, Is.EqualTo(new[] { "\u20AC", "\U0001F642" }));

            reply = Submit(split, _end, r => r.MaxTokens = 5);
            Run();
            Assert.That(reply.Result!.Text, Is.EqualTo("\u20AC"), "the unfinished character at the limit is dropped");
        }

        [Test]
        public void CancellingMidwayStopsTextAtOnceAndCompletesOnce()
        {
            Start(2);
            GenerationReply reply = Submit(Letters("abcdefgh"), _end);
            GenerationReply other = Submit(Letters("xyz"), _end);
            int completed = 0;
            string shown = string.Empty;
            reply.TextAdded += (r, added) =>
            {
                shown += added.ToString();
                if (shown == "abc")
                {
                    r.Cancel();
                }
            };
            reply.Completed += _ => completed++;
            Run();
            Assert.That(shown, Is.EqualTo("abc"));
            Assert.That(completed, Is.EqualTo(1));
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
            Assert.That(reply.Result.DrawCounter, Is.EqualTo(3));
            Assert.That(other.Result!.Text, Is.EqualTo("xyz"));
        }

        [Test]
        public void CancellingWhileWaitingNeedsNoSlot()
        {
            Start(1);
            GenerationReply first = Submit(Letters("abc"), _end);
            GenerationReply second = Submit(Letters("def"), _end);
            second.Cancel();
            _scheduler.Tick(1);
            Assert.That(second.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
            Assert.That(second.Result.Text, Is.Empty);
            Run();
            Assert.That(first.Result!.Text, Is.EqualTo("abc"));
            Assert.That(_engine.Admitted, Is.EqualTo(1));
        }

        [Test]
        public void FortyRequestsOverEightSlotsAllEndInOrder()
        {
            Start(8);
            var ended = new List<int>();
            var replies = new List<GenerationReply>();
            for (int i = 0; i < 40; i++)
            {
                int number = i;
                string text = new string((char)('a' + (i % 26)), 1 + (i % 3));
                replies.Add(Submit(Letters(text), _end));
                replies[i].Completed += _ => ended.Add(number);
            }

            Run();
            for (int i = 0; i < 40; i++)
            {
                Assert.That(replies[i].Result!.Text, Is.EqualTo(new string((char)('a' + (i % 26)), 1 + (i % 3))));
                Assert.That(replies[i].Result!.Reason, Is.EqualTo(FinishReason.Finished));
            }

            Assert.That(ended, Has.Count.EqualTo(40).And.Unique);
            Assert.That(_engine.MostInFlight, Is.EqualTo(8));
            Assert.That(_engine.Released, Is.EqualTo(40));
            Assert.That(_scheduler.InFlightCount + _scheduler.WaitingCount, Is.Zero);
        }

        [Test]
        public void ACallbackThatThrowsEndsItsOwnReplyOnly()
        {
            Start(2);
            GenerationReply bad = Submit(Letters("abc"), _end);
            GenerationReply good = Submit(Letters("xyz"), _end);
            bad.TextAdded += (_, _) => throw new InvalidOperationException("from the game");
            Assert.That(() => _scheduler.Tick(1), Throws.InvalidOperationException.With.Message.EqualTo("from the game"));
            Assert.That(bad.Result!.Reason, Is.EqualTo(FinishReason.Failed));
            Assert.That(good.Text.ToString(), Is.EqualTo("x"), "the other was served before the exception came");
            Run();
            Assert.That(good.Result!.Text, Is.EqualTo("xyz"));
        }

        [Test]
        public void ACallbackMaySubmitButNotTick()
        {
            Start(1);
            GenerationReply? next = null;
            GenerationReply first = Submit(Letters("a"), _end);
            first.Completed += _ => next = Submit(Letters("b"), _end);
            Run();
            Assert.That(next!.Result!.Text, Is.EqualTo("b"));

            GenerationReply ticking = Submit(Letters("c"), _end);
            ticking.TextAdded += (_, _) => _scheduler.Tick(1);
            Assert.That(() => _scheduler.Tick(1), Throws.InvalidOperationException.With.Message.Contains("callbacks"));
        }

        [Test]
        public void AnEngineFailureIsAResultNotAnException()
        {
            Start(1);
            GenerationReply reply = Submit(Letters("abcdef"), _end);
            _scheduler.Tick(1);
            _engine.FailsNow = true;
            Run();
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Failed));
            Assert.That(reply.Result.Text, Is.EqualTo("a"));
            Assert.That(reply.Result.Error, Is.Not.Empty);
            Assert.That(reply.Result.DrawCounter, Is.EqualTo(1), "the failed token has drawn nothing");
        }

        [Test]
        public void RequestsThatCanNeverBeServedAreRefusedAtOnce()
        {
            Start(1);
            Assert.That(() => _scheduler.Submit(new GenerationRequest(Array.Empty<int>())), Throws.ArgumentException.With.Message.Contains("empty"));
            Assert.That(() => _scheduler.Submit(new GenerationRequest(new[] { 99 })), Throws.ArgumentException.With.Message.Contains("99"));
            Assert.That(() => _scheduler.Submit(new GenerationRequest(new int[64])), Throws.ArgumentException.With.Message.Contains("63"));
            Assert.That(() => _scheduler.Submit(new GenerationRequest(new int[1]) { MaxTokens = 0 }), Throws.ArgumentException.With.Message.Contains("MaxTokens"));
            Assert.That(() => _scheduler.Submit(new GenerationRequest(new int[1]) { StopTokens = new int[9] }), Throws.ArgumentException.With.Message.Contains("8"));
            Assert.That(() => _scheduler.Submit(new GenerationRequest(new int[1]) { HeadDials = new float[3] }), Throws.ArgumentException);
            Assert.That(
                () => _scheduler.Submit(new GenerationRequest(new int[1]) { Sampling = new SamplingOptions { Temperature = float.NaN } }),
                Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new Scheduler(_engine, new ScriptedTokenizer()), Throws.ArgumentException.With.Message.Contains("tokenizer"));
        }

#if NET5_0_OR_GREATER
        [Test]
        public void ATokenAllocatesNothing()
        {
            Start(4);
            long seen = 0;
            for (int i = 0; i < 4; i++)
            {
                GenerationReply reply = Submit(Letters("abcdefgh"), 0, r =>
                {
                    r.StopSequences = new[] { "xyz", "habq" };
                    r.StopTokens = Array.Empty<int>();
                    r.MaxTokens = 60;
                });
                reply.TextAdded += (_, added) => seen += added.Length;
            }

            for (int tick = 0; tick < 10; tick++)
            {
                _scheduler.Tick(1);
            }

            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int tick = 0; tick < 40; tick++)
            {
                _scheduler.Tick(1);
            }

            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(seen, Is.GreaterThan(4 * 45));
        }
#endif

        [Test]
        public void DisposalReleasesABorrowedEngineAndIsFinal()
        {
            Start(1, owns: false);
            Submit(Letters("abc"), _end);
            _scheduler.Tick(1);
            _scheduler.Dispose();
            _scheduler.Dispose();
            Assert.That(_engine.Released, Is.EqualTo(1));
            Assert.That(_engine.IsDisposed, Is.False);
            Assert.That(() => _scheduler.Tick(1), Throws.InstanceOf<ObjectDisposedException>());
        }

        private void Start(int slots, bool owns = true)
        {
            _end = _tokens.Add(Array.Empty<byte>());
            _engine = new ScriptedEngine(slots, _tokens.VocabularySize);
            _scheduler = new Scheduler(_engine, _tokens, owns);
        }

        private GenerationReply Submit(int[] script, int end, Action<GenerationRequest>? change = null)
        {
            var request = new GenerationRequest(new[] { _engine.Script(script.Concat(new[] { end }).ToArray()) });
            change?.Invoke(request);
            return _scheduler.Submit(request);
        }

        private void Run()
        {
            for (int tick = 0; _scheduler.Tick(1); tick++)
            {
                Assert.That(tick, Is.LessThan(500), "the scheduler does not come to an end");
            }
        }

        private static int[] Letters(string text) => text.Select(letter => letter - 'a').ToArray();
    }
}
