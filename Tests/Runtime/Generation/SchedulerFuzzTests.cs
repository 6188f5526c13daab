using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;

namespace PrismLM.Tests.Generation
{
    /// <summary>Random scripts, limits, stop sequences and cancellations: what must hold whatever happens.</summary>
    public sealed class SchedulerFuzzTests
    {
        private const string Alphabet = "ab\u00e9\u20ac\U0001F642";

        [Test]
        public void EveryReplyEndsOnceAndShowsOnlyWholeSafeText()
        {
            var random = new TestRandom(33);
            for (int round = 0; round < 150; round++)
            {
                ScriptedTokenizer tokens = Tokens(out byte[] bytes, out int end);
                using (var scheduler = new Scheduler(new ScriptedEngine(1 + random.Below(4), tokens.VocabularySize), tokens))
                {
                    var engine = (ScriptedEngine)scheduler.Engine;
                    engine.TokensPerStep = 1 + random.Below(5);
                    var open = new List<Watched>();
                    for (int i = 0; i < 10; i++)
                    {
                        open.Add(new Watched(scheduler, engine, Script(random, bytes, end), random));
                    }

                    for (int tick = 0; scheduler.Tick(1); tick++)
                    {
                        Assert.That(tick, Is.LessThan(1000));
                        if (random.Below(6) == 0)
                        {
                            open[random.Below(open.Count)].Reply.Cancel();
                        }
                    }

                    foreach (Watched watched in open)
                    {
                        watched.Check();
                    }

                    Assert.That(engine.Released, Is.EqualTo(engine.Admitted));
                }
            }
        }

        /// <summary>One token a byte, so that every character of two bytes and more is split.</summary>
        private static ScriptedTokenizer Tokens(out byte[] bytes, out int end)
        {
            var tokens = new ScriptedTokenizer();
            bytes = System.Text.Encoding.UTF8.GetBytes(Alphabet).Distinct().ToArray();
            foreach (byte value in bytes)
            {
                tokens.Add(new[] { value });
            }

            while (tokens.VocabularySize < 20)
            {
                tokens.Add("-");
            }

            end = tokens.Add(Array.Empty<byte>());
            return tokens;
        }

        private static int[] Script(TestRandom random, byte[] bytes, int end)
        {
            var runes = new[] { "a", "b", "\u00e9", "\u20ac", "\U0001F642" };
            string text = string.Concat(Enumerable.Range(0, 3 + random.Below(5)).Select(_ => runes[random.Below(runes.Length)]));
            return System.Text.Encoding.UTF8.GetBytes(text).Select(value => Array.IndexOf(bytes, value)).Concat(new[] { end }).ToArray();
        }

        private sealed class Watched
        {
            private readonly string[] _stops = { "ab", "\u20acb", "\U0001F642\U0001F642" };
            private string _shown = string.Empty;
            private int _completed;

            public Watched(Scheduler scheduler, ScriptedEngine engine, int[] script, TestRandom random)
            {
                Reply = scheduler.Submit(new GenerationRequest(new[] { engine.Script(script) })
                {
                    MaxTokens = 1 + random.Below(30),
                    StopSequences = _stops.Take(random.Below(4)).ToArray(),
                });
                Reply.TextAdded += (_, added) =>
                {
                    Assert.That(_completed, Is.Zero, "text after the end");
                    Assert.That(char.IsLowSurrogate(added[0]) || char.IsHighSurrogate(added[added.Length - 1]), Is.False, "half a character");
                    _shown += added.ToString();
                };
                Reply.Completed += _ => _completed++;
            }

            public GenerationReply Reply { get; }

            public void Check()
            {
                Assert.That(_completed, Is.EqualTo(1));
                Assert.That(Reply.Result!.Text, Is.EqualTo(_shown));
                Assert.That(_shown.ToString().IndexOf('\uFFFD'), Is.LessThan(0), "by ordinal: a culture may ignore this character");
                foreach (string stop in Reply.Request.StopSequences)
                {
                    Assert.That(_shown.Contains(stop), Is.False);
                }

                Assert.That(Reply.Result.Reason == FinishReason.StopSequence, Is.EqualTo(Reply.Result.StopSequence != null));
                Assert.That(Reply.TokenCount, Is.LessThanOrEqualTo(Reply.Request.MaxTokens));
            }
        }
    }
}
