using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;
using PrismLM.Training.Evaluation;

namespace PrismLM.Training.Tests.Evaluation
{
    /// <summary>The scorer on replies whose marks are known beforehand.</summary>
    public class DialogueEvaluationTests
    {
        private static readonly DialogueTestSet Set = DialogueTestSet.Build(500);

        [Test]
        public void TheGeneratorsOwnRepliesAreAllRight()
        {
            var report = DialogueEvaluation.Score(Set, Set.Cases.Select(item => item.Reference).ToArray());
            var first = report.Failures.Take(5).Select(f => $"{f.Case.Prompt.Turns[^1].Text} -> {f.Reply.Text} [{string.Join("; ", f.Verdict.OtherFacts)}] declines {f.Verdict.Declines}");
            Assert.That(report.Failures, Is.Empty, string.Join("\n", first));
            Assert.Multiple(() =>
            {
                Assert.That(report.AskedFact.Value, Is.EqualTo(1));
                Assert.That(report.NoOtherFact.Value, Is.EqualTo(1));
                Assert.That(report.TwinRight.Value, Is.EqualTo(1));
                Assert.That(report.UnknownDeclined.Value, Is.EqualTo(1));
                Assert.That(report.KnownDeclined.Value, Is.Zero);
                Assert.That(report.ActionRight.Value, Is.EqualTo(1));
                Assert.That(report.FalseAction.Value, Is.Zero);
                Assert.That(report.MostFrequent.Value, Is.LessThanOrEqualTo(0.02));
            });
        }

        /// <summary>A figure for actions means something only where a blind pick among the list and "none" is rarely right.</summary>
        [Test]
        public void ABlindPickFindsAtMostAQuarterOfTheActions()
        {
            var asked = Set.Cases.Where(item => item.Expected.Kind == ReplyKind.Action).Select(item => item.Prompt.Persona.Actions.Count).ToArray();
            TestContext.Out.WriteLine(FormattableString.Invariant($"{asked.Length} cases, mean chance {asked.Average(count => 1.0 / (count + 1)):P1}"));
            Assert.That(asked, Has.Length.GreaterThan(100));
            Assert.That(asked, Has.All.InRange(3, 5));
        }

        [Test]
        public void SilenceIsNeverRight()
        {
            var report = DialogueEvaluation.Score(Set, Set.Cases.Select(_ => DialogueTurn.Npc(string.Empty)).ToArray());
            Assert.Multiple(() =>
            {
                Assert.That(report.AskedFact.Value, Is.Zero);
                Assert.That(report.TwinRight.Value, Is.Zero);
                Assert.That(report.UnknownDeclined.Value, Is.Zero);
                Assert.That(report.ActionRight.Value, Is.Zero);
                Assert.That(report.MostFrequent.Value, Is.EqualTo(1));
                Assert.That(report.Failures.Count, Is.EqualTo(Set.Cases.Count));
            });
        }

        [Test]
        public void ReadingThePersonaAloudTellsOtherFacts()
        {
            var report = DialogueEvaluation.Score(Set, Set.Cases.Select(item => DialogueTurn.Npc(DialogueFormat.PersonaText(item.Prompt.Persona))).ToArray());
            Assert.Multiple(() =>
            {
                Assert.That(report.AskedFact.Value, Is.GreaterThan(0.7), "what the player told is not in the persona");
                Assert.That(report.NoOtherFact.Value, Is.LessThan(0.1));
                Assert.That(report.UnknownDeclined.Value, Is.LessThan(0.05));
            });
        }

        [Test]
        public void DecliningEverythingIsRightForUnknownQuestionsAlone()
        {
            var report = DialogueEvaluation.Score(Set, Set.Cases.Select(_ => DialogueTurn.Npc("I don't know.")).ToArray());
            Assert.Multiple(() =>
            {
                Assert.That(report.UnknownDeclined.Value, Is.EqualTo(1));
                Assert.That(report.KnownDeclined.Value, Is.EqualTo(1));
                Assert.That(report.AskedFact.Value, Is.Zero);
            });
        }

        [Test]
        public void ActingAlwaysIsAFalseAction()
        {
            var report = DialogueEvaluation.Score(Set, Set.Cases.Select(item => DialogueTurn.Npc(item.Reference.Text, item.Expected.Action ?? "open_gate")).ToArray());
            Assert.That(report.ActionRight.Value, Is.EqualTo(1));
            Assert.That(report.FalseAction.Value, Is.EqualTo(1));
            var acting = Set.Cases.Where(item => !item.IsTwin).ToArray();
            Assert.That(report.UnlistedAction, Is.EqualTo(new Rate(
                acting.Count(item => !item.Prompt.Persona.Actions.Contains(item.Expected.Action ?? "open_gate")), acting.Length)));
        }

        [Test]
        public void ChanceIsOneOfThePersonasActionsOrNone()
        {
            var report = DialogueEvaluation.Score(Set, Set.Cases.Select(item => item.Reference).ToArray());
            var expected = Set.Cases.Where(item => item.Expected.Kind == ReplyKind.Action && !item.IsTwin).Average(item => 1.0 / (1 + item.Prompt.Persona.Actions.Count));
            Assert.That(report.ActionChance, Is.EqualTo(expected).Within(1e-12));
            Assert.That(report.UnlistedAction.Hits, Is.Zero);
        }

        [Test]
        public void TwinsFailWithTheOldFact()
        {
            var replies = new List<DialogueTurn>();
            foreach (var item in Set.Cases)
            {
                var original = item.IsTwin
                    ? Set.Cases.FirstOrDefault(other => !other.IsTwin && other.Conversation == item.Conversation && other.Prompt.Turns.Count == item.Prompt.Turns.Count)
                    : item;
                replies.Add((original ?? item).Reference);
            }

            Assert.That(DialogueEvaluation.Score(Set, replies).TwinRight.Value, Is.LessThan(0.05));
        }

        [Test]
        public void CoversWhatTheIssueAsksFor()
        {
            Assert.Multiple(() =>
            {
                Assert.That(Set.Conversations, Is.EqualTo(500));
                Assert.That(Set.Cases.Count(item => item.IsTwin), Is.GreaterThan(250));
                Assert.That(Set.Cases.Count(item => item.Expected.Kind == ReplyKind.Unknown), Is.GreaterThan(250));
                Assert.That(Set.Cases.Count(item => item.Expected.Kind == ReplyKind.Action), Is.GreaterThan(60));
                Assert.That(Set.Cases.Count(item => item.Expected.Kind == ReplyKind.Refusal), Is.GreaterThan(40));
                Assert.That(Set.Cases.Count(item => item.Expected.Intent is DialogueIntent.RecallName or DialogueIntent.RecallOrigin && item.Expected.Kind == ReplyKind.Known), Is.GreaterThan(20));
                Assert.That(Set.Cases.Count(item => item.Prompt.Turns.Count >= 7), Is.GreaterThan(300));
            });
        }

        [Test]
        public void RunAsksTheGeneratorForEveryCase()
        {
            var report = DialogueEvaluation.Run(DialogueTestSet.Build(5), new Fixed());
            Assert.That(report.MostFrequentText, Is.EqualTo("Aye."));
            Assert.That(report.MostFrequent.Value, Is.EqualTo(1));
        }

        private sealed class Fixed : IReplyGenerator
        {
            public IReadOnlyList<DialogueTurn> Reply(IReadOnlyList<DialoguePrompt> prompts, IProgress<int>? progress, CancellationToken cancellationToken)
                => prompts.Select(_ => DialogueTurn.Npc("Aye.")).ToArray();
        }
    }
}
