using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using PrismLM.Core.Prompting;
using PrismLM.Training.Data;
using PrismLM.Training.Data.Dialogue;
using PrismLM.Training.Tests.Model;

namespace PrismLM.Training.Tests.Data
{
    /// <summary>The drills say what is true of their personas, in balance, and hold nothing that is validation's.</summary>
    public class DrillSourceTests
    {
        private const int Documents = 300;
        private static readonly DialogueFormat Format = new(TinyModels.Tokenizer, DialogueFormat.FindSpecialTokens(TinyModels.Tokenizer));

        private static readonly (DialogueIntent Tell, DialogueIntent Recall, string Label)[] Told =
        {
            (DialogueIntent.TellName, DialogueIntent.RecallName, "name"), (DialogueIntent.TellOrigin, DialogueIntent.RecallOrigin, "home"),
            (DialogueIntent.TellTrade, DialogueIntent.RecallTrade, "trade"), (DialogueIntent.TellSearch, DialogueIntent.RecallSearch, "-"),
        };

        [Test]
        public void AnActionIsTakenExactlyWhenItIsInTheList()
        {
            foreach (var (persona, line, reply) in Exchanges(new ActionDrillSource(Format, 3, 512)))
            {
                var asked = " " + Regex.Replace(line.ToLowerInvariant().Replace(" the ", " "), "[^a-z ]", " ").Trim() + " ";
                var listed = persona.Actions.Where(action => asked.Contains(" " + action.Replace('_', ' ') + " ", StringComparison.Ordinal)).ToArray();
                Assert.That(listed, Has.Length.LessThanOrEqualTo(1), line);
                Assert.That(reply.Action, Is.EqualTo(listed.SingleOrDefault()), line + " of " + string.Join(", ", persona.Actions));
                foreach (Match named in Regex.Matches(reply.Text, "[a-z]+(?:_[a-z]+)+"))
                {
                    Assert.That(persona.Actions, Does.Contain(named.Value), reply.Text);
                }
            }
        }

        [Test]
        public void AsManyActionsAreRefusedAsTaken()
        {
            var all = Exchanges(new ActionDrillSource(Format, 3, 512)).ToArray();
            Assert.That(all.Count(each => each.Reply.Action is not null), Is.EqualTo(all.Length / 2));
            Assert.That(all.Select(each => each.Persona.Actions.Count).Distinct().Order(), Is.EqualTo(Enumerable.Range(1, 7)));
        }

        [Test]
        public void TheFirstTwoTokensOfAReplyWeighMore()
        {
            var document = new ActionDrillSource(Format, 3, 512).Next();
            for (var i = 1; i < document.Tokens.Length; i++)
            {
                var opening = document.LossWeights[i - 1] == 0f || (i > 1 && document.LossWeights[i - 2] == 0f);
                Assert.That(document.LossWeights[i], Is.EqualTo(opening ? 4f : 1f).Or.Zero);
            }

            Assert.That(document.LossWeights, Does.Contain(4f).And.Contains(1f).And.Contains(0f));
            Assert.That(new ToldDrillSource(Format, 3, 512).Next().LossWeights, Has.All.EqualTo(1f).Or.EqualTo(0f));
        }

        [Test]
        public void DrillsUseNoWordingAndNoActionOfValidation()
        {
            var own = Enum.GetNames<DialogueIntent>().SelectMany(intent => PlayerWordings.Book.Get(intent, DialogueSplit.Validation)).SelectMany(wording => wording.All())
                .Select(form => new Regex("^" + Regex.Replace(Regex.Escape(form), @"\\\{[a-z]+}", ".+") + "$", RegexOptions.IgnoreCase)).ToArray();
            var validation = new DialogueGenerator(1, DialogueSplit.Validation).Generate(0).Dialogue;
            Assert.That(own.Any(each => each.IsMatch("Which trade is mine?")), Is.True, "the test sees validation's wordings");
            foreach (DrillSource source in new DrillSource[] { new ActionDrillSource(Format, 3, 512), new ToldDrillSource(Format, 3, 512) })
            {
                foreach (var (persona, line, _) in Exchanges(source).Take(1500))
                {
                    Assert.That(own.FirstOrDefault(each => each.IsMatch(line))?.ToString(), Is.Null, line);
                    Assert.That(persona.Actions.All(action => DialogueSplit.Training.Owns(action)), Is.True, string.Join(", ", persona.Actions));
                    Assert.That(persona.Name is null || DialogueSplit.Training.Owns(persona.Name), Is.True, persona.Name);
                }
            }

            Assert.That(validation.Persona.Name is null || !DialogueSplit.Training.Owns(validation.Persona.Name), Is.True, "the test tells the splits apart");
        }

        [Test]
        public void MineIsWhatThePlayerToldAndYoursIsThePersonas()
        {
            var counts = new int[4];
            foreach (var prompt in Prompts(new ToldDrillSource(Format, 3, 512)))
            {
                var told = new Dictionary<DialogueIntent, string>();
                for (var i = 0; i < prompt.Turns.Count; i += 2)
                {
                    var (line, reply) = (prompt.Turns[i].Text, prompt.Turns[i + 1].Text);
                    foreach (var (tell, recall, label) in Told)
                    {
                        if (Matches(recall, line) || Bare("my|mine", label, line))
                        {
                            var known = told.TryGetValue(recall, out var value);
                            Assert.That(known ? reply.Contains(value!, StringComparison.OrdinalIgnoreCase) : DeclineMarkers.Holds(reply), Is.True, line + " - " + reply);
                            counts[known ? 0 : 1]++;
                        }
                        else if (!told.ContainsKey(recall) && Value(tell, line, reply) is { } said)
                        {
                            Assert.That(DialogueSplit.Training.Owns(Regex.Replace(said, "^an? ", string.Empty)), Is.True, said);
                            told[recall] = said;
                        }
                    }

                    if (Matches(DialogueIntent.AskName, line) || Bare("your|yours", "name", line))
                    {
                        var name = prompt.Persona.Name;
                        Assert.That(name is null ? DeclineMarkers.Holds(reply) : reply.Contains(name, StringComparison.Ordinal), Is.True, line + " - " + reply);
                        counts[name is null ? 3 : 2]++;
                    }
                }
            }

            Assert.That(counts, Has.All.GreaterThan(20));
        }

        [Test]
        public void ASavedStateGoesOnWithTheNextDocument()
        {
            foreach (var open in new Func<DrillSource>[] { () => new ActionDrillSource(Format, 3, 512), () => new ToldDrillSource(Format, 3, 512), () => new LookupDrillSource(Format, 3, 512) })
            {
                var first = open();
                first.Next();
                var second = open();
                second.LoadState(first.SaveState());
                Assert.That(second.Next().Tokens, Is.EqualTo(first.Next().Tokens), first.Name);
                Assert.That(() => second.LoadState("dialogue 1 4"), Throws.ArgumentException.With.Message.Contains(first.Name));
            }
        }

        private static IEnumerable<DialoguePrompt> Prompts(DrillSource source) =>
            Enumerable.Range(0, Documents).Select(i => source.Make(i)).Where(prompt => prompt is not null)!;

        private static IEnumerable<(PersonaFacts Persona, string Line, DialogueTurn Reply)> Exchanges(DrillSource source) =>
            Prompts(source).SelectMany(prompt => Enumerable.Range(0, prompt.Turns.Count / 2).Select(i => (prompt.Persona, prompt.Turns[2 * i].Text, prompt.Turns[(2 * i) + 1])));

        private static readonly Dictionary<DialogueIntent, HashSet<string>> Forms = new();

        private static bool Matches(DialogueIntent intent, string line)
        {
            if (!Forms.TryGetValue(intent, out var forms))
            {
                forms = PlayerWordings.Book.Get(intent.ToString(), DialogueSplit.Training).SelectMany(wording => wording.All())
                    .Select(form => EnglishGrammar.CapitalFirst(form.Replace("  ", " ").Replace(" ?", "?").Trim())).ToHashSet(StringComparer.Ordinal);
                Forms.Add(intent, forms);
            }

            return forms.Contains(line);
        }

        private static bool Bare(string whose, string label, string line) =>
            Regex.IsMatch(line, $@"^(?:(?:What is |Say |And )?(?:{whose}) {label}[?.]|{label}: (?:{whose}), I mean\.)$", RegexOptions.IgnoreCase);

        /// <summary>What a line says of the player; the reply decides between wordings that both fit.</summary>
        private static string? Value(DialogueIntent tell, string line, string reply)
        {
            foreach (var form in PlayerWordings.Book.Get(tell.ToString(), DialogueSplit.Training).SelectMany(wording => wording.All()))
            {
                var match = Regex.Match(line, "^" + Regex.Replace(Regex.Escape(form), @"\\\{a?told}", "(.+)") + "$", RegexOptions.IgnoreCase);
                if (match.Success && ReplyWordings.Book.Get(tell.ToString(), DialogueSplit.Training).SelectMany(wording => wording.All())
                    .Any(answer => string.Equals(reply, Filled(answer, match.Groups[1].Value), StringComparison.OrdinalIgnoreCase)))
                {
                    return match.Groups[1].Value;
                }
            }

            return null;
        }

        private static string Filled(string form, string told) => Regex.Replace(form, @"\{(?:cap:)?a?told}", told);
    }
}
