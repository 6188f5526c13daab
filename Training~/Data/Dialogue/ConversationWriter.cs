using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Writes one conversation with a persona: keeps turns, expectations and the skeleton together.</summary>
    internal sealed class ConversationWriter
    {
        private readonly SeededRandom random;
        private readonly PersonaPlan plan;
        private readonly DialogueSplit split;
        private readonly List<DialogueTurn> turns = new();
        private readonly List<ReplyExpectation> expectations = new();
        private readonly List<string> values;
        private readonly StringBuilder skeleton = new();

        public ConversationWriter(SeededRandom random, PersonaPlan plan, DialogueSplit split)
        {
            this.random = random;
            this.plan = plan;
            this.split = split;
            values = plan.Values().ToList();
            foreach (var field in DialogueFields.All)
            {
                skeleton.Append(field.Key[0]).Append(plan.ToFacts().Lines(field.Field).Count);
            }

            skeleton.Append('w').Append(plan.Wares.Count).Append('a').Append(plan.Actions.Count);
        }

        public int Exchanges => expectations.Count;

        public ReplyExpectation? Last => expectations.Count == 0 ? null : expectations[^1];

        /// <summary>The last answer without opening and closing words; null when it was no fact.</summary>
        public string? LastCore { get; private set; }

        /// <summary>Records a value that was drawn outside of the persona.</summary>
        public void AddValue(string value) => values.Add(value);

        /// <summary>One line of the player, or a cue, and the reply.</summary>
        /// <param name="expected">What the reply has to do.</param>
        /// <param name="playerSection">Wordings of the player.</param>
        /// <param name="replySection">Wordings of the NPC.</param>
        /// <param name="slots">Values of the slots in both.</param>
        /// <param name="question">A wording to use in place of the section's.</param>
        public void Exchange(ReplyExpectation expected, string playerSection, string replySection, IReadOnlyDictionary<string, string> slots, string? question = null)
        {
            var cue = expected.Intent == DialogueIntent.Cue;
            var (playerForm, playerText) = Player(playerSection, expected.Intent, slots, question);
            turns.Add(cue ? DialogueTurn.Cue(playerText) : DialogueTurn.Player(playerText));

            var own = new Dictionary<string, string>(slots, StringComparer.Ordinal);
            if (expected.Intent is DialogueIntent.Greeting or DialogueIntent.Cue)
            {
                own["hello"] = Hello(playerText);
                if (plan.Name != null)
                {
                    own["name"] = plan.Name;
                }
            }

            var coreForm = ExpandKnown(ReplyWordings.Book.Get(replySection, split), own);
            var core = EnglishGrammar.CapitalFirst(Fill(coreForm, own));
            var (opener, closer) = Colour(expected.Intent);
            var goesOn = opener.EndsWith(", ", StringComparison.Ordinal) || opener.EndsWith(": ", StringComparison.Ordinal);
            var text = opener + (goesOn && !coreForm.StartsWith('{') ? EnglishGrammar.SmallFirst(core) : core) + closer;
            turns.Add(DialogueTurn.Npc(text, expected.Action));
            expectations.Add(expected);
            LastCore = expected.Kind == ReplyKind.Known && expected.Intent != DialogueIntent.Repeat ? core : null;
            skeleton.Append('\n').Append(playerForm).Append('\n').Append(opener).Append(coreForm).Append(closer);
        }

        public DialogueConversation Build() => new(new DialoguePrompt(plan.ToFacts(), turns), expectations, skeleton.ToString(), values);

        private (string Form, string Text) Player(string section, DialogueIntent intent, IReadOnlyDictionary<string, string> slots, string? given)
        {
            var form = given ?? Tidy(random.Pick(PlayerWordings.Book.Get(section, split)).Expand(random));
            var question = section.StartsWith("Ask", StringComparison.Ordinal) || section.StartsWith("Recall", StringComparison.Ordinal);
            if (question && !form.StartsWith("And ", StringComparison.Ordinal) && random.Chance(0.15))
            {
                var prefix = random.Pick(PlayerWordings.Book.Get("Prefix", split)).Expand(random);
                form = prefix + " " + (".!?".Contains(prefix[^1]) ? form : EnglishGrammar.SmallFirst(form));
            }
            else if (question && plan.Name != null && random.Chance(0.04))
            {
                form = "{npc}, " + EnglishGrammar.SmallFirst(form);
                slots = new Dictionary<string, string>(slots, StringComparer.Ordinal) { ["npc"] = plan.Name };
            }

            if (question && form.EndsWith('?') && random.Chance(0.1))
            {
                form = form.TrimEnd('?') + ", " + random.Pick(PlayerWordings.Book.Get("Address", split)).Expand(random) + "?";
            }

            if (intent == DialogueIntent.Cue)
            {
                return (form, Fill(form, slots));
            }

            var careless = random.Chance(0.08);
            if (careless && form[0] != '{')
            {
                form = char.ToLowerInvariant(form[0]) + form.Substring(1).TrimEnd('.', '?', '!');
            }
            else if (random.Chance(0.02))
            {
                form = Typo(form);
            }

            var text = Fill(form, slots);
            return (form, careless ? text : EnglishGrammar.CapitalFirst(text));
        }

        /// <summary>A wording whose slots all have a value.</summary>
        private string ExpandKnown(IReadOnlyList<Wording> wordings, Dictionary<string, string> slots)
        {
            for (var tries = 0; tries < 1000; tries++)
            {
                var form = random.Pick(wordings).Expand(random);
                if (!form.Contains("{name}", StringComparison.Ordinal) || slots.ContainsKey("name"))
                {
                    return form;
                }
            }

            throw new InvalidOperationException("No wording does without the NPC's name.");
        }

        private (string Opener, string Closer) Colour(DialogueIntent intent)
        {
            var style = plan.Style;
            var much = ReferenceEquals(style, MoodStyle.Neutral) ? 0.4 : 0.9;
            var answers = intent <= DialogueIntent.AskOffWorld || intent is >= DialogueIntent.RecallName and <= DialogueIntent.RequestAction;
            var openers = answers ? style.Openers : style.Remarks;
            var closers = answers ? style.Closers : style.Endings;

            // A greeting ends with a question of its own.
            var ends = closers.Length > 0 && intent is not (DialogueIntent.Greeting or DialogueIntent.Cue);
            var opener = openers.Length > 0 && random.Chance(0.5 * much) ? random.Pick(openers) : string.Empty;
            var closer = ends && random.Chance(opener.Length > 0 ? 0.25 * much : 0.6 * much) ? random.Pick(closers) : string.Empty;
            return (opener, closer);
        }

        private string Hello(string playerText)
        {
            foreach (var time in new[] { "Good morning", "Good evening", "Good afternoon", "Good day" })
            {
                if (playerText.Contains(time, StringComparison.OrdinalIgnoreCase))
                {
                    return time;
                }
            }

            return random.Pick(new[] { "Hello", "Good day", "Greetings", "Welcome", "Well met" });
        }

        private string Typo(string form)
        {
            var at = 1 + random.Next(Math.Max(1, form.Length - 2));
            var safe = at + 1 < form.Length && char.IsLetter(form[at]) && char.IsLetter(form[at + 1]) && form.IndexOf('{', StringComparison.Ordinal) < 0;
            return safe ? form.Substring(0, at) + form[at + 1] + form[at] + form.Substring(at + 2) : form;
        }

        /// <summary>An empty choice leaves its space behind.</summary>
        private static string Tidy(string form) => form.Replace("  ", " ", StringComparison.Ordinal).Replace(" ?", "?", StringComparison.Ordinal)
            .Replace(" .", ".", StringComparison.Ordinal).Replace(" !", "!", StringComparison.Ordinal).Trim();

        private static string Fill(string form, IReadOnlyDictionary<string, string> slots)
        {
            var builder = new StringBuilder(form.Length + 32);
            var at = 0;
            while (at < form.Length)
            {
                var open = form.IndexOf('{', at);
                if (open < 0)
                {
                    break;
                }

                var close = form.IndexOf('}', open);
                builder.Append(form, at, open - at);
                var slot = form.Substring(open + 1, close - open - 1);
                var capital = slot.StartsWith("cap:", StringComparison.Ordinal);
                var value = slots[capital ? slot.Substring(4) : slot];
                builder.Append(capital ? EnglishGrammar.CapitalFirst(value) : value);
                at = close + 1;
            }

            return builder.Append(form, at, form.Length - at).ToString();
        }
    }
}
