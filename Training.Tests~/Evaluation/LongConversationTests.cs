using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Generation;
using PrismLM.Core.Prompting;
using PrismLM.Dialogue;
using PrismLM.Hosting;
using PrismLM.Training.Tests.Repository;

namespace PrismLM.Training.Tests.Evaluation
{
    /// <summary>The model that ships, in a conversation far longer than its context: what the persona says is as true in the end as in the beginning.</summary>
    [Category("Slow")]
    public sealed class LongConversationTests
    {
        private static readonly (string Line, Func<PersonaFacts, string?> Key)[] Questions =
        {
            ("What is your name?", facts => facts.Name),
            ("What is your trade?", facts => facts.Trade),
            ("Where do you live?", facts => LastWord(facts.Place)),
            ("Do you have any family?", facts => LastWord(facts.Kin)),
            ("Have you heard any rumours?", facts => LastWord(facts.Rumour)),
            ("What do you sell?", facts => facts.Wares.Count > 0 ? facts.Wares[0].Item : null),
        };

        private static readonly string[] SmallTalk = { "Good day to you.", "How are you?", "The weather is fine.", "I came a long way.", "Thank you.", "Tell me more.", "I am looking for work." };

        [TestCase(40)]
        [TestCase(300)]
        public void PersonaFactsStayTrue(int turns)
        {
            using PrismRuntime runtime = PrismRuntime.Load(
                Path.Combine(RepositoryFiles.Root, "Models~", "prism-tavern-3m.safetensors"), new PrismRuntimeOptions { AllowSoftwareVulkan = true, Slots = 4 });
            Npc[] npcs = Directory.GetFiles(Path.Combine(RepositoryFiles.Root, "Samples~", "Tavern", "Personas"), "*.json").OrderBy(path => path, StringComparer.Ordinal)
                .Select(path => runtime.CreateNpc(NpcPersona.Load(path))).ToArray();
            bool[] first = Array.Empty<bool>();
            bool[] last = Array.Empty<bool>();
            int dropped = 0;
            long settled = 0;
            for (int turn = 0; turn < turns; turn++)
            {
                int question = turn < Questions.Length ? turn : turn - (turns - Questions.Length);
                string line = question >= 0 ? Questions[question].Line : SmallTalk[turn % SmallTalk.Length];
                NpcReply[] replies = npcs.Select(npc => Ask(npc, line)).ToArray();
                while (runtime.Tick(double.PositiveInfinity))
                {
                    runtime.Scheduler.Wait(50);
                }

                Assert.That(replies.Select(reply => reply.Result!.Reason), Is.All.EqualTo(FinishReason.Finished).Or.EqualTo(FinishReason.MaxLength));
                dropped = Math.Max(dropped, replies.Max(reply => reply.DroppedTurns));
                if (question >= 0)
                {
                    bool[] right = replies.Where(reply => Questions[question].Key(reply.Npc.Persona.Facts) != null)
                        .Select(reply => reply.Text.Contains(Questions[question].Key(reply.Npc.Persona.Facts)!, StringComparison.OrdinalIgnoreCase)).ToArray();
                    first = turn < Questions.Length ? first.Concat(right).ToArray() : first;
                    last = turn < Questions.Length ? last : last.Concat(right).ToArray();
                }

                settled = turn == turns / 2 ? GC.GetTotalMemory(true) : settled;
            }

            int kept = first.Zip(last, (before, after) => before && after).Count(right => right);
            int asked = first.Length;
            TestContext.Progress.WriteLine(FormattableString.Invariant(
                $"{turns} turns, {asked} facts: {first.Count(right => right)} right in the beginning, {last.Count(right => right)} in the end, {kept} both times"));
            Assert.That(dropped, Is.GreaterThan(0), "the conversation was longer than the context");
            Assert.That(GC.GetTotalMemory(true) - settled, Is.LessThan(2 << 20));
            Assert.That(kept, Is.GreaterThanOrEqualTo(0.9 * first.Count(right => right)), "of those right in the beginning");
        }

        private static NpcReply Ask(Npc npc, string line)
        {
            npc.Sampling = SamplingOptions.Greedy with { RepetitionPenalty = Npc.DefaultSampling.RepetitionPenalty };
            npc.MaxReplyTokens = 32;
            return npc.Ask(line);
        }

        private static string? LastWord(string? text) => text?.Split(' ').Last();
    }
}
