using System;
using System.Collections.Generic;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>Priorities, deadlines, the host's time, and figures.</summary>
    public sealed class SchedulerTimingTests
    {
        private ScriptedTokenizer _tokens = null!;
        private ScriptedEngine _engine = null!;
        private Scheduler _scheduler = null!;

        [SetUp]
        public void SetUp()
        {
            _tokens = new ScriptedTokenizer();
            for (int i = 0; i < 500; i++)
            {
                _tokens.Add("x");
            }
        }

        [TearDown]
        public void TearDown() => _scheduler?.Dispose();

        [Test]
        public void HigherPriorityIsAdmittedFirstAndEqualsInTheirOrder()
        {
            Start(1);
            var ended = new List<int>();
            float[] priorities = { 0, 1, 5, 1, 5 };
            for (int i = 0; i < priorities.Length; i++)
            {
                Submit(1, priorities[i], ended, i);
            }

            Run();
            Assert.That(ended, Is.EqualTo(new[] { 2, 4, 1, 3, 0 }));
        }

        [Test]
        public void NobodyIsPassedOverMoreThanEightTimes([Values(1f, 1e30f)] float important)
        {
            Start(1);
            var ended = new List<int>();
            Submit(1, 0, ended, 0);
            int next = 1;
            for (int tick = 0; tick < 20; tick++)
            {
                // Always someone more important.
                Submit(1, important, ended, next++);
                Submit(1, important, ended, next++);
                _scheduler.Tick(1, 16);
            }

            Assert.That(ended.IndexOf(0), Is.EqualTo(8));
        }

        [Test]
        public void ADeadlineIsTheHostsTime()
        {
            Start(1);
            _engine.Stalls = true;
            GenerationReply talking = Submit(10, 0);
            GenerationReply waiting = Submit(10, 0);
            talking.Request.DeadlineMilliseconds = 100;
            waiting.Request.DeadlineMilliseconds = 250;
            _scheduler.Tick(1, 5000);
            Assert.That(talking.IsCompleted, Is.False, "the time before the first tick is not the reply's");
            _scheduler.Tick(1, 99);
            Assert.That(talking.IsCompleted, Is.False);
            _scheduler.Tick(0, 1000);
            Assert.That(talking.IsCompleted, Is.False, "no time passes without a budget");
            _scheduler.Tick(1, 1);
            Assert.That(talking.Result!.Reason, Is.EqualTo(FinishReason.Expired));
            Assert.That(waiting.IsCompleted, Is.False);
            _scheduler.Tick(1, 150);
            Assert.That(waiting.Result!.Reason, Is.EqualTo(FinishReason.Expired));
            Assert.That(_scheduler.InFlightCount + _scheduler.WaitingCount, Is.Zero);
            Assert.That(_engine.Released, Is.EqualTo(_engine.Admitted));
        }

        [Test]
        public void AnExpiredReplyKeepsWhatItSaidAndACancelledOneIsCancelled()
        {
            Start(2);
            GenerationReply expired = Submit(50, 0), cancelled = Submit(50, 0);
            expired.Request.DeadlineMilliseconds = cancelled.Request.DeadlineMilliseconds = 48;
            for (int tick = 0; tick < 3; tick++)
            {
                _scheduler.Tick(1, 16);
            }

            cancelled.Cancel();
            _scheduler.Tick(1, 16);
            Assert.That(expired.Result!.Reason, Is.EqualTo(FinishReason.Expired));
            Assert.That(expired.Result.Text, Is.EqualTo("xxx"));
            Assert.That(cancelled.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
        }

        [Test]
        public void WithoutATimeOfTheHostItIsMeasured()
        {
            Start(1);
            _engine.Stalls = true;
            GenerationReply reply = Submit(10, 0);
            reply.Request.DeadlineMilliseconds = 5;
            DateTime limit = DateTime.UtcNow.AddSeconds(10);
            while (_scheduler.Tick(1) && DateTime.UtcNow < limit)
            {
                System.Threading.Thread.Sleep(1);
            }

            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Expired));
        }

        [Test]
        public void NoBudgetEndsNothing()
        {
            Start(1);
            GenerationReply reply = Submit(5, 0);
            _scheduler.Tick(1, 16);
            reply.Cancel();
            Assert.That(_scheduler.Tick(0), Is.True);
            Assert.That(reply.IsCompleted, Is.False);
            _scheduler.Tick(1, 16);
            Assert.That(reply.Result!.Reason, Is.EqualTo(FinishReason.Cancelled));
        }

        [Test]
        public void PrioritiesAndTimesAreNumbers()
        {
            Start(1);
            Assert.That(() => Submit(1, float.NaN), Throws.ArgumentException.With.Message.Contains("priority"));
            var late = new GenerationRequest(new[] { _engine.Script(1) }) { DeadlineMilliseconds = -1 };
            Assert.That(() => _scheduler.Submit(late), Throws.ArgumentException.With.Message.Contains("deadline"));
            Assert.That(() => _scheduler.Tick(1, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => _scheduler.Tick(1, -1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void TellsHowItIsDoing()
        {
            Start(2);
            Assert.That(_scheduler.CanAnswerWithin(1), Is.True, "nothing is known");
            for (int i = 0; i < 8; i++)
            {
                Submit(40, 0);
            }

            for (int tick = 0; tick < 41; tick++)
            {
                _scheduler.Tick(2, 20);
            }

            SchedulerStatistics figures = _scheduler.Statistics;
            Assert.That(figures.TokensPerSecond, Is.EqualTo(100).Within(8), "two tokens every 20 ms");
            Assert.That(figures.InFlight, Is.EqualTo(2));
            Assert.That(figures.Waiting, Is.EqualTo(4));

            // The first two had their first token in their first tick, the next two 40 ticks later: each reply takes 0.8 s on one of two slots.
            Assert.That(figures.TimeToFirstTokenMilliseconds, Is.GreaterThan(0));
            Assert.That(_scheduler.CanAnswerWithin(100), Is.False, "four wait");
            Assert.That(_scheduler.CanAnswerWithin(10_000), Is.True);
        }

        private void Start(int slots)
        {
            _engine = new ScriptedEngine(slots, _tokens.VocabularySize);
            _scheduler = new Scheduler(_engine, _tokens);
        }

        private GenerationReply Submit(int tokens, float priority, List<int>? ended = null, int number = 0)
        {
            var request = new GenerationRequest(new[] { _engine.Script(1) }) { MaxTokens = tokens, Priority = priority, StopTokens = Array.Empty<int>() };
            GenerationReply reply = _scheduler.Submit(request);
            reply.Completed += _ => ended?.Add(number);
            return reply;
        }

        private void Run()
        {
            for (int tick = 0; _scheduler.Tick(1, 16); tick++)
            {
                Assert.That(tick, Is.LessThan(500));
            }
        }
    }
}
