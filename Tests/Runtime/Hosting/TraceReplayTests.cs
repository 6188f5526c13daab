using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Checkpoints;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Core.Reference;
using PrismLM.Core.Tokenization;
using PrismLM.Dialogue;
using PrismLM.Dialogue.Tracing;
using PrismLM.Hosting;

namespace PrismLM.Tests.Hosting
{
    /// <summary>A trace makes the same tokens again, and says what the model thought at each.</summary>
    [Category("Vulkan")]
    public sealed class TraceReplayTests
    {
        private static readonly NpcPersona Bram = new NpcPersona(new PersonaFacts { Name = "Bram", Actions = new[] { "open_gate" } })
        {
            Banned = "aeiou*",
            Sampling = new SamplingOptions { Temperature = 1.2f, TopK = 0, TopP = 1, RepetitionPenalty = 1.3f, Seed = 11 },
            MaxReplyTokens = 16,
        };

        [TestCase(BackendPreference.Reference)]
        [TestCase(BackendPreference.Vulkan)]
        public void TheTokensComeOutAgain(BackendPreference backend)
        {
            PrismCheckpoint checkpoint = TalkingModel.Load(1);
            ReplyTrace trace = Record(checkpoint, backend);
            Assert.That(trace.ModelHash, Is.EqualTo(checkpoint.Sha256));
            Assert.That((trace.ModelName, trace.Backend.Length > 0), Is.EqualTo(("random", true)));
            ReplyTrace read = ReplyTrace.Parse(trace.ToJson(), "t");
            using PrismRuntime runtime = Open(checkpoint, backend);
            GenerationReply again = runtime.Scheduler.Submit(TraceReplay.Request(read, new DialogueFormat((BpeTokenizer)runtime.Tokenizer, checkpoint.Config.Special)));
            for (int ticks = 0; !again.IsCompleted; ticks++)
            {
                Assert.That(ticks, Is.LessThan(20_000));
                runtime.Tick(0.05);
                runtime.Scheduler.Wait(20);
            }

            Assert.That(again.Result!.Tokens, Is.EqualTo(trace.Tokens));
        }

        [Test]
        public void ARestoredReplyIsTracedWholeAndReplayedFromThere()
        {
            PrismCheckpoint checkpoint = TalkingModel.Load(1);
            byte[] save;
            using (PrismRuntime before = Open(checkpoint, BackendPreference.Reference))
            {
                Npc npc = before.CreateNpc(Bram);
                NpcReply cut = npc.Ask("What do you sell?");
                while (cut.AllTokens().Length < 4)
                {
                    before.Tick(1e-6);
                }

                save = npc.Save();
            }

            ReplyTrace trace;
            using (PrismRuntime after = Open(checkpoint, BackendPreference.Reference))
            {
                NpcReply reply = after.RestoreNpc(Bram, save, out _).Current!;
                Finish(after, reply);
                trace = reply.Trace!;
            }

            Assert.That((trace.RestoredTokens, trace.Tokens.Count > 4), Is.EqualTo((4, true)));
            using PrismRuntime runtime = Open(checkpoint, BackendPreference.Reference);
            GenerationReply again = runtime.Scheduler.Submit(TraceReplay.Request(trace, new DialogueFormat((BpeTokenizer)runtime.Tokenizer, checkpoint.Config.Special)));
            while (!again.IsCompleted)
            {
                runtime.Tick(double.PositiveInfinity);
            }

            Assert.That(again.Result!.Tokens, Is.EqualTo(trace.Tokens.Skip(4)));
        }

        /// <summary>The oracle is the definition: softmax of the logits of the reference after the tokens before.</summary>
        [Test]
        public void ScoresAreThoseOfTheModel()
        {
            PrismCheckpoint checkpoint = TalkingModel.Load(1);
            ReplyTrace trace = Record(checkpoint, BackendPreference.Reference);
            var tokenizer = BpeTokenizer.FromJson(checkpoint.TokenizerJson);
            using var model = new ReferenceModel(checkpoint, ReferenceKvFormat.Float16);
            IReadOnlyList<TracedToken> scores = trace.Score(model, tokenizer);
            Assert.That(scores.Select(score => score.Id), Is.EqualTo(trace.Tokens));

            int[] prompt = trace.Prompt.SelectMany(section => section.Tokens).ToArray();
            var logits = new float[checkpoint.Config.Vocabulary];
            using ILanguageSequence sequence = model.CreateSequence();
            foreach (int number in new[] { 0, trace.Tokens.Count - 1 })
            {
                sequence.Truncate(0);
                sequence.Append(prompt.Concat(trace.Tokens.Take(number)).ToArray(), logits);
                double sum = logits.Sum(logit => Math.Exp(logit));
                Assert.That(scores[number].Probability, Is.EqualTo(Math.Exp(logits[trace.Tokens[number]]) / sum).Within(1e-9));
                int[] best = Enumerable.Range(0, logits.Length).OrderByDescending(id => logits[id]).ThenBy(id => id).Take(ReplyTrace.Alternatives).ToArray();
                Assert.That(scores[number].Alternatives.Select(other => other.Id), Is.EqualTo(best));
            }

            Assert.That(scores.Select(score => score.Chance), Has.All.GreaterThan(0), "the sampler could take each");
            TokenAlternative[] excluded = scores.SelectMany(score => score.Alternatives).Where(other => !other.IsAllowed).ToArray();
            Assert.That(excluded, Is.Not.Empty, "or this test tests nothing");
            Assert.That(scores.SelectMany(score => score.Alternatives).Where(other => other.Text.IndexOfAny("aeiou*".ToCharArray()) >= 0 && other.Text[0] != '<').All(other => !other.IsAllowed), Is.True, "banned characters are not allowed");
        }

        [Test]
        public void AnotherModelCannotReadIt()
        {
            ReplyTrace trace = Record(TalkingModel.Load(1), BackendPreference.Reference);
            ModelConfig other = TalkingModel.Load(1).Config with { Vocabulary = 40 };
            Assert.That(() => TraceReplay.Check(trace, other), Throws.ArgumentException.With.Message.Contains("vocabulary"));
            Assert.That(() => TraceReplay.Check(trace, TalkingModel.Load(1).Config with { Context = 20 }), Throws.ArgumentException.With.Message.Contains("20 tokens"));
        }

        private static ReplyTrace Record(PrismCheckpoint checkpoint, BackendPreference backend)
        {
            using PrismRuntime runtime = Open(checkpoint, backend);
            Npc npc = runtime.CreateNpc(Bram);
            Finish(runtime, npc.Ask("Hello!"));
            NpcReply reply = npc.Ask("What do you sell?");
            Finish(runtime, reply);
            Assert.That(reply.Trace!.Tokens, Has.Count.GreaterThan(3));
            return reply.Trace!;
        }

        private static void Finish(PrismRuntime runtime, NpcReply reply)
        {
            for (int ticks = 0; !reply.IsCompleted; ticks++)
            {
                Assert.That(ticks, Is.LessThan(20_000));
                runtime.Tick(0.05);
                runtime.Scheduler.Wait(20);
            }
        }

        private static PrismRuntime Open(PrismCheckpoint checkpoint, BackendPreference backend) =>
            PrismRuntime.Create(checkpoint, new PrismRuntimeOptions { Backend = backend, AllowSoftwareVulkan = true, Slots = 2, Tracing = true });
    }
}
