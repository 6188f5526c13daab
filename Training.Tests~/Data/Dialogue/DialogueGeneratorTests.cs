using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data.Dialogue;

namespace PrismLM.Training.Tests.Data.Dialogue
{
    /// <summary>What the issue asks of the data, counted over 60,000 conversations that are generated once.</summary>
    public class DialogueGeneratorTests
    {
        private const int Conversations = 60_000;
        private const ulong Seed = 1;

        private readonly HashSet<ulong> texts = new();
        private readonly HashSet<ulong> skeletons = new();
        private readonly HashSet<string> trainingValues = new(StringComparer.OrdinalIgnoreCase);
        private readonly Dictionary<string, int> replies = new(StringComparer.Ordinal);
        private readonly Dictionary<(DialogueIntent, ReplyKind), int> kinds = new();
        private int answers;

        [OneTimeSetUp]
        public void Generate()
        {
            var generator = new DialogueGenerator(Seed, DialogueSplit.Training);
            for (var i = 0; i < Conversations; i++)
            {
                var conversation = generator.Generate(i);
                texts.Add(Hash(DialogueText.Transcript(conversation.Dialogue)));
                skeletons.Add(Hash(conversation.Skeleton));
                trainingValues.UnionWith(conversation.Values);
                foreach (var turn in conversation.Dialogue.Turns.Where(turn => turn.Kind == TurnKind.Npc))
                {
                    answers++;
                    replies[turn.Text] = replies.GetValueOrDefault(turn.Text) + 1;
                }

                foreach (var expected in conversation.Expectations)
                {
                    kinds[(expected.Intent, expected.Kind)] = kinds.GetValueOrDefault((expected.Intent, expected.Kind)) + 1;
                }
            }
        }

        [Test]
        public void HasFiftyThousandDistinctConversations() => Assert.That(texts.Count, Is.GreaterThanOrEqualTo(50_000));

        [Test]
        public void HasFiveThousandDistinctSkeletons() => Assert.That(skeletons.Count, Is.GreaterThanOrEqualTo(5_000));

        [Test]
        public void NoReplyTextIsInMoreThanTwoPercentOfTheAnswers()
        {
            var most = replies.OrderByDescending(pair => pair.Value).First();
            TestContext.Out.WriteLine($"{Conversations} conversations: {texts.Count} distinct, {skeletons.Count} skeletons, {trainingValues.Count} values");
            TestContext.Out.WriteLine($"{answers} answers, {replies.Count} distinct; most frequent {most.Value}: {most.Key}");
            Assert.That(most.Value, Is.LessThanOrEqualTo(answers / 50), most.Key);
        }

        [Test]
        public void EveryIntentAndEveryKindOfAnswerOccursOften()
        {
            foreach (var (key, count) in kinds.OrderBy(pair => pair.Key))
            {
                TestContext.Out.WriteLine($"{key.Item1} {key.Item2}: {count}");
            }

            Assert.Multiple(() =>
            {
                foreach (var intent in Enum.GetValues<DialogueIntent>())
                {
                    Assert.That(kinds.Where(pair => pair.Key.Item1 == intent).Sum(pair => pair.Value), Is.GreaterThan(500), intent.ToString());
                }
            });
        }

        [Test]
        public void ValidationSharesNoValueWithTraining()
        {
            var generator = new DialogueGenerator(Seed, DialogueSplit.Validation);
            for (var i = 0; i < 1000; i++)
            {
                foreach (var value in generator.Generate(i).Values)
                {
                    Assert.That(trainingValues.Contains(value), Is.False, value);
                }
            }
        }

        [Test]
        public void EveryIntentHasTwentyWordingsAndFourForValidationAlone()
        {
            Assert.Multiple(() =>
            {
                foreach (var intent in Enum.GetNames<DialogueIntent>())
                {
                    var training = PlayerWordings.Book.Get(intent, DialogueSplit.Training).SelectMany(wording => wording.All()).ToHashSet(StringComparer.Ordinal);
                    var validation = PlayerWordings.Book.Get(intent, DialogueSplit.Validation).SelectMany(wording => wording.All()).ToHashSet(StringComparer.Ordinal);
                    TestContext.Out.WriteLine($"{intent}: {training.Count} wordings in training, {validation.Count} in validation");
                    Assert.That(validation.Count, Is.GreaterThanOrEqualTo(4), intent);
                    Assert.That(training.Count + validation.Count, Is.GreaterThanOrEqualTo(20), intent);
                    Assert.That(training.Overlaps(validation), Is.False, intent + " has a validation wording in training");
                }
            });
        }

        [Test]
        public void DirectQuestionsOfValidationAreNotInTraining()
        {
            var patterns = FactPatterns.Buildings.Concat(FactPatterns.Lands).Concat(FactPatterns.People).Concat(FactPatterns.Stuffs).ToArray();
            var training = patterns.SelectMany(pattern => pattern.Questions(DialogueSplit.Training)).ToHashSet(StringComparer.Ordinal);
            Assert.That(patterns.SelectMany(pattern => pattern.Questions(DialogueSplit.Validation)).Where(training.Contains), Is.Empty);
            Assert.That(patterns.All(pattern => pattern.Questions(DialogueSplit.Training).Count >= 2 && pattern.Questions(DialogueSplit.Validation).Count >= 1), Is.True);
        }

        [Test]
        public void DeclinesHoldAMarkerAndNothingElseDoes()
        {
            Assert.Multiple(() =>
            {
                foreach (var section in ReplyWordings.Book.Sections)
                {
                    foreach (var form in ReplyWordings.Book.Get(section, DialogueSplit.Training).SelectMany(wording => wording.All()))
                    {
                        var declines = section.EndsWith(".Unknown", StringComparison.Ordinal);
                        if (section != "Refusal")
                        {
                            Assert.That(DeclineMarkers.Holds(form), Is.EqualTo(declines), section + ": " + form);
                        }
                    }
                }

                foreach (var part in MoodStyle.All.Append(MoodStyle.Neutral).SelectMany(style => style.Openers.Concat(style.Closers)))
                {
                    Assert.That(DeclineMarkers.Holds(part), Is.False, part);
                }
            });
        }

        [Test]
        public void SameSeedAndIndexGiveTheSameConversation()
        {
            var first = new DialogueGenerator(7, DialogueSplit.Training);
            var second = new DialogueGenerator(7, DialogueSplit.Training);
            second.Generate(3);
            Assert.That(DialogueText.Transcript(second.Generate(1234).Dialogue), Is.EqualTo(DialogueText.Transcript(first.Generate(1234).Dialogue)));
            Assert.That(
                DialogueText.Transcript(new DialogueGenerator(8, DialogueSplit.Training).Generate(1234).Dialogue),
                Is.Not.EqualTo(DialogueText.Transcript(first.Generate(1234).Dialogue)));
        }

        [Test]
        public void EveryFieldOfThePersonaIsInTheData()
        {
            var generator = new DialogueGenerator(Seed, DialogueSplit.Training);
            var personas = Enumerable.Range(0, 200).Select(i => generator.Generate(i).Dialogue.Persona).ToArray();
            foreach (var field in DialogueFields.All)
            {
                var with = personas.Count(persona => persona.Lines(field.Field).Count > 0);
                Assert.That(with, Is.InRange(40, 190), field.Key);
            }
        }

        [Test]
        [Explicit("Writes conversations for reading to the path in PRISM_DIALOGUE_DUMP.")]
        public void Dump()
        {
            var path = Environment.GetEnvironmentVariable("PRISM_DIALOGUE_DUMP") ?? Path.Combine(TestContext.CurrentContext.WorkDirectory, "dialogues.txt");
            using var writer = new StreamWriter(path);
            foreach (var split in new[] { DialogueSplit.Training, DialogueSplit.Validation })
            {
                var generator = new DialogueGenerator(Seed, split);
                for (var i = 0; i < 150; i++)
                {
                    writer.WriteLine($"--- {split} {i}");
                    writer.Write(DialogueText.Transcript(generator.Generate(i).Dialogue));
                }
            }
        }

        private static ulong Hash(string text)
        {
            var hash = 14695981039346656037UL;
            foreach (var c in text)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            return hash;
        }
    }
}
