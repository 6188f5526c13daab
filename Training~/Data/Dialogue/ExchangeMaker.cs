using System;
using System.Collections.Generic;
using System.Linq;
using PrismLM.Core.Prompting;

namespace PrismLM.Training.Data.Dialogue
{
    /// <summary>Makes one exchange of each kind: what is asked, which reply is right, and the values of the slots.</summary>
    internal sealed class ExchangeMaker
    {
        public static readonly DialogueIntent[] FieldIntents =
        {
            DialogueIntent.AskName, DialogueIntent.AskTrade, DialogueIntent.AskPlace, DialogueIntent.AskKin,
            DialogueIntent.AskWares, DialogueIntent.AskRumour, DialogueIntent.AskQuest, DialogueIntent.AskMood,
        };

        public static readonly (DialogueIntent Tell, DialogueIntent Recall)[] ToldKinds =
        {
            (DialogueIntent.TellName, DialogueIntent.RecallName), (DialogueIntent.TellOrigin, DialogueIntent.RecallOrigin),
            (DialogueIntent.TellTrade, DialogueIntent.RecallTrade), (DialogueIntent.TellSearch, DialogueIntent.RecallSearch),
        };

        private readonly SeededRandom random;
        private readonly PersonaPlan plan;
        private readonly PersonaMaker maker;
        private readonly ConversationWriter writer;
        private readonly string personaText;

        public ExchangeMaker(SeededRandom random, PersonaPlan plan, PersonaMaker maker, ConversationWriter writer)
        {
            this.random = random;
            this.plan = plan;
            this.maker = maker;
            this.writer = writer;
            personaText = DialogueFormat.PersonaText(plan.ToFacts());
        }

        /// <summary>What the player has told so far.</summary>
        public Dictionary<DialogueIntent, string> Told { get; } = new();

        public static DialogueField FieldOf(DialogueIntent intent) => intent switch
        {
            DialogueIntent.AskName => DialogueField.Name,
            DialogueIntent.AskTrade => DialogueField.Trade,
            DialogueIntent.AskPlace => DialogueField.Place,
            DialogueIntent.AskKin => DialogueField.Kin,
            DialogueIntent.AskWares => DialogueField.Wares,
            DialogueIntent.AskRumour => DialogueField.Rumour,
            DialogueIntent.AskQuest => DialogueField.Quest,
            DialogueIntent.AskMood => DialogueField.Mood,
            _ => throw new ArgumentOutOfRangeException(nameof(intent), intent, "Asks for no field."),
        };

        public void Simple(DialogueIntent intent)
        {
            var mayName = intent is DialogueIntent.Greeting or DialogueIntent.Cue && plan.Name != null;
            var expected = new ReplyExpectation { Intent = intent, Kind = ReplyKind.Free, Allowed = mayName ? new[] { plan.Name! } : Array.Empty<string>() };
            writer.Exchange(expected, intent.ToString(), intent.ToString(), Slots());
        }

        public void AskField(DialogueIntent intent)
        {
            var field = FieldOf(intent);
            var known = plan.ToFacts().Lines(field).Count > 0;
            if (!known && field == DialogueField.Mood)
            {
                writer.Exchange(new ReplyExpectation { Intent = intent, Kind = ReplyKind.Free }, "AskMood", "Mood.Free", Slots());
                return;
            }

            var section = intent == DialogueIntent.AskName && writer.Last?.Intent == DialogueIntent.TellName ? "AskName.Back" : intent.ToString();
            if (!known)
            {
                Decline(intent, field, Slots(), section);
                return;
            }

            var slot = field.ToString().ToLowerInvariant();
            var value = field switch
            {
                DialogueField.Name => plan.Name!,
                DialogueField.Trade => plan.Trade!,
                DialogueField.Place => plan.Place!,
                DialogueField.Kin => plan.Kin!.Text,
                DialogueField.Rumour => plan.Rumour!,
                DialogueField.Quest => plan.Quest!,
                DialogueField.Mood => plan.Mood!,
                _ => EnglishGrammar.List(plan.Wares.Select(WithArticle).ToArray()),
            };
            var expected = new ReplyExpectation
            {
                Intent = intent,
                Kind = ReplyKind.Known,
                Field = field,
                Values = field == DialogueField.Wares ? plan.Wares.Select(ware => ware.Item).ToArray() : new[] { value },
                Allowed = field == DialogueField.Kin && plan.Kin!.RelativeName.Length > 0 ? new[] { plan.Kin.RelativeName } : Array.Empty<string>(),
            };
            writer.Exchange(expected, section, intent.ToString(), Slots((slot, value), ("a" + slot, EnglishGrammar.WithArticle(value))));
        }

        public void AskKinName()
        {
            var kin = plan.Kin!;
            var expected = new ReplyExpectation
            {
                Intent = DialogueIntent.AskKinName, Kind = ReplyKind.Known, Field = DialogueField.Kin, Values = new[] { kin.RelativeName }, Allowed = new[] { kin.Text },
            };
            writer.Exchange(expected, "AskKinName", "AskKinName", Slots(("rel", kin.Relation), ("arel", EnglishGrammar.WithArticle(kin.Relation)), ("kinname", kin.RelativeName)));
        }

        public void AskOtherKin()
        {
            var relation = Retry(() => random.Pick(ValueWords.Relations), r => plan.Kin == null || !plan.Kin.Text.Contains(LastWord(r), StringComparison.Ordinal));
            Decline(DialogueIntent.AskOtherKin, DialogueField.Kin, Slots(("rel", relation), ("arel", EnglishGrammar.WithArticle(relation))));
        }

        /// <param name="ware">Null for something the NPC does not sell.</param>
        public void AskPrice(WareValue? ware)
        {
            if (ware == null)
            {
                var alike = plan.Wares.Count > 0 && random.Chance(0.35) ? plan.Wares[random.Next(plan.Wares.Count)].Item.Split(' ')[0] + " " : null;
                var other = Retry(maker.Pools.Item, i => !personaText.Contains(LastWord(i.Item), StringComparison.OrdinalIgnoreCase) && (alike == null || i.Item.StartsWith(alike, StringComparison.Ordinal)));
                Decline(DialogueIntent.AskPrice, DialogueField.Wares, PriceSlots(other.Plural, ("item", other.Item), ("aitem", other.Plural ? other.Item : EnglishGrammar.WithArticle(other.Item))));
                return;
            }

            var expected = new ReplyExpectation
            {
                Intent = DialogueIntent.AskPrice, Kind = ReplyKind.Known, Field = DialogueField.Wares, Values = new[] { ware.Price }, Allowed = new[] { ware.Item },
            };
            var it = writer.Last is { Intent: DialogueIntent.AskWares, Kind: ReplyKind.Known, Values.Count: 1 } && !ware.Plural && random.Chance(0.7);
            var words = !it && random.Chance(0.2) && !ware.Item.Contains(" of ", StringComparison.Ordinal) ? LastWord(ware.Item) : ware.Item;
            writer.Exchange(expected, it ? "AskPrice.It" : "AskPrice", "AskPrice", PriceSlots(ware.Plural, ("item", words), ("price", ware.Price)));
        }

        /// <param name="fact">Null for a topic the NPC knows nothing about.</param>
        public void AskFact(FactValue? fact)
        {
            if (fact == null)
            {
                var alike = plan.Facts.Count > 0 && random.Chance(0.35) ? plan.Facts[random.Next(plan.Facts.Count)].Topic.Split(' ')[0] + " " : null;
                var other = Retry(maker.Topic, t => !personaText.Contains(LastWord(t), StringComparison.OrdinalIgnoreCase) && (alike == null || t.StartsWith(alike, StringComparison.Ordinal)));
                var unknown = new ReplyExpectation { Intent = DialogueIntent.AskFact, Kind = ReplyKind.Unknown, Field = DialogueField.Facts };
                writer.Exchange(unknown, "AskFact", "AskFact.Unknown", Slots(("topic", other)), DirectQuestion(maker.Pattern(other)));
                return;
            }

            var expected = new ReplyExpectation
            {
                Intent = DialogueIntent.AskFact, Kind = ReplyKind.Known, Field = DialogueField.Facts, Values = new[] { fact.Clause },
            };
            var topic = random.Chance(0.3) ? WithoutAdjective(fact.Topic) : fact.Topic;
            writer.Exchange(expected, "AskFact", "AskFact", Slots(("topic", topic), ("fact", fact.Clause)), DirectQuestion(fact.Pattern));
        }

        /// <summary>"Who owns the mill?" in place of "What about the mill?"; null to leave it at that.</summary>
        private string? DirectQuestion(FactPattern pattern) => random.Chance(0.45) ? random.Pick(pattern.Questions(maker.Pools.Split)) : null;

        public void AskOffWorld() => Decline(DialogueIntent.AskOffWorld, null, Slots());

        public void Tell(DialogueIntent intent)
        {
            var pools = maker.Pools;
            var plural = false;
            var told = Retry(() => intent switch
            {
                DialogueIntent.TellName => pools.Name(),
                DialogueIntent.TellOrigin => random.Chance(0.2) ? pools.Draw((p, _) => "the village of " + p.Town()) : pools.Town(),
                DialogueIntent.TellTrade => pools.Trade(),
                _ => Item(out plural),
            }, value => !personaText.Contains(LastWord(value), StringComparison.OrdinalIgnoreCase));
            Told[intent] = plural ? told : intent is DialogueIntent.TellTrade or DialogueIntent.TellSearch ? EnglishGrammar.WithArticle(told) : told;
            writer.AddValue(told);
            writer.Exchange(new ReplyExpectation { Intent = intent, Kind = ReplyKind.Free }, intent.ToString(), intent.ToString(), ToldSlots(intent));

            string Item(out bool isPlural)
            {
                var item = pools.Item();
                isPlural = item.Plural;
                return item.Item;
            }
        }

        public void Recall(DialogueIntent tell, DialogueIntent recall)
        {
            if (!Told.TryGetValue(tell, out var told))
            {
                Decline(recall, null, Slots());
                return;
            }

            var expected = new ReplyExpectation { Intent = recall, Kind = ReplyKind.Known, Values = new[] { told } };
            writer.Exchange(expected, recall.ToString(), recall.ToString(), ToldSlots(tell));
        }

        public void Repeat()
        {
            var last = writer.Last!;
            var expected = last with { Intent = DialogueIntent.Repeat };
            writer.Exchange(expected, "Repeat", "Repeat", Slots(("again", writer.LastCore!)));
        }

        /// <param name="action">Null for one that is not allowed.</param>
        public void Request(ActionValue? action)
        {
            if (action != null)
            {
                var expected = new ReplyExpectation
                {
                    Intent = DialogueIntent.RequestAction, Kind = ReplyKind.Action, Field = DialogueField.Actions, Action = action.Name,
                };
                writer.Exchange(expected, "RequestAction", "RequestAction", ActionSlots(action));
                return;
            }

            var alike = plan.Actions.Count > 0 && random.Chance(0.4) ? plan.Actions[random.Next(plan.Actions.Count)] : null;
            var other = Retry(() => ActionPool.Draw(maker.Pools), a => plan.Actions.All(allowed => allowed.Name != a.Name) && (alike == null || LastWord(a.Phrase) == LastWord(alike.Phrase)));
            writer.Exchange(new ReplyExpectation { Intent = DialogueIntent.RequestAction, Kind = ReplyKind.Refusal }, "RequestAction", "Refusal", ActionSlots(other));
        }

        private void Decline(DialogueIntent intent, DialogueField? field, Dictionary<string, string> slots, string? playerSection = null)
            => writer.Exchange(new ReplyExpectation { Intent = intent, Kind = ReplyKind.Unknown, Field = field }, playerSection ?? intent.ToString(), intent + ".Unknown", slots);

        private static Dictionary<string, string> PriceSlots(bool plural, params (string Key, string Value)[] slots)
        {
            var result = Slots(slots);
            result["be"] = plural ? "are" : "is";
            result["does"] = plural ? "do" : "does";
            return result;
        }

        private Dictionary<string, string> ToldSlots(DialogueIntent tell) => Slots(("told", Told[tell]), ("atold", Told[tell]));

        private static Dictionary<string, string> ActionSlots(ActionValue action) => Slots(("act", action.Phrase), ("doact", action.ToPlayer));

        private static string WithArticle(WareValue ware) => ware.Plural ? ware.Item : EnglishGrammar.WithArticle(ware.Item);

        private static string WithoutAdjective(string topic)
        {
            var space = topic.IndexOf(' ', StringComparison.Ordinal);
            return space > 0 && ValueWords.NounAdjectives.Contains(topic.Substring(0, space)) ? topic.Substring(space + 1) : topic;
        }

        private static string LastWord(string text) => text.Substring(text.LastIndexOf(' ') + 1);

        /// <summary>Draws until the condition holds; a condition that few values meet is given up after a while, the last draw then stands.</summary>
        private static T Retry<T>(Func<T> draw, Func<T, bool> holds)
        {
            var value = draw();
            for (var tries = 0; tries < 60 && !holds(value); tries++)
            {
                value = draw();
            }

            return value;
        }

        private static Dictionary<string, string> Slots(params (string Key, string Value)[] slots)
        {
            var result = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (key, value) in slots)
            {
                result[key] = value;
            }

            return result;
        }
    }
}
